double crash(double x) { return x * *(double *volatile)8; }

double endless(double x) {
  volatile int go = 1;
  while (go) {}
  return x;
}

double elsewhere(double x);
double unknown(double x) { return elsewhere(x) * x; }
