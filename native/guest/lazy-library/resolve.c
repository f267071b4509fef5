// What a lazily loaded library does on the first call of a function: load the real library, and find the function in it.
// It is put, as position-independent bytes, into libraries that the appliance builder writes. These have no C library of
// their own at hand but the few functions in the context, and keep nothing but their state.
#include <stdbool.h>

#include "../appliance-init/syscall.h"

#if defined(__x86_64__)
enum { SYS_fchdir = 81, SYS_exit_group = 231, SYS_statx = 332 };
#else
enum { SYS_fchdir = 50, SYS_exit_group = 94, SYS_statx = 291 };
#endif

enum {
  RTLD_LAZY = 1,
  O_PATH_DIRECTORY = 010000000 |
#if defined(__x86_64__)
      0200000,
#else
      040000,
#endif
  AT_EMPTY_PATH = 0x1000,
  STATX_INO = 0x100,
  // As the loader does when it finds no symbol.
  STATUS_NOT_LOADED = 127,
};

// A file's identity in the kernel's struct statx.
struct status {
  uint32_t unused[8];
  uint64_t inode;
  uint64_t unused_sizes[3];
  uint64_t unused_times[8];
  uint32_t unused_device[2];
  uint32_t device_major, device_minor;
  uint64_t unused_rest[14];
};

_Static_assert(sizeof(struct status) == 256, "struct statx has 256 bytes");
_Static_assert(offsetof(struct status, device_major) == 136, "stx_dev_major is at 136");

struct identity {
  uint64_t inode;
  uint32_t device_major, device_minor;
};

// Written while the program runs.
struct state {
  // The root directory when the program started: a file descriptor, or negative.
  int64_t root;
  struct identity root_identity;
  void *library;
  // Of Augeas alone: a handle with few lenses, whether it is known that they are enough, and the one that is used in its place if not.
  void *few;
  int64_t is_settled;
  void *whole;
  // What the stubs jump through.
  void *functions[];
};

// Offsets from the context; a version of 0 is none.
struct function {
  int32_t name, version;
};

// Filled in by the loader, read-only since.
struct context {
  void *(*dlopen)(const char *path, int mode);
  void *(*dlsym)(void *library, const char *name);
  void *(*dlvsym)(void *library, const char *name, const char *version);
  char *(*dlerror)(void);
  int *(*errno_location)(void);
  struct state *state;
  // Offsets from the context: the real library's path, the table of struct function, and, for Augeas, a directory of lenses and the files
  // that they are enough for: texts, of which the last is empty; or 0.
  int32_t path, functions, lenses;
};

static const char *text_at(const struct context *context, int32_t offset) { return (const char *)context + offset; }

static void say(const char *text)
{
  size_t length = 0;
  while (text[length] != '\0') {
    length++;
  }

  sys_write(2, text, length);
}

static _Noreturn void fail(const struct context *context, const char *reason)
{
  say(text_at(context, context->path));
  say(": the library cannot be loaded: ");
  say(reason);
  say("\n");
  for (;;) {
    system_call(SYS_exit_group, STATUS_NOT_LOADED, 0, 0, 0, 0);
  }
}

static int identify(long file, const char *path, long flags, struct identity *identity)
{
  struct status status;
  if (system_call(SYS_statx, file, (long)path, flags, STATX_INO, (long)&status) != 0) {
    return 0;
  }

  identity->inode = status.inode;
  identity->device_major = status.device_major;
  identity->device_minor = status.device_minor;
  return 1;
}

static int is_same(const struct identity *a, const struct identity *b)
{
  return a->inode == b->inode && a->device_major == b->device_major && a->device_minor == b->device_minor;
}

static long open_directory(const char *path) { return system_call(SYS_openat, AT_FDCWD, (long)path, O_PATH_DIRECTORY | O_CLOEXEC, 0, 0); }

static int change_root(long directory) { return system_call(SYS_fchdir, directory, 0, 0, 0, 0) == 0 && sys_chroot(".") == 0; }

// The daemon works on guests with its root directory changed to theirs. What lies at the library's path there is the
// guest's, and must not be loaded: so back to the root of the program's start, and again to where it was.
static void *load_from_first_root(const struct context *context)
{
  struct identity identity;
  long root = context->state->root;
  if (root < 0 || !identify(root, "", AT_EMPTY_PATH, &identity) || !is_same(&identity, &context->state->root_identity)) {
    fail(context, "the root directory was changed, and the way back was closed");
  }

  long changed_root = open_directory("/");
  long directory = open_directory(".");
  if (changed_root < 0 || directory < 0 || !change_root(root)) {
    fail(context, "the root directory was changed, and there is no permission to go back");
  }

  void *library = context->dlopen(text_at(context, context->path), RTLD_LAZY);
  if (!change_root(changed_root) || system_call(SYS_fchdir, directory, 0, 0, 0, 0) != 0) {
    fail(context, "the root directory was changed, and cannot be changed to that again");
  }

  sys_close(changed_root);
  sys_close(directory);
  return library;
}

static void *load(const struct context *context)
{
  struct identity here;
  int moved = identify(AT_FDCWD, "/", 0, &here) && !is_same(&here, &context->state->root_identity);
  void *library = moved ? load_from_first_root(context) : context->dlopen(text_at(context, context->path), RTLD_LAZY);
  if (library == NULL) {
    fail(context, context->dlerror());
  }

  return library;
}

// How much of a text another one is the beginning of: what follows, or NULL.
static const char *after(const char *text, const char *beginning)
{
  for (; *beginning != '\0'; text++, beginning++) {
    if (*text != *beginning) {
      return NULL;
    }
  }

  return text;
}

static bool is_text(const char *a, const char *b)
{
  const char *rest = after(a, b);
  return rest != NULL && *rest == '\0';
}

static const char *next_text(const char *text)
{
  while (*text != '\0') {
    text++;
  }

  return text + 1;
}

// Whether this removes, of all that Augeas would read, what is not one of the files that the lenses are enough for. The daemon's
// inspection asks in these words.
static bool keeps_known_files(const char *lenses, const char *expression)
{
  const char *rest = after(expression, "/augeas/load/*[ ");
  while (rest != NULL) {
    const char *file = next_text(lenses), *after_file = NULL;
    for (; *file != '\0' && after_file == NULL; file = next_text(file)) {
      const char *name = after(rest, "\"");
      name = name == NULL ? NULL : after(name, file);
      after_file = name == NULL ? NULL : after(name, "/\" !~ regexp('^') + glob(incl) + regexp('/.*')");
    }

    if (after_file == NULL || is_text(after_file, " ]")) {
      return after_file != NULL;
    }

    rest = after(after_file, " and ");
  }

  return false;
}

static long same(long value) { return value; }

enum { AUG_NO_STDINC = 8, AUG_SAVE_NOOP = 16, AUG_NO_LOAD = 32, AUG_NO_ERR_CLOSE = 256 };

typedef void *open_function(const char *root, const char *lenses, unsigned flags);
typedef int number_function(void *handle);
typedef int get_function(void *handle, const char *path, const char **value);

static long function_named(const struct context *context, const char *name)
{
  void *function = context->dlsym(context->state->library, name);
  if (function == NULL) {
    fail(context, context->dlerror());
  }

  return (long)function;
}

static void *open_with_few(const struct context *context, open_function *open, long *arguments)
{
  void *few = open((const char *)arguments[0], text_at(context, context->lenses), (unsigned)arguments[2] | AUG_NO_STDINC);
  if (few != NULL && ((number_function *)function_named(context, "aug_error"))(few) != 0) {
    ((number_function *)function_named(context, "aug_close"))(few);
    few = NULL;
  }

  return few;
}

static void *open_whole(const struct context *context)
{
  const char *root = NULL;
  ((get_function *)function_named(context, "aug_get"))(context->state->few, "/augeas/root", &root);
  void *whole = ((open_function *)function_named(context, "aug_init"))(root, NULL, AUG_SAVE_NOOP | AUG_NO_LOAD | AUG_NO_ERR_CLOSE);
  if (whole == NULL) {
    fail(context, "a handle with all lenses cannot be opened");
  }

  return whole;
}

// Opening a handle of Augeas compiles all lenses, of which inspection then uses one or two: seconds of an emulated processor. When the
// daemon asks for a handle as inspection does, it gets one with few lenses. They are enough if the first that is done with it is to
// have it forget all files but those known ones; else a handle with all lenses takes its place, and nobody can tell. The daemon has one
// thread, and one such handle at a time.
static void *choose_lenses(const struct context *context, const char *name, void *found, long *arguments)
{
  struct state *state = context->state;
  if (is_text(name, "aug_init")) {
    // A user's aug_init has a root directory with a slash more.
    bool is_for_inspection = is_text((const char *)arguments[0], "/sysroot") && arguments[1] == 0
        && ((unsigned)arguments[2] & ~(unsigned)AUG_NO_ERR_CLOSE) == (AUG_SAVE_NOOP | AUG_NO_LOAD);
    if (!is_for_inspection || state->few != NULL) {
      return found;
    }

    state->few = open_with_few(context, (open_function *)(long)found, arguments);
    state->is_settled = false;
    state->whole = NULL;
    if (state->few == NULL) {
      return found;
    }

    arguments[0] = (long)state->few;
    return (void *)(long)same;
  }

  void *few = state->few, *whole = state->whole;
  if (few == NULL || arguments[0] != (long)few || (!state->is_settled && is_text(name, "aug_error"))) {
    return found;
  }

  if (is_text(name, "aug_close")) {
    state->few = NULL;
    if (whole != NULL) {
      ((number_function *)(long)found)(few);
    }
  } else if (!state->is_settled) {
    state->is_settled = true;
    if (!is_text(name, "aug_rm") || !keeps_known_files(text_at(context, context->lenses), (const char *)arguments[1])) {
      whole = state->whole = open_whole(context);
    }
  }

  arguments[0] = (long)(whole != NULL ? whole : few);
  return found;
}

// Two threads that come here at once do the same twice: the loader counts how often a library is opened, and finds the
// same function. errno stays, for callers that set it to 0 and look at it after the call. The arguments are the first four, which the
// function will get.
void *lazy_resolve(const struct context *context, uint64_t index, long *arguments)
{
  int error = *context->errno_location();
  void *library = __atomic_load_n(&context->state->library, __ATOMIC_ACQUIRE);
  if (library == NULL) {
    library = load(context);
    __atomic_store_n(&context->state->library, library, __ATOMIC_RELEASE);
  }

  const struct function *function = (const struct function *)text_at(context, context->functions) + index;
  const char *name = text_at(context, function->name);
  void *found =
      function->version == 0 ? context->dlsym(library, name) : context->dlvsym(library, name, text_at(context, function->version));
  if (found == NULL) {
    fail(context, context->dlerror());
  }

  if (context->lenses == 0) {
    __atomic_store_n(&context->state->functions[index], found, __ATOMIC_RELEASE);
  } else {
    found = choose_lenses(context, name, found, arguments);
  }

  *context->errno_location() = error;
  return found;
}

// Runs when the library is loaded.
void lazy_start(const struct context *context)
{
  context->state->root = identify(AT_FDCWD, "/", 0, &context->state->root_identity) ? open_directory("/") : -1;
}
