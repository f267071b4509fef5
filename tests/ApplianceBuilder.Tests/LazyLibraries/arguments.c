// The library whose functions are called through a forwarding library.
#include "arguments.h"

#include <errno.h>

long many_integers(int a, long b, char c, short d, unsigned e, long f, int g, long h, int i, long j)
{
  return a + 3 * b + 5 * c + 7 * d + 11L * e + 13 * f + 17 * g + 19 * h + 23 * i + 29 * j;
}

double many_doubles(double a, double b, double c, double d, double e, double f, double g, double h, double i, double j, float k)
{
  return a + 3 * b + 5 * c + 7 * d + 11 * e + 13 * f + 17 * g + 19 * h + 23 * i + 29 * j + 31 * k;
}

double alternating(int a, double b, long c, float d, int e, double f, long g, double h, int i, double j, long k, double l, int m, double n)
{
  return a + 3 * b + 5 * c + 7 * d + 11 * e + 13 * f + 17 * g + 19 * h + 23 * i + 29 * j + 31 * k + 37 * l + 41 * m + 43 * n;
}

double structures(struct pair pair, struct point point, struct mixed mixed, struct large large, struct floats floats)
{
  double sum = pair.a + 2 * pair.b + 3 * point.x + 4 * point.y + 5 * mixed.number + 6 * mixed.fraction;
  for (int i = 0; i < 9; i++) {
    sum += i * large.values[i];
  }

  return sum + 7 * floats.a + 8 * floats.b + 9 * floats.c;
}

struct large large_result(long seed)
{
  struct large result;
  for (int i = 0; i < 9; i++) {
    result.values[i] = seed * (i + 1);
  }

  return result;
}

struct mixed mixed_result(long number, double fraction) { return (struct mixed){ number * 2, fraction * 3 }; }

long double long_doubles(long double a, int b, long double c) { return a * 3 + b + c * 5; }

double variadic_list(int count, va_list list)
{
  double sum = 0;
  for (int i = 0; i < count; i++) {
    sum += (i + 1) * (i % 2 == 0 ? va_arg(list, int) : va_arg(list, double));
  }

  return sum;
}

double variadic(int count, ...)
{
  va_list list;
  va_start(list, count);
  double sum = variadic_list(count, list);
  va_end(list);
  return sum;
}

__int128 wide(__int128 a, long b, __int128 c) { return a * 3 + b + c * 7; }

// What compilers take for granted, and movaps insists on.
long alignment(void) { return (long)__builtin_frame_address(0) % 16; }

int error_number(void) { return errno; }

long called_by_own(long value) { return value * 2; }

long calls_own_function(long value) { return called_by_own(value) + 1; }

long with_callback(long (*callback)(long), long value) { return callback(value) + (callback == called_by_own ? 100 : 0); }

#if defined(__x86_64__)
vector4 vectors4(vector4 a, vector4 b, vector4 c, vector4 d, vector4 e, vector4 f, vector4 g, vector4 h)
{
  return a + 3 * b + 5 * c + 7 * d + 11 * e + 13 * f + 17 * g + 19 * h;
}

vector8 vectors8(vector8 a, vector8 b, vector8 c, vector8 d, vector8 e, vector8 f, vector8 g, vector8 h)
{
  return a + 3 * b + 5 * c + 7 * d + 11 * e + 13 * f + 17 * g + 19 * h;
}
#else
vector2 vectors2(vector2 a, vector2 b, vector2 c, vector2 d, vector2 e, vector2 f, vector2 g, vector2 h)
{
  return a + 3 * b + 5 * c + 7 * d + 11 * e + 13 * f + 17 * g + 19 * h;
}
#endif
