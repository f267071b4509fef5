/* What a C caller may get wrong, and what a C program may be: one case by name. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <guestfs.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

static sem_t entered, leave;
static volatile sig_atomic_t children;
static int told;

static void null_pointers(void)
{
  gfs_handle *g = new_handle();
  const char *path;
  int value;

  STATUS(GFS_ERR_ARGUMENT, gfs_handle_new(NULL, NULL));
  STATUS(GFS_ERR_ARGUMENT, gfs_handle_state(g, NULL));
  STATUS(GFS_ERR_ARGUMENT, gfs_handle_accelerator(g, NULL, NULL));
  STATUS(GFS_ERR_ARGUMENT, gfs_handle_confinement(g, NULL, NULL));
  STATUS(GFS_ERR_ARGUMENT, gfs_handle_resumed(g, NULL, NULL));
  STATUS(GFS_ERR_ARGUMENT, gfs_library_path(NULL));
  STATUS(GFS_ERR_ARGUMENT, gfs_library_use(NULL));
  STATUS(GFS_ERR_ARGUMENT, gfs_event_add(g, GFS_EVENT_TRACE, NULL, NULL, NULL));
  STATUS(GFS_ERR_ARGUMENT, gfs_get_verbose(g, NULL));
  STATUS(GFS_ERR_ARGUMENT, gfs_get_path(g, NULL));
  STATUS(GFS_ERR_ARGUMENT, gfs_set_program(g, NULL));
  STATUS(GFS_ERR_ARGUMENT, gfs_version(g, NULL));
  STATUS(GFS_ERR_ARGUMENT, gfs_add_drive(g, NULL, NULL));
  STATUS(GFS_ERR_ARGUMENT, gfs_inspect(g, NULL));
  STATUS(GFS_ERR_ARGUMENT, gfs_guest_os_mount(g, NULL, 1, NULL));
  STATUS(GFS_ERR_ARGUMENT, gfs_extract(g, NULL, "/", NULL, NULL, NULL, NULL));
  STATUS(GFS_ERR_ARGUMENT, gfs_extract(g, "/", NULL, NULL, NULL, NULL, NULL));
  STATUS(GFS_ERR_ARGUMENT, gfs_host_probe(NULL));
  STATUS(GFS_ERR_ARGUMENT, gfs_appliance_build(NULL, NULL, NULL, NULL));
  STATUS(GFS_ERR_ARGUMENT, gfs_appliance_verify(NULL, NULL, NULL));
  STATUS(GFS_ERR_ARGUMENT, gfs_write(g, "/x", NULL, 1));
  STATUS(GFS_ERR_STATE, gfs_write(g, "/x", NULL, 0));
  STATUS(GFS_ERR_ARGUMENT, gfs_command(g, NULL, NULL));
  STATUS(GFS_ERR_HANDLE, gfs_get_verbose(NULL, &value));
  STATUS(GFS_ERR_HANDLE, gfs_cancel(NULL));
  STATUS(GFS_ERR_STATE, gfs_mkdir_p(g, "/x"));
  STATUS(GFS_ERR_STATE, gfs_inspect(g, (struct gfs_guest_os_list **)&path));
  CHECK(strcmp(gfs_error_operation(), "inspect") == 0);

  /* Nothing to free is nothing. */
  gfs_free(NULL);
  gfs_string_list_free(NULL);
  gfs_version_free(NULL);
  gfs_lvm_pv_list_free(NULL);
  gfs_guest_os_list_free(NULL);
  gfs_mount_report_free(NULL);
  gfs_extract_report_free(NULL);
  gfs_host_report_free(NULL);
  OK(gfs_handle_free(NULL));

  /* Results are written on success alone. */
  path = "untouched";
  value = 42;
  STATUS(GFS_ERR_HANDLE, gfs_get_path(NULL, &path));
  STATUS(GFS_ERR_STATE, gfs_is_dir(g, "/x", NULL, &value));
  CHECK(strcmp(path, "untouched") == 0 && value == 42);
  CHECK(strcmp(gfs_status_name(GFS_ERR_STATE), "GFS_ERR_STATE") == 0);
  CHECK(strcmp(gfs_status_name((gfs_status)9999), "unknown") == 0);
  OK(gfs_handle_free(g));
}

static void stale_handles(void)
{
  gfs_handle *before = NULL;
  int value = 42;

  for (int i = 0; i < 1000; i++) {
    gfs_handle *g = new_handle();
    CHECK(g != before);
    OK(gfs_handle_free(g));
    STATUS(GFS_ERR_HANDLE, gfs_handle_free(g));
    STATUS(GFS_ERR_HANDLE, gfs_get_verbose(g, &value));
    STATUS(GFS_ERR_HANDLE, gfs_mkdir_p(g, "/x"));
    STATUS(GFS_ERR_HANDLE, gfs_launch(g));
    STATUS(GFS_ERR_HANDLE, gfs_cancel(g));
    before = g;
  }
  CHECK(value == 42);
}

static void garbage_handles(void)
{
  guestfs_h *foreign = guestfs_create_flags(GUESTFS_CREATE_NO_ENVIRONMENT);
  gfs_handle *g = new_handle();
  char local[64] = "";
  uintptr_t values[] = {
    1,
    2,
    3,
    15,
    16,
    0xFFFFF,
    UINTPTR_MAX,
    UINTPTR_MAX >> 1,
    (uintptr_t)1 << 63,
    (uintptr_t)g ^ 1,
    (uintptr_t)g + 0x100000,
    (uintptr_t)foreign,
    (uintptr_t)local,
    (uintptr_t)garbage_handles,
  };
  int value;

  for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
    gfs_handle *bad = (gfs_handle *)values[i];
    STATUS(GFS_ERR_HANDLE, gfs_get_verbose(bad, &value));
    STATUS(GFS_ERR_HANDLE, gfs_set_program(bad, "x"));
    STATUS(GFS_ERR_HANDLE, gfs_mkdir_p(bad, "/x"));
    STATUS(GFS_ERR_HANDLE, gfs_cancel(bad));
    STATUS(GFS_ERR_HANDLE, gfs_handle_free(bad));
  }
  OK(gfs_get_verbose(g, &value));
  OK(gfs_handle_free(g));
  guestfs_close(foreign);
}

static void wait_in_callback(gfs_handle *g, void *opaque, uint64_t event, int id, const char *text, size_t text_size,
                             const uint64_t *numbers, size_t count)
{
  (void)g, (void)opaque, (void)id, (void)text, (void)text_size, (void)numbers, (void)count;
  if (event == GFS_EVENT_CLOSE)
    told++;
  else {
    sem_post(&entered);
    sem_wait(&leave);
  }
}

static void *traced_call(void *g)
{
  OK(gfs_set_program(g, "program"));
  return NULL;
}

static void free_during_call(void)
{
  gfs_handle *g = new_handle();
  pthread_t thread;
  int value;

  sem_init(&entered, 0, 0);
  sem_init(&leave, 0, 0);
  OK(gfs_event_add(g, GFS_EVENT_ENTER | GFS_EVENT_CLOSE, wait_in_callback, NULL, NULL));
  CHECK(pthread_create(&thread, NULL, traced_call, g) == 0);
  sem_wait(&entered);
  OK(gfs_handle_free(g));
  CHECK(told == 0);
  STATUS(GFS_ERR_HANDLE, gfs_handle_free(g));
  STATUS(GFS_ERR_HANDLE, gfs_get_verbose(g, &value));
  sem_post(&leave);
  CHECK(pthread_join(thread, NULL) == 0);
  CHECK(told == 1);
}

static void free_in_callback(gfs_handle *g, void *opaque, uint64_t event, int id, const char *text, size_t text_size,
                             const uint64_t *numbers, size_t count)
{
  (void)id, (void)text, (void)text_size, (void)numbers, (void)count;
  CHECK(opaque == &told);
  told++;
  if (event == GFS_EVENT_ENTER) {
    OK(gfs_handle_free(g));
    STATUS(GFS_ERR_HANDLE, gfs_handle_free(g));
  }
}

static void free_inside_callback(void)
{
  gfs_handle *g = new_handle();
  int value;

  OK(gfs_event_add(g, GFS_EVENT_ENTER | GFS_EVENT_CLOSE, free_in_callback, &told, NULL));
  OK(gfs_set_program(g, "program"));
  CHECK(told == 2);
  STATUS(GFS_ERR_HANDLE, gfs_get_verbose(g, &value));
}

static void call_back(gfs_handle *g, void *opaque, uint64_t event, int id, const char *text, size_t text_size, const uint64_t *numbers,
                      size_t count)
{
  static int depth;
  const char *program;
  int number;

  CHECK(event == GFS_EVENT_ENTER && id == *(int *)opaque && numbers == NULL && count == 0 && text_size > 0 && text[0] != '\0');
  told++;
  if (depth++ == 0) {
    OK(gfs_get_program(g, &program));
    STATUS(GFS_ERR_STATE, gfs_mkdir_p(g, "/x"));
    OK(gfs_event_add(g, GFS_EVENT_CLOSE, wait_in_callback, NULL, &number));
    OK(gfs_event_remove(g, number));
    OK(gfs_event_remove(g, id));
    OK(gfs_cancel(g));
  }
  depth--;
}

static void callbacks_call_back(void)
{
  gfs_handle *g = new_handle();
  const char *program;
  int id;

  STATUS(GFS_ERR_ARGUMENT, gfs_event_add(g, 0, call_back, &id, NULL));
  STATUS(GFS_ERR_ARGUMENT, gfs_event_add(g, UINT64_C(1) << 40, call_back, &id, NULL));
  OK(gfs_event_add(g, GFS_EVENT_ENTER, call_back, &id, &id));
  OK(gfs_set_program(g, "program"));
  CHECK(told >= 1);
  told = 0;
  OK(gfs_get_program(g, &program));
  CHECK(told == 0 && strcmp(program, "program") == 0);
  STATUS(GFS_ERR_ARGUMENT, gfs_event_remove(g, id));
  OK(gfs_handle_free(g));
}

static void *use_ten_handles(void *number)
{
  gfs_handle *handles[10];
  char name[32];
  const char *program;

  for (int i = 0; i < 10; i++)
    handles[i] = new_handle();
  for (int round = 0; round < 200; round++)
    for (int i = 0; i < 10; i++) {
      snprintf(name, sizeof name, "%d.%d.%d", (int)(intptr_t)number, i, round);
      OK(gfs_set_program(handles[i], name));
      OK(gfs_get_program(handles[i], &program));
      CHECK(strcmp(program, name) == 0);
      /* The reason of a failure is that of this thread. */
      STATUS(GFS_ERR_DISK, gfs_add_drive(handles[i], name, NULL));
      CHECK(strstr(gfs_error_message(), name) != NULL);
    }
  for (int i = 0; i < 10; i++)
    OK(gfs_handle_free(handles[i]));
  return NULL;
}

static void threads_with(void *(*body)(void *), int count)
{
  pthread_t threads[16];

  for (int i = 0; i < count; i++)
    CHECK(pthread_create(&threads[i], NULL, body, (void *)(intptr_t)i) == 0);
  for (int i = 0; i < count; i++)
    CHECK(pthread_join(threads[i], NULL) == 0);
}

static void many_handles(void) { threads_with(use_ten_handles, 10); }

static void too_many_handles(void)
{
  static gfs_handle *handles[5000];
  struct gfs_handle_options options = GFS_HANDLE_OPTIONS_INIT;
  int count = 0;

  options.ignore_environment = 1;
  while (count < 5000 && gfs_handle_new(&options, &handles[count]) == GFS_OK)
    count++;
  CHECK(count > 900 && count < 1024);
  STATUS(GFS_ERR_FAILED, gfs_handle_new(&options, &handles[count]));
  CHECK(gfs_error_errno() == EAGAIN && strstr(gfs_error_message(), "too many handles") != NULL);
  OK(gfs_handle_free(handles[--count]));
  handles[count++] = new_handle();
  while (count > 0)
    OK(gfs_handle_free(handles[--count]));
}

static void *share_a_handle(void *unused)
{
  static gfs_handle *shared;
  static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

  (void)unused;
  pthread_mutex_lock(&mutex);
  if (shared == NULL)
    shared = new_handle();
  pthread_mutex_unlock(&mutex);
  for (int i = 0; i < 2000; i++) {
    int value;
    OK(gfs_set_memsize(shared, 512 + i % 7));
    OK(gfs_get_memsize(shared, &value));
    CHECK(value >= 512 && value < 519);
  }
  return NULL;
}

static void one_handle_in_many_threads(void) { threads_with(share_a_handle, 10); }

static void forked_child(gfs_handle *g)
{
  int value;

  alarm(30);
  /* Many times: garbage could not be collected, for the other threads are not there. */
  for (int i = 0; i < 20000; i++) {
    STATUS(GFS_ERR_FORKED, gfs_get_verbose(g, &value));
    STATUS(GFS_ERR_FORKED, gfs_get_path(g, NULL));
  }
  STATUS(GFS_ERR_FORKED, gfs_handle_free(g));
}

static void fork_and_wait(gfs_handle *g, int exec)
{
  int value;
  pid_t child = fork();

  if (child == 0) {
    alarm(30);
    if (exec)
      execl("/bin/true", "true", (char *)NULL);
    else
      forked_child(g);
    exit(exec);
  }
  must_succeed(child);
  OK(gfs_get_verbose(g, &value));
}

static volatile int stop;

static void *busy(void *g)
{
  const char *path;

  while (!stop) {
    OK(gfs_get_path(g, &path));
    STATUS(GFS_ERR_ARGUMENT, gfs_get_path(g, NULL));
  }
  return NULL;
}

/* While other threads are in the library, and make garbage, which is collected now and then. */
static void forks(void)
{
  gfs_handle *g = new_handle();
  pthread_t threads[2];

  for (int i = 0; i < 2; i++)
    CHECK(pthread_create(&threads[i], NULL, busy, g) == 0);
  for (int i = 0; i < 50; i++)
    fork_and_wait(g, 0);
  fork_and_wait(g, 1);
  stop = 1;
  for (int i = 0; i < 2; i++)
    CHECK(pthread_join(threads[i], NULL) == 0);
  OK(gfs_handle_free(g));
}

static void fork_before_the_first_call(void)
{
  pid_t child = fork();

  if (child == 0) {
    OK(gfs_handle_free(new_handle()));
    exit(0);
  }
  OK(gfs_handle_free(new_handle()));
  must_succeed(child);
}

static void count_children(int signal)
{
  (void)signal;
  children++;
}

static void signals(void)
{
  struct sigaction action = { .sa_handler = count_children }, now;
  struct gfs_host_report *report;
  int ends[2], status;
  gfs_handle *g;
  pid_t child;

  sigemptyset(&action.sa_mask);
  CHECK(sigaction(SIGCHLD, &action, NULL) == 0);
  g = new_handle();

  /* The documented one. */
  CHECK(sigaction(SIGPIPE, NULL, &now) == 0 && now.sa_handler == SIG_IGN);
  CHECK(pipe(ends) == 0 && close(ends[0]) == 0);
  CHECK(write(ends[1], "x", 1) == -1 && errno == EPIPE);

  /* The caller's handler is the caller's, and so are its children, also after the library had some. */
  CHECK(sigaction(SIGCHLD, NULL, &now) == 0 && now.sa_handler == count_children);
  child = fork();
  CHECK(child >= 0);
  if (child == 0)
    _exit(7);
  OK(gfs_host_probe(&report));
  gfs_host_report_free(report);
  CHECK(sigaction(SIGCHLD, NULL, &now) == 0 && now.sa_handler == count_children);
  CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 7);
  CHECK(children >= 1);

  /* One's own SIGPIPE handler stays as well. */
  action.sa_handler = SIG_DFL;
  CHECK(sigaction(SIGPIPE, &action, NULL) == 0);
  OK(gfs_handle_free(new_handle()));
  CHECK(sigaction(SIGPIPE, NULL, &now) == 0 && now.sa_handler == SIG_DFL);
  OK(gfs_handle_free(g));
}

static void library_missing(void)
{
  struct gfs_host_report *report;
  gfs_handle *g = NULL;
  char *path = NULL;

  OK(gfs_library_use("/nowhere/libguestfs.so.0"));
  STATUS(GFS_ERR_LIBRARY, gfs_handle_new(NULL, &g));
  STATUS(GFS_ERR_LIBRARY, gfs_library_path(&path));
  CHECK(g == NULL && path == NULL && strstr(gfs_error_message(), "/nowhere/libguestfs.so.0") != NULL);
  OK(gfs_host_probe(&report));
  CHECK(report->library == NULL && report->problems[0] != NULL);
  gfs_host_report_free(report);

  /* Another library is not taken for it. */
  OK(gfs_library_use("libm.so.6"));
  STATUS(GFS_ERR_LIBRARY, gfs_handle_new(NULL, &g));
  CHECK(strstr(gfs_error_message(), "libm.so.6") != NULL && strstr(gfs_error_message(), "not libguestfs") != NULL);

  /* Not for ever. */
  OK(gfs_library_use("libguestfs.so.0"));
  OK(gfs_handle_free(new_handle()));
  STATUS(GFS_ERR_STATE, gfs_library_use("/nowhere/libguestfs.so.0"));
}

static void function_missing(void)
{
  gfs_handle *g = new_handle();
  static const char *const command[] = { "true", NULL };

  if (dlsym(RTLD_DEFAULT, "guestfs_command_out") == NULL) {
    STATUS(GFS_ERR_MISSING_FUNCTION, gfs_command_out(g, command, "/dev/null"));
    CHECK(strstr(gfs_error_message(), "1.") != NULL);
  } else
    STATUS(GFS_ERR_STATE, gfs_command_out(g, command, "/dev/null"));
  OK(gfs_handle_free(g));
}

/* libguestfs takes a directory, and leaves it to qemu to say at launch that something is wrong with some disk. */
static void no_disks(void)
{
  struct gfs_add_drive_options network = GFS_ADD_DRIVE_OPTIONS_INIT;
  static const char *const servers[] = { "localhost", NULL };
  gfs_handle *g = new_handle();

  STATUS(GFS_ERR_DISK, gfs_add_drive_ro(g, "/"));
  CHECK(gfs_error_errno() == EISDIR && strstr(gfs_error_message(), "add_drive_ro: /:") != NULL);
  STATUS(GFS_ERR_DISK, gfs_add_drive(g, "/", NULL));
  CHECK(gfs_error_errno() == EISDIR);
  STATUS(GFS_ERR_DISK, gfs_add_drive(g, "/nowhere/disk", NULL));
  CHECK(gfs_error_errno() == ENOENT && strstr(gfs_error_message(), "/nowhere/disk") != NULL);
  /* Not a file of this machine. */
  network.protocol = "nbd";
  network.server = servers;
  OK(gfs_add_drive(g, "/", &network));
  OK(gfs_handle_free(g));
}

/* Half of the address space that there may be is the program's: as much as the runtime would reserve by itself. */
static void little_address_space(void)
{
  struct rlimit64 limit;
  gfs_handle *g;

  CHECK(mmap(NULL, UINT64_C(1) << 30, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED);
  CHECK(getrlimit64(RLIMIT_AS, &limit) == 0);
  limit.rlim_cur = UINT64_C(2) << 30;
  CHECK(setrlimit64(RLIMIT_AS, &limit) == 0);
  g = new_handle();
  STATUS(GFS_ERR_APPLIANCE, gfs_appliance_verify("/nowhere", NULL, NULL));
  OK(gfs_handle_free(g));
}

static void failed_launch(void)
{
  gfs_handle *g = new_handle();

  OK(gfs_set_backend(g, "direct"));
  OK(gfs_set_path(g, "/nowhere"));
  OK(gfs_add_drive_scratch(g, 1 << 20, NULL));
  STATUS(GFS_ERR_LAUNCH, gfs_launch(g));
  CHECK(gfs_error_launch_failure() == GFS_LAUNCH_APPLIANCE_MISSING);
  CHECK(gfs_error_remedy() != NULL && gfs_error_console() != NULL && gfs_error_feature() == NULL);
  /* In words of C. */
  CHECK(strstr(gfs_error_remedy(), "gfs_set_path()") != NULL);
  CHECK(strstr(gfs_error_remedy(), "gfs_handle_options.appliance = GFS_APPLIANCE_MANAGED") != NULL);
  STATUS(GFS_ERR_STATE, gfs_mkdir_p(g, "/directory"));
  CHECK(strstr(gfs_error_message(), "gfs_launch()") != NULL);
  STATUS(GFS_ERR_LAUNCH, gfs_launch(g));
  OK(gfs_handle_free(g));

  /* Kept until the next failure. */
  CHECK(strcmp(gfs_error_operation(), "launch") == 0 && gfs_error_remedy()[0] != '\0');
}

static int stop_building(void *opaque, enum gfs_appliance_stage stage, uint64_t done, uint64_t total, const char *item)
{
  (void)stage, (void)done, (void)total, (void)item;
  CHECK(opaque == &told);
  told++;
  return 1;
}

static void appliances(void)
{
  static const char *const nothing[] = { "/nowhere/supermin.d", NULL };
  struct gfs_appliance_options options = GFS_APPLIANCE_OPTIONS_INIT;
  char directory[] = "/tmp/guestfs-test-XXXXXX", target[64];

  CHECK(mkdtemp(directory) != NULL);
  snprintf(target, sizeof target, "%s/appliance", directory);
  /* The builder is a library of its own, which need not be installed. */
  if (dlopen("libguestfs-facade-builder.so.1", RTLD_LAZY | RTLD_LOCAL) != NULL) {
    STATUS(GFS_ERR_CANCELLED, gfs_appliance_build(NULL, target, stop_building, &told));
    CHECK(told >= 1);
  } else {
    STATUS(GFS_ERR_APPLIANCE, gfs_appliance_build(NULL, target, stop_building, &told));
    CHECK(told == 0 && strstr(gfs_error_message(), "libguestfs-facade-builder.so.1") != NULL);
  }
  CHECK(access(target, F_OK) == -1);
  options.skeleton = nothing;
  STATUS(GFS_ERR_APPLIANCE, gfs_appliance_build(&options, target, NULL, NULL));
  CHECK(gfs_error_problem() == GFS_APPLIANCE_INVALID_INPUT && access(target, F_OK) == -1);
  STATUS(GFS_ERR_APPLIANCE, gfs_appliance_verify(directory, NULL, NULL));
  options.root = "/";
  options.archives = nothing;
  STATUS(GFS_ERR_ARGUMENT, gfs_appliance_build(&options, target, NULL, NULL));
  CHECK(rmdir(directory) == 0);
}

/* Another process has it open. */
static void image_in_use(void)
{
  const char *image = getenv("IMAGE");
  gfs_handle *g = NULL;
  char *format = NULL;
  int64_t size = 0;
  int backing = 0;

  CHECK(image != NULL);
  OK(gfs_handle_new(NULL, &g));
  OK(gfs_disk_format(g, image, &format));
  CHECK(strcmp(format, "qcow2") == 0);
  gfs_free(format);
  OK(gfs_disk_virtual_size(g, image, &size));
  CHECK(size == 5 << 20);
  OK(gfs_disk_has_backing_file(g, image, &backing));
  CHECK(backing == 1);
  STATUS(GFS_ERR_FAILED, gfs_disk_virtual_size(g, "/nowhere/disk", &size));
  CHECK(strstr(gfs_error_message(), "/nowhere/disk") != NULL);
  OK(gfs_handle_free(g));
}

static void count_warnings(gfs_handle *g, void *opaque, uint64_t event, int id, const char *text, size_t text_size, const uint64_t *numbers,
                           size_t count)
{
  (void)g, (void)id, (void)text_size, (void)numbers, (void)count;
  CHECK(opaque == &told && event == GFS_EVENT_WARNING);
  CHECK(strstr(text, "did not boot with") != NULL && strstr(text, "is replaced by another one") != NULL);
  told++;
}

/* The appliance that the library builds does not boot with this qemu; the one that takes its place does, until qemu refuses it. */
static void managed_appliance(void)
{
  struct gfs_handle_options options = GFS_HANDLE_OPTIONS_INIT;
  gfs_handle *g;
  char **devices;
  int id;

  CHECK(getenv("QEMU") != NULL && getenv("CACHE") != NULL);
  options.ignore_environment = 1;
  options.accelerator = GFS_ACCELERATOR_TCG;
  options.appliance = GFS_APPLIANCE_MANAGED;
  options.appliance_directory = getenv("CACHE");
  OK(gfs_handle_new(&options, &g));
  OK(gfs_set_backend(g, "direct"));
  OK(gfs_set_hv(g, getenv("QEMU")));
  OK(gfs_add_drive_scratch(g, 1 << 20, NULL));
  OK(gfs_event_add(g, GFS_EVENT_WARNING, count_warnings, &told, &id));
  gfs_status status = gfs_launch(g);
  if (status == GFS_OK) {
    OK(gfs_list_devices(g, &devices));
    CHECK(strcmp(devices[0], "/dev/sda") == 0 && devices[1] == NULL);
    gfs_string_list_free(devices);
  } else
    CHECK(status == GFS_ERR_LAUNCH && gfs_error_launch_failure() == GFS_LAUNCH_HYPERVISOR_REFUSED);
  OK(gfs_handle_free(g));
  printf("%s, %d warnings\n", status == GFS_OK ? "launched" : "refused", told);
}

static const struct {
  const char *name;
  void (*run)(void);
} cases[] = {
  { "null-pointers", null_pointers },
  { "stale-handles", stale_handles },
  { "garbage-handles", garbage_handles },
  { "free-during-call", free_during_call },
  { "free-inside-callback", free_inside_callback },
  { "callbacks-call-back", callbacks_call_back },
  { "many-handles", many_handles },
  { "too-many-handles", too_many_handles },
  { "one-handle-in-many-threads", one_handle_in_many_threads },
  { "forks", forks },
  { "fork-before-the-first-call", fork_before_the_first_call },
  { "signals", signals },
  { "library-missing", library_missing },
  { "function-missing", function_missing },
  { "no-disks", no_disks },
  { "little-address-space", little_address_space },
  { "failed-launch", failed_launch },
  { "appliances", appliances },
  { "image-in-use", image_in_use },
  { "managed-appliance", managed_appliance },
};

int main(int argc, char **argv)
{
  for (size_t i = 0; argc > 1 && i < sizeof cases / sizeof cases[0]; i++)
    if (strcmp(cases[i].name, argv[1]) == 0) {
      cases[i].run();
      return 0;
    }
  return 2;
}
