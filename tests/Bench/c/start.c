/* start.c: what starting a program takes at least: one that has the C library alone. */
#include <stdio.h>

int main(void)
{
  puts("0.1.0");
  return 0;
}
