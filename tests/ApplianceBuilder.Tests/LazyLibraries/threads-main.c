// Many threads call functions for the first time at once.
#include "arguments.h"

#include <pthread.h>
#include <stdio.h>

enum { THREADS = 16 };

static pthread_barrier_t barrier;

static void *call(void *argument)
{
  long number = (long)argument;
  pthread_barrier_wait(&barrier);
  double first = many_doubles(number, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
  return (void *)(many_integers(number, 2, 3, 4, 5, 6, 7, 8, 9, 10) + (long)first + called_by_own(number));
}

int main(void)
{
  pthread_t threads[THREADS];
  pthread_barrier_init(&barrier, NULL, THREADS);
  for (long i = 0; i < THREADS; i++) {
    pthread_create(&threads[i], NULL, call, (void *)i);
  }

  long sum = 0;
  for (int i = 0; i < THREADS; i++) {
    void *result;
    pthread_join(threads[i], &result);
    sum += (long)result;
  }

  printf("%ld\n", sum);
  return 0;
}
