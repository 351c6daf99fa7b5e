// RUN: %check %s
// A tree of expressions that a parser makes: no node holds a number that counts, but their virtual functions are called
// with some.
// SANITIZE
#include "check.h"
#include <functional>
#include <memory>
#include <string>
#include <vector>

struct Node {
  virtual ~Node() = default;
  virtual double eval(const std::vector<double> &env) const = 0;
};
using Tree = std::unique_ptr<Node>;

struct Variable : Node {
  size_t index;
  explicit Variable(size_t i) : index(i) {}
  double eval(const std::vector<double> &env) const override { return env.at(index); }
};
struct Constant : Node {
  double value;
  explicit Constant(double v) : value(v) {}
  double eval(const std::vector<double> &) const override { return value; }
};
struct Binary : Node {
  char op;
  Tree left, right;
  Binary(char o, Tree l, Tree r) : op(o), left(std::move(l)), right(std::move(r)) {}
  double eval(const std::vector<double> &env) const override {
    double a = left->eval(env), b = right->eval(env);
    switch (op) {
    case '+': return a + b;
    case '-': return a - b;
    case '*': return a * b;
    default: return a / b;
    }
  }
};
struct Call : Node {
  std::function<double(double)> function;
  Tree argument;
  Call(std::function<double(double)> f, Tree a) : function(std::move(f)), argument(std::move(a)) {}
  double eval(const std::vector<double> &env) const override { return function(argument->eval(env)); }
};

static Tree sum(const std::string &s, size_t &p);
static Tree atom(const std::string &s, size_t &p) {
  if (s[p] == '(') {
    ++p;
    Tree t = sum(s, p);
    ++p;
    return t;
  }
  if (isdigit(s[p])) return std::make_unique<Constant>(s[p++] - '0');
  char c = s[p++];
  if (c == 's') return std::make_unique<Call>([](double x) { return std::sin(x); }, atom(s, p));
  return std::make_unique<Variable>(size_t(c - 'x'));
}
static Tree product(const std::string &s, size_t &p) {
  Tree t = atom(s, p);
  while (p < s.size() && (s[p] == '*' || s[p] == '/')) {
    char op = s[p++];
    t = std::make_unique<Binary>(op, std::move(t), atom(s, p));
  }
  return t;
}
static Tree sum(const std::string &s, size_t &p) {
  Tree t = product(s, p);
  while (p < s.size() && (s[p] == '+' || s[p] == '-')) {
    char op = s[p++];
    t = std::make_unique<Binary>(op, std::move(t), product(s, p));
  }
  return t;
}

static double f(double *x, int n) {
  std::string source = "x*y+s(z*x)/(y+3)-2*z*x";
  size_t p = 0;
  Tree t = sum(source, p);
  return t->eval(std::vector<double>(x, x + n)) * 2;
}

int main() {
  double x[3] = {0.7, 1.3, 0.4};
  CHECK_GRAD("f", f, x, 3);
  return chk_exit();
}
