// Stays between libguestfs and a qemu that resumes what was saved, where nobody else would see that it does not: for programs that start
// the launcher by LIBGUESTFS_HV. libguestfs knows the process of the launcher, which passes its signals on to qemu, ends when qemu ends,
// and takes qemu with it when it is killed. Until guestfsd goes on, a qemu that ends or stands still is followed by one that boots, in
// that same process.
#include "launcher.h"
#include "system.h"

enum {
  STEP = 20,               // ms
  ASK_EACH = 5,            // steps
  MOST_TIME_TO_READ = 20,  // s
  MOST_TIME = 120,         // s; of processor time it takes less than one
  MOST_PROCESSOR_TIME = 20,
  CONNECTION = 94
};

static const uint64_t passed_on = 1ull << (SIGHUP - 1) | 1ull << (SIGINT - 1) | 1ull << (SIGQUIT - 1) | 1ull << (SIGTERM - 1)
    | 1ull << (SIGUSR1 - 1) | 1ull << (SIGUSR2 - 1);
static uint64_t mask_before;
static long child, signals;
static int is_to_end;

const char *outdated(const char *program, const char *qemu, const char *boot)
{
  static char id[64];
  struct status own, other;
  long file = sys_open("/proc/sys/kernel/random/boot_id", O_RDONLY);
  long count = sys_read(file, id, sizeof id - 1);
  sys_close(file);
  if (count > 0 && id[count - 1] == '\n')
    id[count - 1] = '\0';
  if (count <= 0 || !equal(id, boot))
    return "the host was booted since it was saved";

  // Both are as large and as old as the qemu of that time.
  if (sys_status(program, &own) < 0 || sys_status(qemu, &other) < 0 || own.size != other.size
      || own.modified_seconds != other.modified_seconds)
    return "another qemu was installed since it was saved";
  return NULL;
}

// libguestfs takes one connection. What is given to a qemu that fails is good for the next, as long as guestfsd has not been heard.
static int connect_channel(char **resumed, char **arguments)
{
  static char argument[64] = "socket,fd=94,id=channel0";
  static struct unix_address address = { AF_UNIX, { 0 } };
  size_t at = 1, length = 0;
  while (arguments[at] && !(equal(arguments[at - 1], "-chardev") && is_socket(arguments[at])))
    at++;
  if (!arguments[at])
    return 0;
  char *given = arguments[at];
  for (const char *path = after(given, "socket,path="); *path && !(path[0] == ',' && path[1] != ','); path += 1 + (path[0] == ',')) {
    if (length + 1 >= sizeof address.path)
      return 0;
    address.path[length++] = *path;
  }
  long connection = sys_socket();
  int is_connected = connection >= 0 && sys_connect(connection, &address) >= 0 && sys_duplicate(connection, CONNECTION) >= 0;
  sys_close(connection);
  if (!is_connected)
    return 0;
  arguments[at] = argument;
  for (char **next = resumed; *next; next++)
    if (*next == given)
      *next = argument;
  return 1;
}

static void run_child(const char *qemu, char **resumed, char **environment, long parent)
{
  sys_prctl(PR_SET_PDEATHSIG, SIGKILL, 0);
  if (sys_parent() != parent)
    sys_exit(1);
  sys_signal_mask(SIG_SETMASK, &mask_before, NULL);
  resumed[0] = (char *)qemu;
  sys_exec(qemu, resumed, environment);
  sys_exit(127);
}

static int has_ended(int32_t *status) { return sys_wait(child, status, WNOHANG) == child; }

// Waits for a moment, or for a signal, which goes on to qemu.
static void wait_for_signal(long other, const int64_t *timeout)
{
  uint8_t signal[128];
  struct poll files[] = { { (int32_t)signals, POLLIN, 0 }, { (int32_t)other, POLLIN, 0 } };
  sys_poll(files, other < 0 ? 1 : 2, timeout);
  if (!(files[0].happened & POLLIN) || sys_read(signals, signal, sizeof signal) != sizeof signal || signal[0] == SIGCHLD)
    return;
  sys_kill(child, signal[0]);
  is_to_end |= signal[0] != SIGUSR1 && signal[0] != SIGUSR2;
}

// What has come by a connection, as far as it is of interest.
static const char *hear(long file)
{
  static char said[4096];
  struct poll ready = { (int32_t)file, POLLIN, 0 };
  const int64_t now[2] = { 0, 0 };
  long count = sys_poll(&ready, 1, now) > 0 && ready.happened & POLLIN ? sys_read(file, said, sizeof said - 1) : 0;
  said[count > 0 ? count : 0] = '\0';
  return said;
}

// Until guestfsd goes on. Returns why it does not, or NULL. A qemu that cannot have a disk stays, paused: that is no fault of what was
// saved.
static const char *watch(int *is_damaged, int32_t *status)
{
  static const char question[] = "{\"execute\":\"query-status\"}\n";
  const int64_t step[2] = { 0, STEP * 1000000 };
  int64_t start[2], now[2], used[2] = { 0, 0 };
  int is_running = 0;
  sys_clock_since_boot(start);
  *is_damaged = 1;
  for (int round = 0; !contains(hear(other_end(SESSION)), "released\n"); round++) {
    if (has_ended(status)) {
      child = 0;
      return "qemu has ended";
    }
    const char *said = hear(other_end(MONITOR));
    is_running |= contains(said, "\"status\": \"running\"");
    if (contains(said, "\"paused\"") || contains(said, "\"postmigrate\"")) {
      *is_damaged = 0;
      return "the machine does not run: perhaps another one has the disk";
    }
    if (round % ASK_EACH == 0)
      sys_write(other_end(MONITOR), question, sizeof question - 1);
    sys_clock_since_boot(now);
    sys_processor_time(child, used);
    if (now[0] - start[0] > (is_running ? MOST_TIME : MOST_TIME_TO_READ) || used[0] >= MOST_PROCESSOR_TIME)
      return is_running ? "it does not come to where guestfsd goes on" : "qemu does not read it to its end";
    wait_for_signal(other_end(SESSION), step);
  }
  return NULL;
}

static void end_like(int32_t status)
{
  const int signal = status & 127;
  if (signal == 0)
    sys_exit(status >> 8 & 255);
  const uint64_t none = 0;
  sys_signal_mask(SIG_SETMASK, &none, NULL);
  sys_kill(sys_process(), signal);
  sys_exit(128 + signal);
}

const char *run_resumed(const char *qemu, const char *directory, char **resumed, char **arguments, char **environment)
{
  const uint64_t watched = passed_on | 1ull << (SIGCHLD - 1);
  const long parent = sys_process();
  int is_damaged = 0;
  int32_t status = 0;
  const char *reason = NULL;
  if (!connect_channel(resumed, arguments)) {
    close_given();
    close_ends();
    return "libguestfs does not answer";
  }
  sys_signal_mask(SIG_BLOCK, &watched, &mask_before);
  signals = sys_signal_file(&watched);
  child = signals < 0 ? signals : sys_fork();
  if (child == 0)
    run_child(qemu, resumed, environment, parent);
  if (child < 0)
    reason = "the kernel gives no process for it";
  close_given();
  if (!reason)
    reason = watch(&is_damaged, &status);

  if (reason) {
    if (child > 0) {
      sys_kill(child, SIGKILL);
      sys_wait(child, &status, 0);
    }
    if (is_to_end)
      end_like(status);
    if (is_damaged)
      forget_saved(directory);
    close_ends();
    sys_close(signals);
    sys_signal_mask(SIG_SETMASK, &mask_before, NULL);
    return reason;
  }

  // libguestfs sees qemu's end by what nobody has open any more.
  for (int number = 0; number <= 2; number++)
    sys_close(number);
  sys_close(CONNECTION);
  close_ends();
  while (!has_ended(&status))
    wait_for_signal(-1, NULL);
  end_like(status);
  return NULL;
}
