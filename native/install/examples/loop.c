/* Copies a disk's contents to a file from within an event loop, which stays free for other things; Ctrl-C, or kill, stops the copy.
 *
 *   cc -pthread -o loop-c loop.c $(pkg-config --cflags --libs guestfs-facade)
 *   ./loop-c disk.qcow2 qcow2 contents
 *
 * Calls block, so they run in a thread. The loop is told through a pipe how far they are and how they end, and stops them with
 * gfs_cancel(), which any thread may call, but no signal handler: signals come to the loop as a descriptor.
 */
#define _POSIX_C_SOURCE 200809L
#include <guestfs_facade.h>

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/signalfd.h>
#include <unistd.h>

/* Leaves the function with the status of the first call that fails. */
#define TRY(call) \
  do { \
    gfs_status status = (call); \
    if (status != GFS_OK) \
      return status; \
  } while (0)

struct job {
  gfs_handle *g;
  char **arguments;
  int pipe[2];
};

/* What goes through the pipe: less than PIPE_BUF, so that each arrives as one. */
struct message {
  int is_end;
  gfs_status status;
  uint64_t position, total;
  char text[512];
};

static void send_message(const struct job *job, const struct message *message)
{
  if (write(job->pipe[1], message, sizeof *message) != sizeof *message)
    perror("write");
}

static void send_progress(gfs_handle *g, void *opaque, uint64_t position, uint64_t total)
{
  struct message message = { .position = position, .total = total };
  (void)g;
  send_message(opaque, &message);
}

static gfs_status copy(struct job *job)
{
  struct gfs_add_drive_options drive = GFS_ADD_DRIVE_OPTIONS_INIT;
  drive.format = job->arguments[1];
  drive.readonly = 1;
  TRY(gfs_set_pgroup(job->g, 1)); /* a terminal's Ctrl-C is this program's, not its appliance's */
  TRY(gfs_add_drive(job->g, job->arguments[0], &drive));
  TRY(gfs_launch(job->g));
  TRY(gfs_progress_set(job->g, send_progress, job));
  return gfs_download(job->g, "/dev/sda", job->arguments[2]);
}

static void *work(void *opaque)
{
  struct job *job = opaque;
  struct message message = { .is_end = 1 };
  message.status = copy(job);
  if (message.status != GFS_OK)
    snprintf(message.text, sizeof message.text, "%s", gfs_error_message()); /* of this thread: no other has it */
  send_message(job, &message);
  return NULL;
}

/* Returns the exit code. */
static int loop(struct job *job, int signals)
{
  struct pollfd ready[] = { { .fd = job->pipe[0], .events = POLLIN }, { .fd = signals, .events = POLLIN } };
  for (;;) {
    struct message message;
    struct signalfd_siginfo signal;
    if (poll(ready, 2, -1) < 0)
      continue;
    if (ready[1].revents && read(signals, &signal, sizeof signal) == sizeof signal)
      gfs_cancel(job->g); /* does not wait: the end comes through the pipe */
    if (!ready[0].revents || read(job->pipe[0], &message, sizeof message) != sizeof message)
      continue;
    if (!message.is_end) {
      printf("%llu of %llu\n", (unsigned long long)message.position, (unsigned long long)message.total);
      fflush(stdout);
    } else if (message.status == GFS_OK) {
      return 0;
    } else {
      fprintf(stderr, "%s: %s\n", gfs_status_name(message.status), message.text);
      return message.status == GFS_ERR_CANCELLED ? 130 : 1;
    }
  }
}

int main(int argc, char **argv)
{
  if (argc != 4) {
    fprintf(stderr, "usage: %s IMAGE FORMAT FILE\n", argv[0]);
    return 2;
  }

  /* Before the first call: the library's threads then block them, too. */
  sigset_t wanted;
  sigemptyset(&wanted);
  sigaddset(&wanted, SIGINT);
  sigaddset(&wanted, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &wanted, NULL);

  struct job job = { .arguments = argv + 1 };
  int signals = signalfd(-1, &wanted, SFD_CLOEXEC);
  pthread_t thread;
  if (signals < 0 || pipe(job.pipe) < 0) {
    perror("loop");
    return 1;
  }
  if (gfs_handle_new(NULL, &job.g) != GFS_OK) {
    fprintf(stderr, "%s\n", gfs_error_message());
    return 1;
  }
  if (pthread_create(&thread, NULL, work, &job) != 0) {
    fputs("there is no thread to be had\n", stderr);
    return 1;
  }

  int code = loop(&job, signals);
  pthread_join(thread, NULL);
  gfs_handle_free(job.g);
  return code;
}
