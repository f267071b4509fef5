/* Preloaded into a test process: watches what one thread does with heap blocks.
 *
 * Between heapwatch_begin and heapwatch_end every block that the thread allocates is remembered. Freeing such a block,
 * in any thread, only marks it, and fills it, so that a use after free reads nonsense and a second free is seen; the
 * memory is given back at the end. What is then not marked has leaked. Freed blocks are also searched for SECRET, which
 * must have been overwritten.
 */
#define _GNU_SOURCE
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);
extern void __libc_free(void *block);

struct report {
  int64_t allocated;
  int64_t live;
  int64_t live_bytes;
  int64_t freed_twice;
  int64_t secrets;
};

struct slot {
  void *block;
  size_t size;
  int freed;
};

enum { SLOTS = 1 << 21, FILL = 0xDD };

static const char SECRET[] = "heapwatch secret";

static struct slot slots[SLOTS];
static int64_t used;
static int64_t freed_twice;
static int64_t secrets;
static atomic_int remembering;
static atomic_flag locked = ATOMIC_FLAG_INIT;
static _Thread_local int watching;

static void lock(void)
{
  while (atomic_flag_test_and_set_explicit(&locked, memory_order_acquire))
    ;
}

static void unlock(void) { atomic_flag_clear_explicit(&locked, memory_order_release); }

/* The slot of a block, or the free one where it belongs. */
static struct slot *find(void *block)
{
  size_t i = ((uintptr_t)block >> 4) * 0x9E3779B97F4A7C15u >> 43;

  while (slots[i].block != NULL && slots[i].block != block)
    i = (i + 1) % SLOTS;
  return &slots[i];
}

static void *remember(void *block, size_t size)
{
  if (block != NULL && watching) {
    lock();
    if (++used > SLOTS / 2)
      abort();
    *find(block) = (struct slot){ block, size, 0 };
    unlock();
  }
  return block;
}

/* Whether it was a remembered block, which is marked now. */
static int forget(void *block)
{
  struct slot *slot;

  if (block == NULL || !atomic_load(&remembering))
    return 0;
  lock();
  slot = find(block);
  if (slot->block != NULL) {
    if (slot->freed)
      freed_twice++;
    else {
      secrets += memmem(block, slot->size, SECRET, sizeof SECRET - 1) != NULL;
      memset(block, FILL, slot->size);
    }
    slot->freed = 1;
  }
  unlock();
  return slot->block != NULL;
}

void *malloc(size_t size) { return remember(__libc_malloc(size), size); }

void *calloc(size_t count, size_t size) { return remember(__libc_calloc(count, size), count * size); }

void free(void *block)
{
  if (!forget(block))
    __libc_free(block);
}

void *realloc(void *block, size_t size)
{
  struct slot old = { NULL, 0, 0 };
  void *grown;

  if (block == NULL)
    return malloc(size);
  if (atomic_load(&remembering)) {
    lock();
    old = *find(block);
    unlock();
  }
  if (old.block == NULL)
    return __libc_realloc(block, size);
  grown = malloc(size);
  if (grown != NULL) {
    memcpy(grown, block, old.size < size ? old.size : size);
    free(block);
  }
  return grown;
}

void heapwatch_begin(void)
{
  watching = 1;
  atomic_store(&remembering, 1);
}

void heapwatch_end(struct report *report)
{
  size_t i;

  watching = 0;
  lock();
  atomic_store(&remembering, 0);
  *report = (struct report){ .allocated = used, .freed_twice = freed_twice, .secrets = secrets };
  for (i = 0; i < SLOTS; i++) {
    if (slots[i].block == NULL)
      continue;
    if (slots[i].freed)
      __libc_free(slots[i].block);
    else {
      report->live++;
      report->live_bytes += slots[i].size;
    }
  }
  memset(slots, 0, sizeof slots);
  used = freed_twice = secrets = 0;
  unlock();
}
