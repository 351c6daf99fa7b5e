template <class T> T outside(T);
namespace fluid {
double total(double t) { return outside<double>(t) * t; }
double square(double t) { return t * t; }
float square(float t) { return t * t; }
}
