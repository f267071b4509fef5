// Functions with arguments and results of every kind that the ABI treats in its own way.
#include <stdarg.h>
#include <stdint.h>

struct pair {
  int a, b;
};
struct point {
  double x, y;
};
struct mixed {
  long number;
  double fraction;
};
struct large {
  long values[9];
};
struct floats {
  float a, b, c;
};

long many_integers(int a, long b, char c, short d, unsigned e, long f, int g, long h, int i, long j);
double many_doubles(double a, double b, double c, double d, double e, double f, double g, double h, double i, double j, float k);
double alternating(int a, double b, long c, float d, int e, double f, long g, double h, int i, double j, long k, double l, int m, double n);
double structures(struct pair pair, struct point point, struct mixed mixed, struct large large, struct floats floats);
struct large large_result(long seed);
struct mixed mixed_result(long number, double fraction);
long double long_doubles(long double a, int b, long double c);
double variadic(int count, ...);
double variadic_list(int count, va_list list);
__int128 wide(__int128 a, long b, __int128 c);
long alignment(void);
int error_number(void);
long calls_own_function(long value);
long called_by_own(long value);
long with_callback(long (*callback)(long), long value);

#if defined(__x86_64__)
typedef double vector4 __attribute__((vector_size(32)));
typedef double vector8 __attribute__((vector_size(64)));
__attribute__((target("avx"))) vector4 vectors4(vector4 a, vector4 b, vector4 c, vector4 d, vector4 e, vector4 f, vector4 g, vector4 h);
__attribute__((target("avx512f"))) vector8 vectors8(vector8 a, vector8 b, vector8 c, vector8 d, vector8 e, vector8 f, vector8 g, vector8 h);
#else
typedef double vector2 __attribute__((vector_size(16)));
vector2 vectors2(vector2 a, vector2 b, vector2 c, vector2 d, vector2 e, vector2 f, vector2 g, vector2 h);
#endif
