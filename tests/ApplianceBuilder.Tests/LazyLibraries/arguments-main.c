// Calls every function twice, the first time before its library is loaded, and prints the results.
#include "arguments.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static void print_bytes(const char *name, const void *bytes, size_t size)
{
  printf("%s", name);
  for (size_t i = 0; i < size; i++) {
    printf(" %02x", ((const unsigned char *)bytes)[i]);
  }

  printf("\n");
}

#if defined(__x86_64__)
__attribute__((target("avx"))) static void call_vectors4(void)
{
  vector4 v[8], r;
  for (int i = 0; i < 8; i++) {
    v[i] = (vector4){ i, i + 0.25, i + 0.5, i + 0.75 };
  }

  r = vectors4(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7]);
  print_bytes("vectors4", &r, sizeof r);
}

__attribute__((target("avx512f"))) static void call_vectors8(void)
{
  vector8 v[8], r;
  for (int i = 0; i < 8; i++) {
    v[i] = (vector8){ i, i + 0.25, i + 0.5, i + 0.75, -i, -i - 0.25, -i - 0.5, -i - 0.75 };
  }

  r = vectors8(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7]);
  print_bytes("vectors8", &r, sizeof r);
}
#endif

static void call_vectors(void)
{
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx")) {
    call_vectors4();
  }

  if (__builtin_cpu_supports("avx512f")) {
    call_vectors8();
  }
#else
  vector2 v[8], r;
  for (int i = 0; i < 8; i++) {
    v[i] = (vector2){ i, i + 0.25 };
  }

  r = vectors2(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7]);
  print_bytes("vectors2", &r, sizeof r);
#endif
}

int main(void)
{
  for (int round = 0; round < 2; round++) {
    // First of all: only now is the library loaded, which opens files and fails to find some.
    errno = 4242;
    printf("errno %d\n", error_number());
    call_vectors();
    printf("many_integers %ld\n", many_integers(1, -2, 3, -4, 5, 6000000000, 7, -8, 9, 10));
    printf("many_doubles %.17g\n", many_doubles(1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5, 10.5, 11.5F));
    printf("alternating %.17g\n", alternating(1, 2.5, 3, 4.5F, 5, 6.5, 7, 8.5, 9, 10.5, 11, 12.5, 13, 14.5));
    struct large large = { { 1, 2, 3, 4, 5, 6, 7, 8, 9 } };
    printf("structures %.17g\n",
           structures((struct pair){ 1, 2 }, (struct point){ 3, 4 }, (struct mixed){ 5, 6.5 }, large, (struct floats){ 7, 8, 9 }));
    large = large_result(7);
    print_bytes("large_result", &large, sizeof large);
    struct mixed mixed = mixed_result(21, 1.5);
    printf("mixed_result %ld %.17g\n", mixed.number, mixed.fraction);
    printf("long_doubles %.20Lg\n", long_doubles(1.25L, 2, 3.75L));
    printf("variadic %.17g\n", variadic(9, 1, 2.5, 3, 4.5, 5, 6.5, 7, 8.5, 9));
    printf("variadic without doubles %.17g\n", variadic(1, 1));
    __int128 wide_result = wide((__int128)1 << 70, -5, 7);
    print_bytes("wide", &wide_result, sizeof wide_result);
    printf("alignment %ld\n", alignment());
    printf("own %ld callback %ld\n", calls_own_function(5), with_callback(called_by_own, 6));
  }

  return 0;
}
