/** @file guestfs_facade.h
 * libguestfs behind one ABI that does not change with its version.
 *
 * Generated from src/Interop/Model and src/Facade/Exports/abi.json (functions of libguestfs 1.60.1).
 * Do not edit. MIT licence.
 *
 * The library loads the installed libguestfs.so.0 at run time. A function that it lacks is a status, not
 * a link error.
 *
 * Status. Functions that can fail return a gfs_status. Every function with a handle may return
 * GFS_ERR_HANDLE, every function with a pointer GFS_ERR_ARGUMENT where it must not be NULL and is, and
 * every function GFS_ERR_LIBRARY, GFS_ERR_NO_MEMORY, GFS_ERR_FORKED and GFS_ERR_INTERNAL. The others are
 * named with the function. The reason in words is that thread's gfs_error_message().
 *
 * Results come last and are written on success alone. A result that is not const belongs to the caller,
 * who frees it as its description says; one that is const belongs to the handle.
 *
 * Arguments belong to the caller and are read during the call only. Pointers must not be NULL unless that
 * is said. Lists end with NULL. Strings are bytes, as the guest has them; they need not be UTF-8. A truth
 * value is 0 or 1.
 *
 * Names. A function that acts on a handle has the name of libguestfs, or a verb alone; any other begins with
 * what it acts on: gfs_stat_free(), gfs_string_list_free(), gfs_host_probe().
 *
 * Lists of structures are a struct gfs_X_list with the members len and val. Lists of strings are arrays.
 *
 * Options are structures that begin with their size. Initialise one with its INIT macro, in which nothing
 * is set, then assign to members. Members are only ever appended: a program that was compiled with an
 * older header goes on working.
 *
 * Handles are not addresses: each call checks the value, and one that was freed is GFS_ERR_HANDLE.
 *
 * Threads. Every function may be called from every thread; calls on one handle wait for each other, those
 * on several handles do not. Functions that do not wait say so.
 *
 * Process. The first call starts the .NET runtime inside this library: some threads, and SIGPIPE ignored
 * from then on. The library cannot be unloaded: dlclose does nothing. After fork, a child may call exec;
 * every function that returns a gfs_status returns GFS_ERR_FORKED in it, if its parent had called one.
 * Callbacks must return: longjmp or an exception out of one is undefined behaviour.
 */
#ifndef GUESTFS_FACADE_H
#define GUESTFS_FACADE_H

#include <limits.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef GFS_API
#define GFS_API extern
#endif

/* Functions that libguestfs has deprecated warn where they are used. Define GFS_NO_DEPRECATED to silence that. */
#if defined(__GNUC__) && !defined(GFS_NO_DEPRECATED)
#define GFS_DEPRECATED __attribute__((__deprecated__))
#else
#define GFS_DEPRECATED
#endif

/* gcc and clang warn where a status is ignored, except of functions that clean up. Define GFS_NO_WARN_UNUSED to
 * silence that. */
#if defined(__GNUC__) && !defined(GFS_NO_WARN_UNUSED)
#define GFS_WARN_UNUSED __attribute__((__warn_unused_result__))
#else
#define GFS_WARN_UNUSED
#endif

/** The ABI: part of the library's run-time name. */
#define GFS_ABI 1

/** First number of the version of this header; gfs_facade_version() tells the library's. */
#define GFS_VERSION_MAJOR 0
/** Second number of the version of this header. */
#define GFS_VERSION_MINOR 1
/** Third number of the version of this header. */
#define GFS_VERSION_PATCH 0

/** Whether this header is of the given version or a later one, for the preprocessor too. */
#define GFS_VERSION_CHECK(major, minor, patch) \
    (GFS_VERSION_MAJOR > (major) || \
     (GFS_VERSION_MAJOR == (major) && \
      (GFS_VERSION_MINOR > (minor) || \
       (GFS_VERSION_MINOR == (minor) && GFS_VERSION_PATCH >= (patch)))))

/** What numbers in options structures are that are not set; pointers are NULL. */
#define GFS_UNSET INT_MIN
/** The same for numbers of 64 bits. */
#define GFS_UNSET64 INT64_MIN

/** A handle; never dereferenced. */
typedef struct gfs_handle gfs_handle;

/* ---------------------------------------------------------------------------------------------- */
/* Status and errors */
/* ---------------------------------------------------------------------------------------------- */

/** What every function that can fail returns. Values are never reused; new ones are appended. */
typedef enum gfs_status {
    /** Success. Only now are the results written. */
    GFS_OK = 0,
    /** libguestfs or the appliance could not do it: gfs_error_message() says why, gfs_error_errno()
     * may have the errno.
     */
    GFS_ERR_FAILED = 1,
    /** An argument is not acceptable: a NULL pointer, an options structure without its INIT value,
     * a path that is not absolute.
     */
    GFS_ERR_ARGUMENT = 2,
    /** The handle is not one: it was freed, never was a handle, or was closed because a call on it
     * was cancelled.
     */
    GFS_ERR_HANDLE = 3,
    /** Not in this state of the handle: before gfs_launch() or after it. */
    GFS_ERR_STATE = 4,
    /** The installed libguestfs is too old to have the function; the message says which version has
     * it.
     */
    GFS_ERR_MISSING_FUNCTION = 5,
    /** The appliance lacks a feature group: gfs_error_feature() names it. */
    GFS_ERR_FEATURE = 6,
    /** The appliance did not start: gfs_error_launch_failure() and gfs_error_remedy() say more. */
    GFS_ERR_LAUNCH = 7,
    /** The appliance ended during this call or before it: gfs_error_problem() says which enum
     * gfs_appliance_death. What was written and not flushed may be lost.
     */
    GFS_ERR_APPLIANCE_DIED = 8,
    /** gfs_cancel() or a callback ended it. */
    GFS_ERR_CANCELLED = 9,
    /** libguestfs is not installed, cannot be loaded or is too old. */
    GFS_ERR_LIBRARY = 10,
    /** An appliance could not be built or is damaged: gfs_error_problem() says which enum
     * gfs_appliance_problem.
     */
    GFS_ERR_APPLIANCE = 11,
    /** An extraction ended early: gfs_error_problem() says which enum gfs_extraction_problem. */
    GFS_ERR_EXTRACTION = 12,
    /** There is no memory. */
    GFS_ERR_NO_MEMORY = 13,
    /** This process was forked from one that had used the library, which works only in that one.
     * Call exec, or use the library in the child alone.
     */
    GFS_ERR_FORKED = 14,
    /** A mistake in this library: please report the message. */
    GFS_ERR_INTERNAL = 15,
    /** A disk image could not be added: gfs_error_problem() says which enum gfs_disk_problem. */
    GFS_ERR_DISK = 16
} gfs_status;

/** Why an appliance did not start. */
enum gfs_launch_failure {
    /** Not one of the others, as far as can be told. */
    GFS_LAUNCH_OTHER = 0,
    /** There is no appliance in the directories of the path, nor supermin, which would build it. */
    GFS_LAUNCH_APPLIANCE_MISSING = 1,
    /** qemu is not installed, or not where it was looked for. */
    GFS_LAUNCH_HYPERVISOR_MISSING = 2,
    /** A file of the appliance cannot be read, is cut short, or is not what it should be. */
    GFS_LAUNCH_APPLIANCE_UNREADABLE = 3,
    /** qemu ended before it started the machine: it refused an argument, or could not be run. */
    GFS_LAUNCH_HYPERVISOR_REFUSED = 4,
    /** KVM was asked for and does not work. */
    GFS_LAUNCH_KVM_BROKEN = 5,
    /** The host has too little memory for the appliance, or the appliance was given too little. */
    GFS_LAUNCH_OUT_OF_MEMORY = 6,
    /** The appliance's kernel panicked. */
    GFS_LAUNCH_KERNEL_PANIC = 7,
    /** The kernel ran, but the appliance's init or the daemon could not be started. */
    GFS_LAUNCH_INIT_FAILED = 8,
    /** The machine ran, but its daemon did not report within the time limit. */
    GFS_LAUNCH_DAEMON_NEVER_CONNECTED = 9,
    /** qemu ended while the appliance was starting, without a reason on its console. */
    GFS_LAUNCH_APPLIANCE_DIED = 10,
    /** Another process has a disk open: a virtual machine may be running from it.
     * gfs_error_problem() is GFS_DISK_LOCKED where it was seen which.
     */
    GFS_LAUNCH_DISK_LOCKED = 11,
    /** The appliance that the handle was made with could not be built, or is damaged:
     * gfs_error_problem() says which enum gfs_appliance_problem.
     */
    GFS_LAUNCH_APPLIANCE_UNAVAILABLE = 12,
    /** qemu cannot be confined as the option confinement asks. */
    GFS_LAUNCH_CONFINEMENT_UNAVAILABLE = 13,
    /** It stood still: nothing came to the console and no disk was used for too long, or qemu or
     * its machine was stopped.
     */
    GFS_LAUNCH_STALLED = 14,
    /** A disk image, or a file that it is made of, cannot be used: gfs_error_problem() says which
     * enum gfs_disk_problem.
     */
    GFS_LAUNCH_DISK_UNUSABLE = 15,
    /** A directory of the host that libguestfs needs, for temporary files, sockets or its cache,
     * cannot be used.
     */
    GFS_LAUNCH_DIRECTORY_UNUSABLE = 16,
    /** The network of the appliance, gfs_set_network(), could not be set up. */
    GFS_LAUNCH_NETWORK_UNAVAILABLE = 17
};

/** What is wrong with a disk image, or with a file that it is made of. */
enum gfs_disk_problem {
    /** Not one of the others: the message has qemu's words. */
    GFS_DISK_OTHER = 0,
    /** A file does not exist, or a directory on the way to it. */
    GFS_DISK_MISSING = 1,
    /** It is a directory, a pipe or the like. */
    GFS_DISK_NOT_A_FILE = 2,
    /** This user may not read it, or may not write it. */
    GFS_DISK_ACCESS_DENIED = 3,
    /** It is not in the format that was named for it. */
    GFS_DISK_WRONG_FORMAT = 4,
    /** A chain of backing files leads back to itself. */
    GFS_DISK_CHAIN_LOOP = 5,
    /** It is encrypted in a way that only qemu can open, with a key that libguestfs cannot give it.
     */
    GFS_DISK_ENCRYPTED = 6,
    /** It is damaged. */
    GFS_DISK_CORRUPT = 7,
    /** It needs a newer qemu. */
    GFS_DISK_NEWER_VERSION = 8,
    /** Another process has it open, or the handle has it twice. */
    GFS_DISK_LOCKED = 9
};

/** Why an appliance ended although nobody asked it to. */
enum gfs_appliance_death {
    /** Nothing says why. */
    GFS_DEATH_UNKNOWN = 0,
    /** Somebody killed qemu, with a signal. */
    GFS_DEATH_HYPERVISOR_KILLED = 1,
    /** qemu crashed, or gave up with an error of its own. */
    GFS_DEATH_HYPERVISOR_CRASHED = 2,
    /** The host ran out of memory, or this process's control group did, and the kernel killed qemu.
     */
    GFS_DEATH_HOST_OUT_OF_MEMORY = 3,
    /** A filesystem of the host was full: a disk image, or the overlay of a read-only disk, could
     * not grow.
     */
    GFS_DEATH_HOST_DISK_FULL = 4,
    /** The host could not read or write a disk image or what it is stored on. */
    GFS_DEATH_HOST_DISK_FAILED = 5,
    /** The appliance's kernel panicked. */
    GFS_DEATH_KERNEL_PANICKED = 6,
    /** The appliance ran out of memory, and its kernel killed what it could not do without. */
    GFS_DEATH_GUEST_OUT_OF_MEMORY = 7,
    /** The appliance's daemon, guestfsd, crashed or ended. */
    GFS_DEATH_DAEMON_ENDED = 8
};

/** Names a status.
 * @param status The status.
 * @return Its name in this header, such as "GFS_ERR_STATE"; "unknown" for others. Static.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API const char *gfs_status_name(gfs_status status);

/** Tells why the last call in this thread that failed did.
 * @return The message, and what to do where that is known; "" before the first failure. Valid
 *         until the next failure in this thread.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API const char *gfs_error_message(void);

/** Names the operation that failed last in this thread.
 * @return The name of the function without its prefix; "" before the first failure. Valid until
 *         the next failure in this thread.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API const char *gfs_error_operation(void);

/** Tells the errno of the last failure in this thread.
 * @return The number, or 0 if there is none. One that comes from the appliance has Linux' meaning.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API int gfs_error_errno(void);

/** Names the feature group of the last failure in this thread.
 * @return The group, or NULL unless the status was GFS_ERR_FEATURE. Valid until the next failure
 *         in this thread.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API const char *gfs_error_feature(void);

/** Tells why the launch that failed last in this thread did.
 * @return The reason; GFS_LAUNCH_OTHER unless the status was GFS_ERR_LAUNCH.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API enum gfs_launch_failure gfs_error_launch_failure(void);

/** Suggests what to do about the last failure in this thread.
 * @return One suggestion, which the message has too, or NULL. Valid until the next failure in this
 *         thread.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API const char *gfs_error_remedy(void);

/** Gives the last lines of the console of the appliance that did not start, or died.
 * @return Lines without their ends, then NULL; empty unless the status was GFS_ERR_LAUNCH or
 *         GFS_ERR_APPLIANCE_DIED. Valid until the next failure in this thread.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API const char *const *gfs_error_console(void);

/** Tells more about a failed extraction, disk or appliance, or the death of one.
 * @return An enum gfs_extraction_problem for GFS_ERR_EXTRACTION; an enum gfs_appliance_death for
 *         GFS_ERR_APPLIANCE_DIED; an enum gfs_appliance_problem for GFS_ERR_APPLIANCE, and for
 *         GFS_ERR_LAUNCH with GFS_LAUNCH_APPLIANCE_UNAVAILABLE; an enum gfs_disk_problem for
 *         GFS_ERR_DISK, and for GFS_ERR_LAUNCH with GFS_LAUNCH_DISK_UNUSABLE or
 *         GFS_LAUNCH_DISK_LOCKED; 0 for others.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API int gfs_error_problem(void);

/* ---------------------------------------------------------------------------------------------- */
/* Library and memory */
/* ---------------------------------------------------------------------------------------------- */

/** Tells the version of the library that the program runs with; GFS_VERSION_MAJOR and its like are
 * the version of the header it was compiled with.
 * @return For example "0.1.0". Static.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API const char *gfs_facade_version(void);

/** Chooses the libguestfs to load: a file, or the directory of a bundle. Without it: the
 * environment variable GUESTFS_LIBRARY (a file), else GUESTFS_BUNDLE (a directory; neither in
 * setuid programs and others with more rights than their caller), else the bundle guestfs-bundle
 * beside the program or in the user's data directory, else libguestfs.so.0 as the dynamic linker
 * finds it.
 * @param path File name of the library, or the bundle's directory.
 * @return GFS_OK, or GFS_ERR_STATE: another one is loaded already.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_library_use(const char *path);

/** Tells which libguestfs is used, loading it if need be.
 * @param result The name it was loaded by; free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_LIBRARY: it cannot be loaded; the message says how to install it.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_library_path(char **result);

/** Frees a string or buffer that a function of this library gave to the caller; the same as
 * free(3).
 * @param memory What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_free(void *memory);

/** Frees a list of strings, and the strings.
 * @param list What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_string_list_free(char **list);

/* ---------------------------------------------------------------------------------------------- */
/* Handles */
/* ---------------------------------------------------------------------------------------------- */

/** Where a handle is in its life. */
enum gfs_state {
    /** Being configured: disks and settings are added. Also after the appliance has ended. */
    GFS_STATE_CONFIG = 0,
    /** The appliance is starting. */
    GFS_STATE_LAUNCHING = 1,
    /** The appliance runs and takes calls. */
    GFS_STATE_READY = 2,
    /** Closed, because a call was cancelled and ending the appliance was the only way; only
     * gfs_handle_free() is left.
     */
    GFS_STATE_CLOSED = 3
};

/** What runs the appliance's instructions. */
enum gfs_accelerator {
    /** KVM where a guest has been seen to run under it, emulation elsewhere. qemu boots the
     * appliance's kernel for that: once for each of the two and each boot of the host, for 5
     * seconds at most.
     */
    GFS_ACCELERATOR_AUTO = 0,
    /** The host's processor through /dev/kvm; the launch fails at once where it was seen not to
     * work.
     */
    GFS_ACCELERATOR_KVM = 1,
    /** qemu's emulation: works everywhere, and takes several times as long. */
    GFS_ACCELERATOR_TCG = 2
};

/** What a handle's qemu is kept from, so that a disk that takes it over gets no further. Values can
 * be combined with |.
 */
enum gfs_confinement {
    /** Nothing: qemu may do whatever its user may. */
    GFS_CONFINEMENT_NONE = 0,
    /** System calls that it does not need, starting programs among them: qemu's own option
     * -sandbox.
     */
    GFS_CONFINEMENT_SYSTEM_CALLS = 1,
    /** All files but the handle's disks, the appliance and what qemu is made of; other processes;
     * and the network, unless the handle has one or a disk is on a server. The kernel's Landlock,
     * and a filter for what it does not know.
     */
    GFS_CONFINEMENT_FILES = 2,
    /** Both. */
    GFS_CONFINEMENT_FULL = 3
};

/** Which appliance a handle boots. */
enum gfs_appliance_source {
    /** The one that libguestfs finds in its path. */
    GFS_APPLIANCE_DEFAULT = 0,
    /** The fixed appliance in the directory that the option appliance_directory names. If it has a
     * manifest, its digests are checked at each launch.
     */
    GFS_APPLIANCE_DIRECTORY = 1,
    /** One that is built from the host's packages and kept in a cache, by
     * libguestfs-facade-builder.so.1, which is installed beside this library. It is booted once
     * before it is first used with a qemu. Where it does not come up, one of the profile stock
     * takes its place, a warning says so, and the cache remembers it. Where libguestfs is a
     * bundle's, it is the bundle's appliance, which is always booted.
     */
    GFS_APPLIANCE_MANAGED = 2
};

/** How to create a handle. */
struct gfs_handle_options {
    /** Size of this structure: GFS_HANDLE_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** 1: not to read settings from LIBGUESTFS_* and TMPDIR. Setuid programs, and others with more
     * rights than their caller, read none in any case.
     */
    int ignore_environment;
    /** An enum gfs_accelerator. Unset: GFS_ACCELERATOR_AUTO. */
    int accelerator;
    /** How long gfs_launch() waits for the appliance, in milliseconds. Unset: as long as it gets
     * on; one that stands still fails with GFS_LAUNCH_STALLED in any case.
     */
    int64_t launch_timeout_ms;
    /** How long a cancelled transfer may take to stop before its appliance is ended, in
     * milliseconds. Unset: 5000.
     */
    int64_t cancel_timeout_ms;
    /** An enum gfs_appliance_source. Unset: GFS_APPLIANCE_DEFAULT. */
    int appliance;
    /** The directory of GFS_APPLIANCE_DIRECTORY, or the cache of GFS_APPLIANCE_MANAGED. Unset: the
     * user's cache.
     */
    const char *appliance_directory;
    /** Values of enum gfs_confinement: this and nothing else, and gfs_launch() fails if some of it
     * cannot be had. Unset: as much as the host, the qemu and the disks allow. Only the backend
     * "direct" has it; libvirt confines its qemu itself.
     */
    int confinement;
    /** 1: boots the appliance in each launch. Otherwise one that is emulated, and is
     * GFS_APPLIANCE_MANAGED, is saved by the first launch that could have used it, in the
     * background, and resumed by later ones.
     */
    int always_boot;
};
/** Initialises a struct gfs_handle_options, in which nothing is set. */
#define GFS_HANDLE_OPTIONS_INIT \
    { sizeof(struct gfs_handle_options), GFS_UNSET, GFS_UNSET, GFS_UNSET64, GFS_UNSET64, \
      GFS_UNSET, NULL, GFS_UNSET, GFS_UNSET }

/** Creates a handle.
 *
 * Upstream: guestfs_create(3). A process can have about a thousand handles open at a time with
 * glibc, a hundred with musl: each takes a key of pthread_key_create(3). Calls from the thread
 * that creates it cost a little less than from others.
 * @param options What differs from the defaults, or NULL.
 * @param result The handle; free it with gfs_handle_free().
 * @return GFS_OK, or GFS_ERR_LIBRARY; GFS_ERR_FAILED: a setting in the environment is invalid, or,
 *         with the errno EAGAIN, there are too many handles.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_handle_new(const struct gfs_handle_options *options,
    gfs_handle **result);

/** Closes a handle and ends its appliance. While a call is running in another thread, or around the
 * callback that frees, the handle closes when that call returns.
 *
 * Call gfs_shutdown() first after writing: it reports errors, which closing cannot. Upstream:
 * guestfs_close(3).
 * @param g The handle; NULL is nothing.
 * @return GFS_OK, or GFS_ERR_HANDLE: it was freed already.
 * @par Threads
 * Any; does not wait for calls.
 * @since 0.1
 */
GFS_API gfs_status gfs_handle_free(gfs_handle *g);

/** Tells where a handle is in its life.
 * @param g The handle.
 * @param result The state.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_handle_state(gfs_handle *g, enum gfs_state *result);

/** Tells what gfs_launch() has chosen to run the appliance with, and why.
 * @param g The handle.
 * @param result GFS_ACCELERATOR_KVM or GFS_ACCELERATOR_TCG.
 * @param reason Why, in words; free it with gfs_free(). May be NULL if nobody wants to know.
 * @return GFS_OK, or GFS_ERR_STATE: nothing has been launched.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_handle_accelerator(gfs_handle *g,
    enum gfs_accelerator *result, char **reason);

/** Tells what gfs_launch() keeps qemu from, and why not from more.
 * @param g The handle.
 * @param result What holds: values combined with |.
 * @param reason Why, in words; free it with gfs_free(). May be NULL if nobody wants to know.
 * @return GFS_OK, or GFS_ERR_STATE: nothing has been launched.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_handle_confinement(gfs_handle *g,
    enum gfs_confinement *result, char **reason);

/** Tells whether gfs_launch() has resumed a saved appliance, and why not.
 * @param g The handle.
 * @param result 1 if it has, 0 if the appliance was booted.
 * @param reason Why, in words; free it with gfs_free(). May be NULL if nobody wants to know.
 * @return GFS_OK, or GFS_ERR_STATE: nothing has been launched.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_handle_resumed(gfs_handle *g, int *result, char **reason);

/** Waits until the appliance is saved that gfs_launch() has begun to save in the background, for
 * later launches to resume: some seconds of the processor's time, once. A process that ends before
 * has saved nothing, and the next one boots again: a short program calls this at its end, before
 * gfs_handle_free(). Returns at once where nothing is being saved.
 *
 * Saving that fails is no error: later launches boot, and gfs_handle_resumed() of them says why.
 * @param g The handle, which may have been shut down.
 * @param timeout_ms How long to wait at most, in milliseconds; 0 asks; less than 0: as long as it
 *        takes.
 * @param result 1: nothing is being saved any more; 0: it still is. May be NULL if nobody wants to
 *        know.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; does not wait for calls, nor they for it. gfs_cancel() does not end it.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_handle_wait_saved(gfs_handle *g, int64_t timeout_ms,
    int *result);

/** Cancels the calls that run on a handle, from another thread or from a callback of theirs. They
 * return GFS_ERR_CANCELLED, or success if they were quicker. Transfers stop; any other call, or a
 * transfer that does not stop within cancel_timeout_ms, only by ending the appliance, as a power
 * failure would, after which the handle is closed. Calls that need no appliance run to their end.
 *
 * This is the function to stop any call with, whatever it does, when its result is no longer
 * wanted. gfs_user_cancel() is for a transfer alone, where the appliance has to survive in any
 * case.
 * @param g The handle.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; does not wait.
 * @since 0.1
 */
GFS_API gfs_status gfs_cancel(gfs_handle *g);

/* ---------------------------------------------------------------------------------------------- */
/* Events and progress */
/* ---------------------------------------------------------------------------------------------- */

/** GUESTFS_EVENT_CLOSE of guestfs(3). */
#define GFS_EVENT_CLOSE UINT64_C(1)
/** GUESTFS_EVENT_SUBPROCESS_QUIT of guestfs(3). */
#define GFS_EVENT_SUBPROCESS_QUIT UINT64_C(2)
/** GUESTFS_EVENT_LAUNCH_DONE of guestfs(3). */
#define GFS_EVENT_LAUNCH_DONE UINT64_C(4)
/** GUESTFS_EVENT_PROGRESS of guestfs(3). */
#define GFS_EVENT_PROGRESS UINT64_C(8)
/** GUESTFS_EVENT_APPLIANCE of guestfs(3). */
#define GFS_EVENT_APPLIANCE UINT64_C(16)
/** GUESTFS_EVENT_LIBRARY of guestfs(3). */
#define GFS_EVENT_LIBRARY UINT64_C(32)
/** GUESTFS_EVENT_TRACE of guestfs(3). */
#define GFS_EVENT_TRACE UINT64_C(64)
/** GUESTFS_EVENT_ENTER of guestfs(3). */
#define GFS_EVENT_ENTER UINT64_C(128)
/** GUESTFS_EVENT_LIBVIRT_AUTH of guestfs(3). */
#define GFS_EVENT_LIBVIRT_AUTH UINT64_C(256)
/** GUESTFS_EVENT_WARNING of guestfs(3). */
#define GFS_EVENT_WARNING UINT64_C(512)

/** Told of events. It runs in the thread of the call that raised the event, inside that call. It
 * may call any function of this library, on this handle too, and must return: not by longjmp, not
 * by a C++ exception.
 * @param g The handle.
 * @param opaque What was given with the callback.
 * @param event One of GFS_EVENT_*.
 * @param id The number of the callback.
 * @param text The text of the event, not NUL-terminated; valid during the call.
 * @param text_size Its length in bytes.
 * @param numbers The numbers of the event: for GFS_EVENT_PROGRESS procedure, serial, position and
 *        total.
 * @param count How many.
 */
typedef void (*gfs_event_callback)(gfs_handle *g, void *opaque, uint64_t event, int id,
    const char *text, size_t text_size, const uint64_t *numbers, size_t count);

/** Told how far a long call is, at most a few times a second; in the thread of that call. What
 * holds for gfs_event_callback holds here.
 * @param g The handle.
 * @param opaque What was given with the callback.
 * @param position How much is done, from 0 to total.
 * @param total The end of the scale. 0 of 1 comes at the start of calls of unknown length.
 */
typedef void (*gfs_progress_callback)(gfs_handle *g, void *opaque, uint64_t position, uint64_t total);

/** Asked when the host has no room for what the appliance writes, while its machine is stopped and
 * the call that runs waits. It runs in a thread of its own, may take as long as it likes, and must
 * not call functions of this library on the handle, which waits for it. It must return, as
 * gfs_event_callback.
 * @param g The handle.
 * @param opaque What was given with the callback.
 * @param file The file that cannot grow: a disk image, or the overlay of a read-only or scratch
 *        disk; valid during the call.
 * @param backing_file The image that it is an overlay of; NULL if it is none. Valid during the
 *        call.
 * @param available What is left in its filesystem, in bytes; -1 where that cannot be told.
 * @return 0 to end the appliance: the call fails, and gfs_error_problem() is
 *         GFS_DEATH_HOST_DISK_FULL. Anything else to write again, after room was made.
 */
typedef int (*gfs_disk_full_callback)(gfs_handle *g, void *opaque, const char *file,
    const char *backing_file, int64_t available);

/** Has a callback told of events. While one is told of an event, libguestfs does not print it.
 *
 * Upstream: guestfs_set_event_callback(3).
 * @param g The handle.
 * @param events Which: GFS_EVENT_* or-ed together.
 * @param callback What to call.
 * @param opaque Given to the callback; must live as long as it.
 * @param result A number for gfs_event_remove(). May be NULL.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_event_add(gfs_handle *g, uint64_t events,
    gfs_event_callback callback, void *opaque, int *result);

/** Has a callback told no more.
 *
 * Upstream: guestfs_delete_event_callback(3).
 * @param g The handle.
 * @param id The number that gfs_event_add() gave.
 * @return GFS_OK, or GFS_ERR_ARGUMENT: there is no such callback.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_API gfs_status gfs_event_remove(gfs_handle *g, int id);

/** Has a callback told how far long calls are; the one before is told no more.
 * @param g The handle.
 * @param callback What to call, or NULL for nothing.
 * @param opaque Given to the callback; must live as long as it.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_progress_set(gfs_handle *g, gfs_progress_callback callback,
    void *opaque);

/** Has a callback asked what to do when the host's filesystem is full; the one before is asked no
 * more. Without one the appliance is ended. Only the backend "direct" has it.
 * @param g The handle.
 * @param callback What to ask, or NULL for nothing.
 * @param opaque Given to the callback; must live as long as it.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_disk_full_set(gfs_handle *g, gfs_disk_full_callback callback,
    void *opaque);

/* ---------------------------------------------------------------------------------------------- */
/* Inspection in one call */
/* ---------------------------------------------------------------------------------------------- */

/** What became of a line of /etc/fstab or of a mount unit. */
enum gfs_mount_outcome {
    /** It is mounted. */
    GFS_MOUNT_OUTCOME_MOUNTED = 0,
    /** It could not be mounted, for another reason than those that follow. */
    GFS_MOUNT_OUTCOME_FAILED = 1,
    /** Its device is not on the disks. */
    GFS_MOUNT_OUTCOME_DEVICE_MISSING = 2,
    /** The directory to mount it on does not exist; the guest may make it when it starts. */
    GFS_MOUNT_OUTCOME_DIRECTORY_MISSING = 3,
    /** Its device is encrypted and not open. */
    GFS_MOUNT_OUTCOME_ENCRYPTED = 4,
    /** The guest does not mount it by itself: noauto, or a unit that is not enabled, or masked. */
    GFS_MOUNT_OUTCOME_NOT_AUTOMATIC = 5,
    /** Another entry mounts something on the same directory, and that one counts. */
    GFS_MOUNT_OUTCOME_SUPERSEDED = 6,
    /** It is swap. */
    GFS_MOUNT_OUTCOME_SWAP = 7,
    /** It is on another machine. */
    GFS_MOUNT_OUTCOME_NETWORK = 8,
    /** The kernel makes its files, or keeps them in memory: proc, tmpfs and others. */
    GFS_MOUNT_OUTCOME_KERNEL_FILESYSTEM = 9,
    /** It shows a directory of the guest at a second place, which libguestfs cannot. */
    GFS_MOUNT_OUTCOME_BIND = 10,
    /** It is made of several directories of the guest, which libguestfs cannot. */
    GFS_MOUNT_OUTCOME_OVERLAY = 11,
    /** It is in a file of the guest: gfs_mount_loop() mounts it. */
    GFS_MOUNT_OUTCOME_IMAGE_FILE = 12,
    /** It is a floppy disk or a CD-ROM. */
    GFS_MOUNT_OUTCOME_REMOVABLE = 13
};

/** A filesystem and where the guest mounts it. */
struct gfs_guest_mount {
    /** The directory in the guest, such as "/boot". */
    const char *path;
    /** The device or btrfs subvolume, as gfs_mount() takes it. */
    const char *mountable;
    /** Its type, such as "ext4"; NULL if there is no such device or nothing known on it. */
    const char *filesystem;
};

/** A list of mounts. */
struct gfs_guest_mount_list {
    /** How many. */
    uint32_t len;
    /** The mounts. */
    const struct gfs_guest_mount *val;
};

/** A drive of a Windows guest. */
struct gfs_guest_drive {
    /** The drive letter, without a colon. */
    const char *letter;
    /** The device. */
    const char *device;
};

/** A list of drives. */
struct gfs_guest_drive_list {
    /** How many. */
    uint32_t len;
    /** The drives. */
    const struct gfs_guest_drive *val;
};

/** An operating system on the disks. All of it comes from files of the guest, so it is only as true
 * as they are. NULL is what is unknown.
 */
struct gfs_guest_os {
    /** The filesystem it was found on, which is mounted on "/". */
    const char *root;
    /** Such as "linux" or "windows". */
    const char *type;
    /** Such as "debian" or "fedora". */
    const char *distro;
    /** The name for people. */
    const char *product_name;
    /** For Windows mostly "Client" or "Server". */
    const char *product_variant;
    /** The major version; -1 if unknown. */
    int major_version;
    /** The minor version; -1 if unknown. */
    int minor_version;
    /** Such as "x86_64". */
    const char *arch;
    /** The host name. */
    const char *hostname;
    /** Such as "deb". */
    const char *package_format;
    /** Such as "apt". */
    const char *package_management;
    /** The identifier in the libosinfo database, such as "debian12". */
    const char *osinfo;
    /** The build number of Windows, or BUILD_ID of os-release. */
    const char *build_id;
    /** What the guest mounts where, parents first. */
    struct gfs_guest_mount_list mounts;
    /** All filesystems that belong to it; ends with NULL. */
    const char *const *filesystems;
    /** The drive letters of Windows. */
    struct gfs_guest_drive_list drives;
    /** The system root of Windows, such as "/Windows". */
    const char *windows_system_root;
    /** The registry file of HKLM\\SYSTEM. */
    const char *windows_system_hive;
    /** The registry file of HKLM\\SOFTWARE. */
    const char *windows_software_hive;
    /** The control set in use. */
    const char *windows_control_set;
    /** What could not be asked, a message each; ends with NULL. */
    const char *const *problems;
};

/** The operating systems on the disks. */
struct gfs_guest_os_list {
    /** How many. */
    uint32_t len;
    /** The operating systems. */
    const struct gfs_guest_os *val;
};

/** A filesystem that could not be mounted. */
struct gfs_mount_failure {
    /** What should have been mounted where. */
    struct gfs_guest_mount mount;
    /** Why it was not. */
    const char *message;
    /** What can be done about it. */
    const char *remedy;
};

/** A list of filesystems that could not be mounted. */
struct gfs_mount_failure_list {
    /** How many. */
    uint32_t len;
    /** The filesystems. */
    const struct gfs_mount_failure *val;
};

/** What was mounted and what could not be. */
struct gfs_mount_report {
    /** In the order in which they were mounted; the root is the first. */
    struct gfs_guest_mount_list mounted;
    /** Those that are not. */
    struct gfs_mount_failure_list failed;
};

/** What gfs_inspect_opts() may do. */
struct gfs_inspect_options {
    /** Size of this structure: GFS_INSPECT_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** Keys for encrypted devices, tried in this order, each as virt-inspector(1) takes it with
     * --key: "ID:key:PASSPHRASE" or "ID:file:FILENAME", where ID is a device, a UUID, or "all";
     * ends with NULL. Of a file its first line is tried, then all of it. Unset: none.
     */
    const char *const *keys;
    /** 1: snapshots are looked into and described like systems, too. Unset: 0. */
    int include_snapshots;
};
/** Initialises a struct gfs_inspect_options, in which nothing is set. */
#define GFS_INSPECT_OPTIONS_INIT \
    { sizeof(struct gfs_inspect_options), NULL, GFS_UNSET }

/** What gfs_guest_os_mount_opts() may do. */
struct gfs_guest_os_mount_options {
    /** Size of this structure: GFS_GUEST_OS_MOUNT_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** 1: nothing can be changed through these mounts. Unset: 1. */
    int read_only;
    /** Keys for encrypted devices that gfs_inspect_opts() had none for, as there. What they open
     * stays open. Unset: none.
     */
    const char *const *keys;
};
/** Initialises a struct gfs_guest_os_mount_options, in which nothing is set. */
#define GFS_GUEST_OS_MOUNT_OPTIONS_INIT \
    { sizeof(struct gfs_guest_os_mount_options), GFS_UNSET, NULL }

/** What became of a line of /etc/fstab or of a mount unit. */
struct gfs_mount_result {
    /** The file: "/etc/fstab", or one such as "/etc/systemd/system/srv.mount"; for a partition that
     * the guest mounts because of its type the one that it makes for it when it starts, such as
     * "/run/systemd/generator.late/srv.mount".
     */
    const char *file;
    /** The number of the line, the first being 1; 0 for a unit. */
    int line;
    /** An enum gfs_mount_outcome. */
    int outcome;
    /** What to mount, in the guest's words. */
    const char *device;
    /** Where; for swap a word instead of a directory. */
    const char *path;
    /** The type of the filesystem as it is named there. */
    const char *type;
    /** The options; ends with NULL. */
    const char *const *options;
    /** The device or btrfs subvolume, as gfs_mount() takes it; NULL where there is none. */
    const char *mountable;
    /** Why, in a sentence. */
    const char *text;
};

/** What became of each line and unit. */
struct gfs_mount_result_list {
    /** How many. */
    uint32_t len;
    /** The results, in the order of the lines; units follow, then partitions that are mounted
     * because of their types.
     */
    const struct gfs_mount_result *val;
};

/** Something of a guest that could not be read or understood. */
struct gfs_guest_problem {
    /** What was being done, often a function of guestfs(3). */
    const char *operation;
    /** The errno of the appliance; 0 if it is no error of a system call. */
    int errnum;
    /** What is wrong, and where it is known what helps. */
    const char *message;
    /** The file of the guest that it is about; NULL if it is about none. */
    const char *path;
    /** The number of its line, the first being 1; 0 if it is about no line. */
    int line;
    /** The device that it is about; NULL if it is about none. */
    const char *device;
};

/** What could not be read or understood. */
struct gfs_guest_problem_list {
    /** How many. */
    uint32_t len;
    /** The problems. */
    const struct gfs_guest_problem *val;
};

/** An application or package of a guest. NULL is what the guest does not tell. */
struct gfs_guest_application {
    /** The name; for Linux that of the package. */
    const char *name;
    /** The name for people, perhaps in the guest's language. */
    const char *display_name;
    /** The epoch of the package; 0 where there is none. */
    int epoch;
    /** The version, without epoch and release. */
    const char *version;
    /** The release of the package. */
    const char *release;
    /** The architecture of the package, in the words of the package system. */
    const char *arch;
    /** Where it is installed, as the guest writes it, such as "C:\\Program Files\\X". */
    const char *install_path;
    /** Where it is installed, as a path for functions such as gfs_ls(). */
    const char *guest_path;
    /** The publisher. */
    const char *publisher;
    /** The address of the project's site. */
    const char *url;
    /** The source package. */
    const char *source_package;
    /** A description in about one line. */
    const char *summary;
    /** A longer description. */
    const char *description;
    /** "antivirus" for antivirus software of Windows, as far as its name or its publisher tells. */
    const char *category;
    /** "deb", "rpm", "apk", "pacman", "flatpak" (its version is the branch) or "snap" (of which
     * only the revision is known, as its release); NULL for Windows.
     */
    const char *package_format;
};

/** The applications or packages of a guest. */
struct gfs_guest_application_list {
    /** How many. */
    uint32_t len;
    /** The applications, by name. */
    const struct gfs_guest_application *val;
    /** What of their databases could not be read or understood. All else is listed nevertheless. */
    struct gfs_guest_problem_list problems;
};

/** Looks for operating systems on all disks and tells what is known about each. Unmounts everything
 * first, and mounts nothing that stays. A malformed file of a guest is one of its problems, and
 * the rest is told.
 *
 * Encrypted disks are skipped, which gfs_inspect_get_problems() tells: give gfs_inspect_opts()
 * keys, or open them with gfs_cryptsetup_open() first. A filesystem that cannot be mounted is told
 * by a warning and skipped. Linux and Windows are recognised by reading partition tables,
 * superblocks and files, which costs a fraction of gfs_inspect_os(); where there is another
 * system, or a dynamic disk of Windows, that function answers for all. The functions that begin
 * with gfs_inspect_get, and gfs_inspect_list_applications2(), need gfs_inspect_os() to be called
 * before. Upstream: guestfs_inspect_os(3), guestfs_mount_ro(3), guestfs_pread_device(3) and
 * others.
 * @param g The handle.
 * @param result The operating systems; free it with gfs_guest_os_list_free().
 * @return GFS_OK, or GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED, GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_inspect(gfs_handle *g, struct gfs_guest_os_list **result);

/** Frees the result of gfs_inspect().
 * @param list What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_guest_os_list_free(struct gfs_guest_os_list *list);

/** Tells the name for people that a Linux system has for itself, such as "Debian GNU/Linux 12
 * (bookworm)": PRETTY_NAME of os-release(5).
 * @param g The handle.
 * @param root The root of an operating system that gfs_inspect() found on this handle.
 * @param result The name, "" if it has none; free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_ARGUMENT: gfs_inspect() has not found this root.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_inspect_get_pretty_name(gfs_handle *g, const char *root,
    char **result);

/** Mounts the filesystems of an operating system where it mounts them itself, parents first.
 * gfs_umount_all() undoes it.
 *
 * Upstream: guestfs_mount_ro(3), guestfs_mount(3).
 * @param g The handle.
 * @param root The root of an operating system that gfs_inspect() found on this handle.
 * @param read_only 1: nothing can be changed through these mounts.
 * @param result What is mounted and what could not be; free it with gfs_mount_report_free(). May
 *        be NULL if nobody wants to know.
 * @return GFS_OK, or GFS_ERR_ARGUMENT: gfs_inspect() has not found this root. GFS_ERR_STATE:
 *         something is mounted. GFS_ERR_FAILED: the root filesystem cannot be mounted, and nothing
 *         is.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_guest_os_mount(gfs_handle *g, const char *root, int read_only,
    struct gfs_mount_report **result);

/** Frees the result of gfs_guest_os_mount().
 * @param report What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_mount_report_free(struct gfs_mount_report *report);

/** The same as gfs_inspect(), with options: keys open encrypted devices, also logical volumes and
 * those in which there are some. They stay open: gfs_cryptsetup_close() closes them, as the end of
 * the appliance does.
 *
 * A key that does not fit is no error: gfs_inspect_get_problems() tells of each device that stays
 * closed. Upstream: guestfs_inspect_os(3), guestfs_cryptsetup_open(3), guestfs_mount_ro(3),
 * guestfs_pread_device(3) and others.
 * @param g The handle.
 * @param options What differs from the defaults, or NULL.
 * @param result The operating systems; free it with gfs_guest_os_list_free().
 * @return GFS_OK, or GFS_ERR_ARGUMENT: a key is malformed or its file cannot be read.
 *         GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED, GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_inspect_opts(gfs_handle *g,
    const struct gfs_inspect_options *options, struct gfs_guest_os_list **result);

/** Tells what gfs_inspect() or gfs_inspect_opts() could not look into on this handle the last time,
 * a message each: encrypted devices above all, and what would open them. What a system's own files
 * have wrong is in gfs_guest_os.problems.
 * @param g The handle.
 * @param result The messages, the last followed by NULL; free it with gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_ARGUMENT.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_inspect_get_problems(gfs_handle *g, char ***result);

/** The same as gfs_guest_os_mount(), with options.
 *
 * Upstream: guestfs_mount_ro(3), guestfs_mount(3), guestfs_cryptsetup_open(3).
 * @param g The handle.
 * @param root The root of an operating system that gfs_inspect() found on this handle.
 * @param options What differs from the defaults, or NULL.
 * @param result What is mounted and what could not be; free it with gfs_mount_report_free(). May
 *        be NULL if nobody wants to know.
 * @return GFS_OK, or As gfs_guest_os_mount(); GFS_ERR_ARGUMENT also where a key is malformed or
 *         its file cannot be read.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_guest_os_mount_opts(gfs_handle *g, const char *root,
    const struct gfs_guest_os_mount_options *options, struct gfs_mount_report **result);

/** Tells what became of each line of a guest's /etc/fstab and of its mount units, when
 * gfs_guest_os_mount() or gfs_guest_os_mount_opts() mounted a guest on this handle the last time.
 * @param g The handle.
 * @param result What became of them; free it with gfs_mount_result_list_free().
 * @return GFS_OK, or GFS_ERR_ARGUMENT.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_guest_os_mount_results(gfs_handle *g,
    struct gfs_mount_result_list **result);

/** Frees the result of gfs_guest_os_mount_results().
 * @param list What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_mount_result_list_free(struct gfs_mount_result_list *list);

/** Tells what identifies the installation of a Linux system: 32 hexadecimal digits of
 * machine-id(5).
 * @param g The handle.
 * @param root The root of an operating system that gfs_inspect() found on this handle.
 * @param result The identifier, "" if it has none; free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_ARGUMENT: gfs_inspect() has not found this root.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_inspect_get_machine_id(gfs_handle *g, const char *root,
    char **result);

/** The same as gfs_inspect_opts(), as a JSON document, which tells more: lines of fstab, snapshots,
 * encrypted devices, and of which file and line each problem is. docs/inspection-json.md describes
 * it.
 *
 * Bytes of the guest that are not UTF-8 become U+FFFD. Upstream: guestfs_inspect_os(3),
 * guestfs_cryptsetup_open(3), guestfs_mount_ro(3), guestfs_pread_device(3) and others.
 * @param g The handle.
 * @param options What differs from the defaults, or NULL.
 * @param result The document, in UTF-8; free it with gfs_free().
 * @return GFS_OK, or As gfs_inspect_opts().
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_inspect_json(gfs_handle *g,
    const struct gfs_inspect_options *options, char **result);

/** The same as gfs_inspect_get_problems() and gfs_guest_os.problems, with the file and line, or the
 * device, that each is about.
 * @param g The handle.
 * @param root The root of an operating system that gfs_inspect() found on this handle, for what
 *        its files have wrong; NULL for what of the disks could not be looked into.
 * @param result The problems; free it with gfs_guest_problem_list_free().
 * @return GFS_OK, or GFS_ERR_ARGUMENT: gfs_inspect() has not found this root.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_inspect_get_problem_list(gfs_handle *g, const char *root,
    struct gfs_guest_problem_list **result);

/** Frees the result of gfs_inspect_get_problem_list().
 * @param list What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_guest_problem_list_free(struct gfs_guest_problem_list *list);

/** Lists the snapshots of an operating system: of btrfs and of logical volumes.
 * @param g The handle.
 * @param root The root of an operating system that gfs_inspect() found on this handle.
 * @param result The snapshots, as gfs_mount() takes them, the last followed by NULL; free it with
 *        gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_ARGUMENT: gfs_inspect() has not found this root.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_inspect_get_snapshots(gfs_handle *g, const char *root,
    char ***result);

/** Lists the applications or packages of an operating system that is mounted: packages of dpkg, rpm
 * (SQLite, ndb, Berkeley DB), pacman and apk, the programs of Windows that can be removed,
 * flatpaks and snaps.
 *
 * They are read here, whatever programs the appliance has, with the words of
 * guestfs_inspect_list_applications2(3). Upstream: guestfs_download(3), guestfs_hivex_open(3).
 * @param g The handle.
 * @param root The root of an operating system that gfs_inspect() found on this handle, after
 *        gfs_guest_os_mount(): the list is read from its files.
 * @param result The applications; free it with gfs_guest_application_list_free().
 * @return GFS_OK, or GFS_ERR_ARGUMENT: gfs_inspect() has not found this root. GFS_ERR_STATE: it is
 *         not mounted on /. GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED, GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_guest_os_list_applications(gfs_handle *g, const char *root,
    struct gfs_guest_application_list **result);

/** Frees the result of gfs_guest_os_list_applications().
 * @param list What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_guest_application_list_free(struct gfs_guest_application_list *list);

/* ---------------------------------------------------------------------------------------------- */
/* Safe extraction */
/* ---------------------------------------------------------------------------------------------- */

/** What ended an extraction. */
enum gfs_extraction_problem {
    /** The host gave an error, such as a full disk. */
    GFS_EXTRACTION_HOST_FAILED = 0,
    /** The option max_total_size is reached. */
    GFS_EXTRACTION_TOTAL_SIZE_LIMIT = 1,
    /** The option max_written_size is reached. */
    GFS_EXTRACTION_WRITTEN_SIZE_LIMIT = 2,
    /** The option max_entries is reached. */
    GFS_EXTRACTION_ENTRY_LIMIT = 3,
    /** The option max_depth is reached. */
    GFS_EXTRACTION_DEPTH_LIMIT = 4,
    /** The host directory has the name already: option overwrite. */
    GFS_EXTRACTION_TARGET_EXISTS = 5,
    /** Somebody else renamed, replaced or removed what was being extracted. */
    GFS_EXTRACTION_TARGET_CHANGED = 6,
    /** What was asked for needs a privilege that this process does not have. */
    GFS_EXTRACTION_PRIVILEGE_NEEDED = 7
};

/** Which symbolic links of the guest are made on the host. None is ever followed. */
enum gfs_extract_symlinks {
    /** Those that stay in the extracted tree, whatever else is extracted there: with '..' behind
     * directories alone.
     */
    GFS_EXTRACT_SYMLINKS_INSIDE = 0,
    /** None. */
    GFS_EXTRACT_SYMLINKS_NONE = 1,
    /** All, with whatever target they have. */
    GFS_EXTRACT_SYMLINKS_ALL = 2
};

/** Why something was not extracted. */
enum gfs_skip_reason {
    /** A device node, FIFO or socket: option special_files. */
    GFS_SKIP_SPECIAL_FILE = 0,
    /** A symbolic link, and none were wanted. */
    GFS_SKIP_SYMBOLIC_LINK = 1,
    /** A symbolic link that leads out of the extracted tree, or would if another link changed. */
    GFS_SKIP_LINK_LEADS_OUTSIDE = 2,
    /** Its name is empty, "." or "..", or has a slash in it: the filesystem is damaged or hostile.
     */
    GFS_SKIP_UNSAFE_NAME = 3,
    /** Its directory has the same name twice. */
    GFS_SKIP_DUPLICATE_NAME = 4,
    /** The host's filesystem does not take the name. */
    GFS_SKIP_NAME_REFUSED = 5,
    /** The guest's filesystem gives an error. Of a directory, its entries or the rest of them are
     * missing.
     */
    GFS_SKIP_UNREADABLE = 6,
    /** The host's filesystem does not take an extended attribute; the file itself is extracted. */
    GFS_SKIP_XATTR_REFUSED = 7
};

/** How files of the guest come to the host, and how much of them. */
struct gfs_extract_options {
    /** Size of this structure: GFS_EXTRACT_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** The most bytes that all files together may have, holes too. Unset: 256 GiB. */
    int64_t max_total_size;
    /** The most bytes that may be written, without holes. Unset: 64 GiB. */
    int64_t max_written_size;
    /** The most files, directories and others. Unset: one million. */
    int64_t max_entries;
    /** How many directories deep to go. Unset: 128. */
    int max_depth;
    /** 1: replaces what has the name already. Unset: 0. */
    int overwrite;
    /** An enum gfs_extract_symlinks. Unset: GFS_EXTRACT_SYMLINKS_INSIDE. */
    int symlinks;
    /** Keeps the times of access and modification. Unset: 1. */
    int preserve_times;
    /** Keeps owners and groups, as numbers. Unset: 0. */
    int preserve_owners;
    /** Keeps set-user-ID and set-group-ID bits, and the sticky bit of files; that of directories is
     * kept in any case. Unset: 0.
     */
    int preserve_special_bits;
    /** Keeps extended attributes whose names begin with "user.". Unset: 0. */
    int preserve_user_xattrs;
    /** Makes device nodes, FIFOs and sockets too. Unset: 0. */
    int special_files;
};
/** Initialises a struct gfs_extract_options, in which nothing is set. */
#define GFS_EXTRACT_OPTIONS_INIT \
    { sizeof(struct gfs_extract_options), GFS_UNSET64, GFS_UNSET64, GFS_UNSET64, GFS_UNSET, \
      GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET }

/** What was not extracted. */
struct gfs_extract_skipped {
    /** Its path in the guest. */
    const char *path;
    /** An enum gfs_skip_reason. */
    int reason;
    /** More: an error message, or where a link leads. */
    const char *detail;
};

/** A list of what was not extracted. */
struct gfs_extract_skipped_list {
    /** How many. */
    uint32_t len;
    /** The entries. */
    const struct gfs_extract_skipped *val;
};

/** What was extracted, and what was not. */
struct gfs_extract_report {
    /** Regular files. */
    int64_t files;
    /** Directories. */
    int64_t directories;
    /** Symbolic links. */
    int64_t symbolic_links;
    /** Further names of files that were extracted already. */
    int64_t hard_links;
    /** Device nodes, FIFOs and sockets. */
    int64_t special_files;
    /** Bytes of all files, holes too. */
    int64_t total_size;
    /** Bytes that were written. */
    int64_t written_size;
    /** How many entries were skipped, or made without something. */
    int64_t skipped_count;
    /** The first of them, at most 1000. */
    struct gfs_extract_skipped_list skipped;
};

/** Told at each file, and at each megabyte of large ones, in the thread of the call. It must
 * return, as gfs_event_callback.
 * @param opaque What was given with the callback.
 * @param entries How many files, directories and others were looked at.
 * @param total_size How many bytes of files were read.
 * @param path The path in the guest of what is being extracted; valid during the call.
 * @return 0 to go on, anything else to cancel.
 */
typedef int (*gfs_extract_callback)(void *opaque, uint64_t entries, uint64_t total_size,
    const char *path);

/** Copies a file, or a directory with all that is below, into a directory of the host, and trusts
 * nothing that the guest says: it never writes outside that directory, never follows a symbolic
 * link, makes no device nodes or set-user-ID programs unless asked, and stops at limits.
 * @param g The handle.
 * @param guest_path Absolute path in the guest. Its last part becomes a name in the host
 *        directory.
 * @param host_directory A directory that exists.
 * @param options What differs from the defaults, or NULL.
 * @param callback Told how far it is, or NULL.
 * @param opaque Given to the callback.
 * @param result What was extracted, and what not; free it with gfs_extract_report_free(). May be
 *        NULL if nobody wants to know.
 * @return GFS_OK, or GFS_ERR_EXTRACTION, GFS_ERR_ARGUMENT, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED,
 *         GFS_ERR_CANCELLED, GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_extract(gfs_handle *g, const char *guest_path,
    const char *host_directory, const struct gfs_extract_options *options,
    gfs_extract_callback callback, void *opaque, struct gfs_extract_report **result);

/** Frees the result of gfs_extract().
 * @param report What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_extract_report_free(struct gfs_extract_report *report);

/* ---------------------------------------------------------------------------------------------- */
/* The host and its appliances */
/* ---------------------------------------------------------------------------------------------- */

/** How an appliance starts. Both hold the same programs and behave alike once they run. */
enum gfs_appliance_profile {
    /** As supermin's: all drivers that a disk could need, then libguestfs' own init script. */
    GFS_PROFILE_STOCK = 0,
    /** With a small native init that does what an ordinary session needs: several times as fast
     * where the processor is emulated.
     */
    GFS_PROFILE_FAST = 1
};

/** What the builder of appliances is doing. */
enum gfs_appliance_stage {
    /** Reading package databases and the skeleton. */
    GFS_STAGE_RESOLVING = 0,
    /** Downloading packages; counts bytes. */
    GFS_STAGE_DOWNLOADING = 1,
    /** Unpacking archives; counts bytes of the archives. */
    GFS_STAGE_UNPACKING = 2,
    /** Writing kernel and initrd. */
    GFS_STAGE_WRITING_KERNEL = 3,
    /** Writing the root filesystem; counts bytes. */
    GFS_STAGE_WRITING_ROOT = 4,
    /** Checking digests; counts bytes. */
    GFS_STAGE_VERIFYING = 5,
    /** Writing a bundle in another form; counts bytes. Not reported to C so far. */
    GFS_STAGE_PACKING = 6
};

/** Why an appliance could not be built or used. */
enum gfs_appliance_problem {
    /** An input is not what it should be. */
    GFS_APPLIANCE_INVALID_INPUT = 0,
    /** A package is not to be had. */
    GFS_APPLIANCE_MISSING_PACKAGE = 1,
    /** An archive is damaged, or tries what an archive must not. */
    GFS_APPLIANCE_INVALID_ARCHIVE = 2,
    /** A signature or digest does not match. */
    GFS_APPLIANCE_NOT_AUTHENTIC = 3,
    /** A download failed. */
    GFS_APPLIANCE_DOWNLOAD_FAILED = 4,
    /** There is no suitable kernel. */
    GFS_APPLIANCE_NO_KERNEL = 5,
    /** A file of the host cannot be read. */
    GFS_APPLIANCE_UNREADABLE_FILE = 6,
    /** The filesystem of the cache or of the output is full. */
    GFS_APPLIANCE_NO_SPACE = 7,
    /** The output or cache cannot be written, for another reason. */
    GFS_APPLIANCE_OUTPUT_FAILED = 8,
    /** A finished appliance does not match its manifest. */
    GFS_APPLIANCE_DAMAGED = 9
};

/** What this host has for libguestfs. NULL is what it lacks. */
struct gfs_host_report {
    /** The libguestfs that is used. */
    const char *library;
    /** Its version. */
    const char *library_version;
    /** The qemu that would be used. */
    const char *hypervisor;
    /** How qemu would be run, such as "direct". */
    const char *backend;
    /** The directory with the appliance that would be booted. */
    const char *appliance;
    /** 1 if a guest has been seen to run under KVM. */
    int kvm_works;
    /** Why it does or does not. */
    const char *kvm_reason;
    /** What would hinder a launch, and what to do about it; ends with NULL. */
    const char *const *problems;
};

/** What to build an appliance from. */
struct gfs_appliance_options {
    /** Size of this structure: GFS_APPLIANCE_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** Files or directories of a skeleton (supermin.d), ended by NULL. Unset: the installed
     * libguestfs'.
     */
    const char *const *skeleton;
    /** The directory below which the host's packages are looked for. Unset: "/". */
    const char *root;
    /** Package files (.deb) to build from in place of the host's packages, ended by NULL. Unset:
     * the host's packages.
     */
    const char *const *archives;
    /** Free bytes in the root filesystem. Unset: 128 MiB. */
    int64_t free_space;
    /** Seconds since 1970 to use for all times, as SOURCE_DATE_EPOCH. Unset: those of the packages.
     */
    int64_t timestamp;
    /** An enum gfs_appliance_profile. Unset: GFS_PROFILE_FAST for x86_64, GFS_PROFILE_STOCK for
     * other processors.
     */
    int profile;
};
/** Initialises a struct gfs_appliance_options, in which nothing is set. */
#define GFS_APPLIANCE_OPTIONS_INIT \
    { sizeof(struct gfs_appliance_options), NULL, NULL, NULL, GFS_UNSET64, GFS_UNSET64, \
      GFS_UNSET }

/** Told how far the building of an appliance is, in the thread of the call. It must return, as
 * gfs_event_callback.
 * @param opaque What was given with the callback.
 * @param stage What is being done.
 * @param done How much of it.
 * @param total Of how much; 0 if unknown.
 * @param item What is being worked on, or NULL; valid during the call.
 * @return 0 to go on, anything else to cancel.
 */
typedef int (*gfs_appliance_callback)(void *opaque, enum gfs_appliance_stage stage, uint64_t done,
    uint64_t total, const char *item);

/** Looks at what this host has for libguestfs, without launching anything.
 * @param result The report; free it with gfs_host_report_free(). A host that lacks something is
 *        not an error.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_host_probe(struct gfs_host_report **result);

/** Frees the result of gfs_host_probe().
 * @param report What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_host_report_free(struct gfs_host_report *report);

/** Builds an appliance, without supermin and without root rights, and puts it in a directory,
 * replacing the appliance that may be there. A build that fails or is killed leaves the old one as
 * it was. Needs libguestfs-facade-builder.so.1, which is installed beside this library.
 * @param options What differs from the defaults, or NULL.
 * @param directory The directory to make; its parent exists.
 * @param callback Told how far it is, or NULL.
 * @param opaque Given to the callback.
 * @return GFS_OK, or GFS_ERR_APPLIANCE, GFS_ERR_ARGUMENT, GFS_ERR_CANCELLED.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_appliance_build(const struct gfs_appliance_options *options,
    const char *directory, gfs_appliance_callback callback, void *opaque);

/** Checks every file of an appliance against its manifest.
 * @param directory The appliance's directory.
 * @param callback Told how far it is, or NULL.
 * @param opaque Given to the callback.
 * @return GFS_OK, or GFS_ERR_APPLIANCE with GFS_APPLIANCE_DAMAGED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_appliance_verify(const char *directory,
    gfs_appliance_callback callback, void *opaque);

/* ---------------------------------------------------------------------------------------------- */
/* Structures that functions of libguestfs return */
/* ---------------------------------------------------------------------------------------------- */

/** A number and a flag, the result of gfs_aug_defnode(). Upstream: struct guestfs_int_bool. */
struct gfs_int_bool {
    /** Number of nodes in the node set. */
    int32_t i;
    /** 1 if a node had to be created, 0 if not. */
    int32_t b;
};

/** A list of struct gfs_int_bool. */
struct gfs_int_bool_list {
    /** How many. */
    uint32_t len;
    /** The structures. */
    struct gfs_int_bool *val;
};

/** Frees a structure that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_int_bool_free(struct gfs_int_bool *value);

/** Frees a list, and the structures that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_int_bool_list_free(struct gfs_int_bool_list *value);

/** An LVM physical volume as reported by pvs(8). Upstream: struct guestfs_lvm_pv. */
struct gfs_lvm_pv {
    /** Device name, for example /dev/sda2. */
    char *pv_name;
    /** LVM UUID as 32 characters, without the hyphens that LVM tools print. */
    char pv_uuid[32];
    /** Metadata format, normally lvm2. */
    char *pv_fmt;
    /** Size of the physical volume in bytes. */
    uint64_t pv_size;
    /** Size of the underlying device in bytes. */
    uint64_t dev_size;
    /** Unallocated space in bytes. */
    uint64_t pv_free;
    /** Allocated space in bytes. */
    uint64_t pv_used;
    /** Attribute letters, for example a-- (allocatable); see pvs(8). */
    char *pv_attr;
    /** Number of physical extents. */
    int64_t pv_pe_count;
    /** Number of physical extents in use. */
    int64_t pv_pe_alloc_count;
    /** Tags separated by commas; empty if there are none. */
    char *pv_tags;
    /** Offset of the first extent from the start of the device, in bytes. */
    uint64_t pe_start;
    /** Number of metadata areas on the device. */
    int64_t pv_mda_count;
    /** Free space in the metadata areas, in bytes. */
    uint64_t pv_mda_free;
};

/** A list of struct gfs_lvm_pv. */
struct gfs_lvm_pv_list {
    /** How many. */
    uint32_t len;
    /** The structures. */
    struct gfs_lvm_pv *val;
};

/** Frees a structure that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_lvm_pv_free(struct gfs_lvm_pv *value);

/** Frees a list, and the structures that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_lvm_pv_list_free(struct gfs_lvm_pv_list *value);

/** An LVM volume group as reported by vgs(8). Upstream: struct guestfs_lvm_vg. */
struct gfs_lvm_vg {
    /** Name of the volume group, without /dev. */
    char *vg_name;
    /** LVM UUID as 32 characters, without the hyphens that LVM tools print. */
    char vg_uuid[32];
    /** Metadata format, normally lvm2. */
    char *vg_fmt;
    /** Attribute letters, for example wz--n-; see vgs(8). */
    char *vg_attr;
    /** Total size in bytes. */
    uint64_t vg_size;
    /** Unallocated space in bytes. */
    uint64_t vg_free;
    /** System id of the host that owns the group; empty if unset. */
    char *vg_sysid;
    /** Size of a physical extent in bytes. */
    uint64_t vg_extent_size;
    /** Number of physical extents. */
    int64_t vg_extent_count;
    /** Number of unallocated physical extents. */
    int64_t vg_free_count;
    /** Limit on the number of logical volumes; 0 means none. */
    int64_t max_lv;
    /** Limit on the number of physical volumes; 0 means none. */
    int64_t max_pv;
    /** Number of physical volumes. */
    int64_t pv_count;
    /** Number of logical volumes. */
    int64_t lv_count;
    /** Number of snapshots. */
    int64_t snap_count;
    /** Revision of the metadata, incremented by every change. */
    int64_t vg_seqno;
    /** Tags separated by commas; empty if there are none. */
    char *vg_tags;
    /** Number of metadata areas in the group. */
    int64_t vg_mda_count;
    /** Free space in the metadata areas, in bytes. */
    uint64_t vg_mda_free;
};

/** A list of struct gfs_lvm_vg. */
struct gfs_lvm_vg_list {
    /** How many. */
    uint32_t len;
    /** The structures. */
    struct gfs_lvm_vg *val;
};

/** Frees a structure that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_lvm_vg_free(struct gfs_lvm_vg *value);

/** Frees a list, and the structures that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_lvm_vg_list_free(struct gfs_lvm_vg_list *value);

/** An LVM logical volume as reported by lvs(8). The volume group it belongs to is not part of it.
 * Upstream: struct guestfs_lvm_lv.
 */
struct gfs_lvm_lv {
    /** Name without the volume group. */
    char *lv_name;
    /** LVM UUID as 32 characters, without the hyphens that LVM tools print. */
    char lv_uuid[32];
    /** Attribute letters, for example -wi-a-----; see lvs(8). */
    char *lv_attr;
    /** Persistent major device number, -1 if not persistent. */
    int64_t lv_major;
    /** Persistent minor device number, -1 if not persistent. */
    int64_t lv_minor;
    /** Current major device number, -1 if the volume is not active. */
    int64_t lv_kernel_major;
    /** Current minor device number, -1 if the volume is not active. */
    int64_t lv_kernel_minor;
    /** Size in bytes. */
    uint64_t lv_size;
    /** Number of segments. */
    int64_t seg_count;
    /** For snapshots and thin volumes the volume they derive from; otherwise empty. */
    char *origin;
    /** How full a snapshot is, 0 to 100; null if it does not apply. */
    float snap_percent;
    /** Progress of synchronisation for RAID, mirrors, caches and pvmove, 0 to 100; null if it does
     * not apply.
     */
    float copy_percent;
    /** Source device of a pvmove in progress; otherwise empty. */
    char *move_pv;
    /** Tags separated by commas; empty if there are none. */
    char *lv_tags;
    /** For mirrors the volume that holds the log; otherwise empty. */
    char *mirror_log;
    /** Device-mapper kernel modules that the volume needs, separated by commas; can be empty. */
    char *modules;
};

/** A list of struct gfs_lvm_lv. */
struct gfs_lvm_lv_list {
    /** How many. */
    uint32_t len;
    /** The structures. */
    struct gfs_lvm_lv *val;
};

/** Frees a structure that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_lvm_lv_free(struct gfs_lvm_lv *value);

/** Frees a list, and the structures that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_lvm_lv_list_free(struct gfs_lvm_lv_list *value);

/** Status of a file in whole seconds, as from stat(2). StatNs has finer time stamps. Upstream:
 * struct guestfs_stat.
 */
struct gfs_stat {
    /** Number of the device that holds the file, as the appliance kernel sees it. */
    int64_t dev;
    /** Inode number. -1 in the list calls (lstatlist) marks a name that could not be examined;
     * ignore the rest of the entry.
     */
    int64_t ino;
    /** File type and permission bits, as in st_mode of stat(2). */
    int64_t mode;
    /** Number of hard links. */
    int64_t nlink;
    /** Numeric id of the owner. */
    int64_t uid;
    /** Numeric id of the group. */
    int64_t gid;
    /** Device number, for block and character special files only. */
    int64_t rdev;
    /** Size in bytes; for a symbolic link the length of its target. */
    int64_t size;
    /** Preferred block size for input and output, in bytes. */
    int64_t blksize;
    /** Space allocated on disk, in units of 512 bytes. */
    int64_t blocks;
    /** Last access, in seconds since 1970-01-01 UTC. */
    int64_t atime;
    /** Last change of the contents, in seconds since 1970-01-01 UTC. */
    int64_t mtime;
    /** Last change of the inode, in seconds since 1970-01-01 UTC. */
    int64_t ctime;
};

/** A list of struct gfs_stat. */
struct gfs_stat_list {
    /** How many. */
    uint32_t len;
    /** The structures. */
    struct gfs_stat *val;
};

/** Frees a structure that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_stat_free(struct gfs_stat *value);

/** Frees a list, and the structures that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_stat_list_free(struct gfs_stat_list *value);

/** Status of a file with nanosecond time stamps, as from stat(2). Upstream: struct guestfs_statns.
 */
struct gfs_statns {
    /** Number of the device that holds the file, as the appliance kernel sees it. */
    int64_t st_dev;
    /** Inode number. -1 in the list calls (lstatnslist) marks a name that could not be examined;
     * ignore the rest of the entry.
     */
    int64_t st_ino;
    /** File type and permission bits, as in st_mode of stat(2). */
    int64_t st_mode;
    /** Number of hard links. */
    int64_t st_nlink;
    /** Numeric id of the owner. */
    int64_t st_uid;
    /** Numeric id of the group. */
    int64_t st_gid;
    /** Device number, for block and character special files only. */
    int64_t st_rdev;
    /** Size in bytes; for a symbolic link the length of its target. */
    int64_t st_size;
    /** Preferred block size for input and output, in bytes. */
    int64_t st_blksize;
    /** Space allocated on disk, in units of 512 bytes. */
    int64_t st_blocks;
    /** Last access, in seconds since 1970-01-01 UTC. */
    int64_t st_atime_sec;
    /** Nanoseconds to add to st_atime_sec. */
    int64_t st_atime_nsec;
    /** Last change of the contents, in seconds since 1970-01-01 UTC. */
    int64_t st_mtime_sec;
    /** Nanoseconds to add to st_mtime_sec. */
    int64_t st_mtime_nsec;
    /** Last change of the inode, in seconds since 1970-01-01 UTC. */
    int64_t st_ctime_sec;
    /** Nanoseconds to add to st_ctime_sec. */
    int64_t st_ctime_nsec;
    /** Reserved, 0. */
    int64_t st_spare1;
    /** Reserved, 0. */
    int64_t st_spare2;
    /** Reserved, 0. */
    int64_t st_spare3;
    /** Reserved, 0. */
    int64_t st_spare4;
    /** Reserved, 0. */
    int64_t st_spare5;
    /** Reserved, 0. */
    int64_t st_spare6;
};

/** A list of struct gfs_statns. */
struct gfs_statns_list {
    /** How many. */
    uint32_t len;
    /** The structures. */
    struct gfs_statns *val;
};

/** Frees a structure that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_statns_free(struct gfs_statns *value);

/** Frees a list, and the structures that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_statns_list_free(struct gfs_statns_list *value);

/** Usage and limits of a mounted filesystem, as from statvfs(2). Upstream: struct guestfs_statvfs.
 */
struct gfs_statvfs {
    /** Block size in bytes. */
    int64_t bsize;
    /** Fragment size in bytes, the unit of blocks, bfree and bavail. */
    int64_t frsize;
    /** Total size, in units of frsize. */
    int64_t blocks;
    /** Free space, in units of frsize. */
    int64_t bfree;
    /** Free space for unprivileged users, in units of frsize. */
    int64_t bavail;
    /** Total number of inodes. */
    int64_t files;
    /** Number of free inodes. */
    int64_t ffree;
    /** Number of free inodes for unprivileged users. */
    int64_t favail;
    /** Filesystem id. */
    int64_t fsid;
    /** Mount flags, a bit mask. */
    int64_t flag;
    /** Longest file name, in bytes. */
    int64_t namemax;
};

/** A list of struct gfs_statvfs. */
struct gfs_statvfs_list {
    /** How many. */
    uint32_t len;
    /** The structures. */
    struct gfs_statvfs *val;
};

/** Frees a structure that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_statvfs_free(struct gfs_statvfs *value);

/** Frees a list, and the structures that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_statvfs_list_free(struct gfs_statvfs_list *value);

/** A directory entry returned by readdir. Upstream: struct guestfs_dirent. */
struct gfs_dirent {
    /** Inode number. */
    int64_t ino;
    /** File type: r regular file, d directory, l symbolic link, b block device, c character device,
     * f FIFO, s socket, u unknown, ? unexpected value.
     */
    char ftyp;
    /** File name without directory; . and .. occur too. */
    char *name;
};

/** A list of struct gfs_dirent. */
struct gfs_dirent_list {
    /** How many. */
    uint32_t len;
    /** The structures. */
    struct gfs_dirent *val;
};

/** Frees a structure that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_dirent_free(struct gfs_dirent *value);

/** Frees a list, and the structures that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_dirent_list_free(struct gfs_dirent_list *value);

/** Version of the libguestfs library that is loaded. Upstream: struct guestfs_version. */
struct gfs_version {
    /** First number, 1 in 1.60.1. */
    int64_t major;
    /** Second number, 60 in 1.60.1. Even numbers are stable series. */
    int64_t minor;
    /** Third number, 1 in 1.60.1. */
    int64_t release;
    /** Text to append, set by some distributions; normally empty. */
    char *extra;
};

/** A list of struct gfs_version. */
struct gfs_version_list {
    /** How many. */
    uint32_t len;
    /** The structures. */
    struct gfs_version *val;
};

/** Frees a structure that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_version_free(struct gfs_version *value);

/** Frees a list, and the structures that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_version_list_free(struct gfs_version_list *value);

/** An extended attribute of a file. Upstream: struct guestfs_xattr. */
struct gfs_xattr {
    /** Name with its namespace, for example user.comment. Empty for the entry that starts each file
     * in the result of lxattrlist.
     */
    char *attrname;
    /** Length of attrval in bytes. */
    uint32_t attrval_len;
    /** Value, arbitrary bytes. In a start entry of lxattrlist the decimal number of attributes that
     * follow for the file, or empty after an error.
     */
    char *attrval;
};

/** A list of struct gfs_xattr. */
struct gfs_xattr_list {
    /** How many. */
    uint32_t len;
    /** The structures. */
    struct gfs_xattr *val;
};

/** Frees a structure that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_xattr_free(struct gfs_xattr *value);

/** Frees a list, and the structures that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_xattr_list_free(struct gfs_xattr_list *value);

/** An event reported by gfs_inotify_read(). Upstream: struct guestfs_inotify_event. */
struct gfs_inotify_event {
    /** Watch descriptor, as returned by gfs_inotify_add_watch(). */
    int64_t in_wd;
    /** Bit mask of what happened, the IN_ constants of inotify(7). */
    uint32_t in_mask;
    /** Joins the two events of a rename; 0 in other events. */
    uint32_t in_cookie;
    /** Name of the file inside a watched directory; empty if the event is about the watched object
     * itself.
     */
    char *in_name;
};

/** A list of struct gfs_inotify_event. */
struct gfs_inotify_event_list {
    /** How many. */
    uint32_t len;
    /** The structures. */
    struct gfs_inotify_event *val;
};

/** Frees a structure that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_inotify_event_free(struct gfs_inotify_event *value);

/** Frees a list, and the structures that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_inotify_event_list_free(struct gfs_inotify_event_list *value);

/** An entry of a partition table, as listed by gfs_part_list(). Positions are in bytes, not
 * sectors. Upstream: struct guestfs_partition.
 */
struct gfs_partition {
    /** Partition number, counted from 1. */
    int32_t part_num;
    /** Offset of the first byte from the start of the disk. */
    uint64_t part_start;
    /** Offset of the last byte, inclusive. */
    uint64_t part_end;
    /** Size in bytes. */
    uint64_t part_size;
};

/** A list of struct gfs_partition. */
struct gfs_partition_list {
    /** How many. */
    uint32_t len;
    /** The structures. */
    struct gfs_partition *val;
};

/** Frees a structure that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_partition_free(struct gfs_partition *value);

/** Frees a list, and the structures that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_partition_list_free(struct gfs_partition_list *value);

/** An application installed in the guest, from the older gfs_inspect_list_applications(). Upstream:
 * struct guestfs_application.
 */
struct gfs_application {
    /** Name, for Linux guests that of the package. */
    char *app_name;
    /** Name for people, perhaps in the language of the guest. May be empty; use app_name then. */
    char *app_display_name;
    /** Epoch of the package; 0 if there is none. */
    int32_t app_epoch;
    /** Version; empty if unknown. */
    char *app_version;
    /** Release of the package; empty if the package manager has no such thing. */
    char *app_release;
    /** Where the application is installed, in the notation of the guest (for instance of Windows);
     * empty if unknown.
     */
    char *app_install_path;
    /** The installation path as a path for use with the handle; empty if unknown. */
    char *app_trans_path;
    /** Publisher; empty if unknown. */
    char *app_publisher;
    /** Web address of the project; empty if unknown. */
    char *app_url;
    /** Name of the source package; empty if unknown. */
    char *app_source_package;
    /** Description in about one line; empty if unknown. */
    char *app_summary;
    /** Longer description; empty if unknown. */
    char *app_description;
};

/** A list of struct gfs_application. */
struct gfs_application_list {
    /** How many. */
    uint32_t len;
    /** The structures. */
    struct gfs_application *val;
};

/** Frees a structure that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_application_free(struct gfs_application *value);

/** Frees a list, and the structures that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_application_list_free(struct gfs_application_list *value);

/** An application installed in the guest, from gfs_inspect_list_applications2(). Upstream: struct
 * guestfs_application2.
 */
struct gfs_application2 {
    /** Name, for Linux guests that of the package. */
    char *app2_name;
    /** Name for people, perhaps in the language of the guest. May be empty; use app2_name then. */
    char *app2_display_name;
    /** Epoch of the package; 0 if there is none. */
    int32_t app2_epoch;
    /** Version; empty if unknown. */
    char *app2_version;
    /** Release of the package; empty if the package manager has no such thing. */
    char *app2_release;
    /** Architecture of the package; empty if unknown. */
    char *app2_arch;
    /** Where the application is installed, in the notation of the guest (for instance of Windows);
     * empty if unknown.
     */
    char *app2_install_path;
    /** The installation path as a path for use with the handle; empty if unknown. */
    char *app2_trans_path;
    /** Publisher; empty if unknown. */
    char *app2_publisher;
    /** Web address of the project; empty if unknown. */
    char *app2_url;
    /** Name of the source package; empty if unknown. */
    char *app2_source_package;
    /** Description in about one line; empty if unknown. */
    char *app2_summary;
    /** Longer description; empty if unknown. */
    char *app2_description;
    /** What kind of application it is: antivirus for Windows antivirus software, otherwise empty.
     * Libraries before 1.58 always leave it empty.
     */
    char *app2_class;
    /** Reserved, empty. */
    char *app2_spare2;
    /** Reserved, empty. */
    char *app2_spare3;
    /** Reserved, empty. */
    char *app2_spare4;
};

/** A list of struct gfs_application2. */
struct gfs_application2_list {
    /** How many. */
    uint32_t len;
    /** The structures. */
    struct gfs_application2 *val;
};

/** Frees a structure that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_application2_free(struct gfs_application2 *value);

/** Frees a list, and the structures that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_application2_list_free(struct gfs_application2_list *value);

/** Contents of the primary volume descriptor of an ISO 9660 image. Trailing blanks are removed from
 * texts. Upstream: struct guestfs_isoinfo.
 */
struct gfs_isoinfo {
    /** System identifier. */
    char *iso_system_id;
    /** Volume label. */
    char *iso_volume_id;
    /** Size of the volume in logical blocks. */
    uint32_t iso_volume_space_size;
    /** Number of volumes in the set. */
    uint32_t iso_volume_set_size;
    /** Number of this volume within the set. */
    uint32_t iso_volume_sequence_number;
    /** Size of a logical block in bytes, normally 2048. */
    uint32_t iso_logical_block_size;
    /** Identifier of the volume set; can be empty. */
    char *iso_volume_set_id;
    /** Publisher; can be empty. */
    char *iso_publisher_id;
    /** Preparer of the data; can be empty. */
    char *iso_data_preparer_id;
    /** Program that made the image; can be empty. */
    char *iso_application_id;
    /** Name of the file with the copyright notice; can be empty. */
    char *iso_copyright_file_id;
    /** Name of the file with the abstract; can be empty. */
    char *iso_abstract_file_id;
    /** Name of the file with bibliographic data; can be empty. */
    char *iso_bibliographic_file_id;
    /** Creation time, in seconds since 1970-01-01 UTC; -1 if not set. */
    int64_t iso_volume_creation_t;
    /** Time of the last modification, in seconds since 1970-01-01 UTC; -1 if not set. */
    int64_t iso_volume_modification_t;
    /** Time at which the data becomes obsolete, in seconds since 1970-01-01 UTC; -1 if not set. */
    int64_t iso_volume_expiration_t;
    /** Time from which the data may be used, in seconds since 1970-01-01 UTC; -1 if not set. */
    int64_t iso_volume_effective_t;
};

/** A list of struct gfs_isoinfo. */
struct gfs_isoinfo_list {
    /** How many. */
    uint32_t len;
    /** The structures. */
    struct gfs_isoinfo *val;
};

/** Frees a structure that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_isoinfo_free(struct gfs_isoinfo *value);

/** Frees a list, and the structures that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_isoinfo_list_free(struct gfs_isoinfo_list *value);

/** A member of a software RAID array, as listed by gfs_md_stat(). Upstream: struct guestfs_mdstat.
 */
struct gfs_mdstat {
    /** Device name of the member. */
    char *mdstat_device;
    /** Index of the member within the array. */
    int32_t mdstat_index;
    /** Letters in any order: W write-mostly, F faulty, S spare, R replacement; empty if none
     * applies.
     */
    char *mdstat_flags;
};

/** A list of struct gfs_mdstat. */
struct gfs_mdstat_list {
    /** How many. */
    uint32_t len;
    /** The structures. */
    struct gfs_mdstat *val;
};

/** Frees a structure that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_mdstat_free(struct gfs_mdstat *value);

/** Frees a list, and the structures that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_mdstat_list_free(struct gfs_mdstat_list *value);

/** A btrfs subvolume or snapshot. Upstream: struct guestfs_btrfssubvolume. */
struct gfs_btrfssubvolume {
    /** Id of the subvolume. */
    uint64_t btrfssubvolume_id;
    /** Id of the subvolume that contains it; 5 is the top of the filesystem. */
    uint64_t btrfssubvolume_top_level_id;
    /** Path from the top of the filesystem, without a leading slash. */
    char *btrfssubvolume_path;
};

/** A list of struct gfs_btrfssubvolume. */
struct gfs_btrfssubvolume_list {
    /** How many. */
    uint32_t len;
    /** The structures. */
    struct gfs_btrfssubvolume *val;
};

/** Frees a structure that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_btrfssubvolume_free(struct gfs_btrfssubvolume *value);

/** Frees a list, and the structures that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_btrfssubvolume_list_free(struct gfs_btrfssubvolume_list *value);

/** A btrfs quota group with its usage. Upstream: struct guestfs_btrfsqgroup. */
struct gfs_btrfsqgroup {
    /** Id in the form LEVEL/ID, for example 0/5. */
    char *btrfsqgroup_id;
    /** Bytes referenced by the group. */
    uint64_t btrfsqgroup_rfer;
    /** Bytes that only this group references. */
    uint64_t btrfsqgroup_excl;
};

/** A list of struct gfs_btrfsqgroup. */
struct gfs_btrfsqgroup_list {
    /** How many. */
    uint32_t len;
    /** The structures. */
    struct gfs_btrfsqgroup *val;
};

/** Frees a structure that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_btrfsqgroup_free(struct gfs_btrfsqgroup *value);

/** Frees a list, and the structures that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_btrfsqgroup_list_free(struct gfs_btrfsqgroup_list *value);

/** State of a btrfs balance operation. Upstream: struct guestfs_btrfsbalance. */
struct gfs_btrfsbalance {
    /** running, paused or none. With none the numbers are 0. */
    char *btrfsbalance_status;
    /** Estimated total number of chunks to balance. */
    uint64_t btrfsbalance_total;
    /** Number of chunks balanced so far. */
    uint64_t btrfsbalance_balanced;
    /** Number of chunks considered so far. */
    uint64_t btrfsbalance_considered;
    /** Percentage still to do. */
    uint64_t btrfsbalance_left;
};

/** A list of struct gfs_btrfsbalance. */
struct gfs_btrfsbalance_list {
    /** How many. */
    uint32_t len;
    /** The structures. */
    struct gfs_btrfsbalance *val;
};

/** Frees a structure that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_btrfsbalance_free(struct gfs_btrfsbalance *value);

/** Frees a list, and the structures that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_btrfsbalance_list_free(struct gfs_btrfsbalance_list *value);

/** Counters of a running or finished btrfs scrub. All are 0 if there are no statistics. Upstream:
 * struct guestfs_btrfsscrub.
 */
struct gfs_btrfsscrub {
    /** Data extents scrubbed. */
    uint64_t btrfsscrub_data_extents_scrubbed;
    /** Tree (metadata) extents scrubbed. */
    uint64_t btrfsscrub_tree_extents_scrubbed;
    /** Bytes of data scrubbed. */
    uint64_t btrfsscrub_data_bytes_scrubbed;
    /** Bytes of metadata scrubbed. */
    uint64_t btrfsscrub_tree_bytes_scrubbed;
    /** Number of read errors. */
    uint64_t btrfsscrub_read_errors;
    /** Number of checksum errors. */
    uint64_t btrfsscrub_csum_errors;
    /** Number of metadata verification errors. */
    uint64_t btrfsscrub_verify_errors;
    /** Number of data blocks without a checksum. */
    uint64_t btrfsscrub_no_csum;
    /** Number of checksums that matched no data extent. */
    uint64_t btrfsscrub_csum_discards;
    /** Number of faulty superblocks. */
    uint64_t btrfsscrub_super_errors;
    /** Number of memory allocation failures. */
    uint64_t btrfsscrub_malloc_errors;
    /** Number of errors that could not be corrected. */
    uint64_t btrfsscrub_uncorrectable_errors;
    /** Number of errors that did not recur when read again. */
    uint64_t btrfsscrub_unverified_errors;
    /** Number of errors that were corrected. */
    uint64_t btrfsscrub_corrected_errors;
    /** Last physical address scrubbed, in bytes; an interrupted scrub resumes there. */
    uint64_t btrfsscrub_last_physical;
};

/** A list of struct gfs_btrfsscrub. */
struct gfs_btrfsscrub_list {
    /** How many. */
    uint32_t len;
    /** The structures. */
    struct gfs_btrfsscrub *val;
};

/** Frees a structure that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_btrfsscrub_free(struct gfs_btrfsscrub *value);

/** Frees a list, and the structures that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_btrfsscrub_list_free(struct gfs_btrfsscrub_list *value);

/** Geometry of an XFS filesystem, as printed by gfs_xfs_info(). A value missing from that output
 * makes the call fail, or in older libraries becomes an empty text or the unsigned form of -1.
 * Upstream: struct guestfs_xfsinfo.
 */
struct gfs_xfsinfo {
    /** Device or mount point named in the output. */
    char *xfs_mntpoint;
    /** Size of an inode in bytes. */
    uint32_t xfs_inodesize;
    /** Number of allocation groups. */
    uint32_t xfs_agcount;
    /** Size of an allocation group in filesystem blocks. */
    uint32_t xfs_agsize;
    /** Sector size in bytes. */
    uint32_t xfs_sectsize;
    /** Version of extended attribute support, 1 or 2. */
    uint32_t xfs_attr;
    /** Block size in bytes. */
    uint32_t xfs_blocksize;
    /** Number of blocks in the data section. */
    uint64_t xfs_datablocks;
    /** Greatest share of the space that inodes may use, in percent; 0 means no limit. */
    uint32_t xfs_imaxpct;
    /** Stripe unit of the data section in blocks; 0 if not striped. */
    uint32_t xfs_sunit;
    /** Stripe width of the data section in blocks; 0 if not striped. */
    uint32_t xfs_swidth;
    /** Version of the directory format. */
    uint32_t xfs_dirversion;
    /** Directory block size in bytes. */
    uint32_t xfs_dirblocksize;
    /** 1 if names are matched without regard to ASCII case, 0 if not. */
    uint32_t xfs_cimode;
    /** Kind of log, for example internal log, or its device. */
    char *xfs_logname;
    /** Block size of the log in bytes. */
    uint32_t xfs_logblocksize;
    /** Size of the log in blocks. */
    uint32_t xfs_logblocks;
    /** Version of the log format. */
    uint32_t xfs_logversion;
    /** Sector size of the log in bytes. */
    uint32_t xfs_logsectsize;
    /** Stripe unit of the log in blocks. */
    uint32_t xfs_logsunit;
    /** 1 if the superblock counters are updated lazily, 0 if not. */
    uint32_t xfs_lazycount;
    /** Realtime device, none if there is none. */
    char *xfs_rtname;
    /** Extent size of the realtime section in bytes. */
    uint32_t xfs_rtextsize;
    /** Size of the realtime section in blocks. */
    uint64_t xfs_rtblocks;
    /** Number of extents in the realtime section. */
    uint64_t xfs_rtextents;
};

/** A list of struct gfs_xfsinfo. */
struct gfs_xfsinfo_list {
    /** How many. */
    uint32_t len;
    /** The structures. */
    struct gfs_xfsinfo *val;
};

/** Frees a structure that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_xfsinfo_free(struct gfs_xfsinfo *value);

/** Frees a list, and the structures that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_xfsinfo_list_free(struct gfs_xfsinfo_list *value);

/** Kernel of the appliance as from uname(2), for debugging only. Upstream: struct guestfs_utsname.
 */
struct gfs_utsname {
    /** Name of the operating system, for example Linux. */
    char *uts_sysname;
    /** Kernel release. */
    char *uts_release;
    /** Kernel build. */
    char *uts_version;
    /** Machine architecture, for example x86_64. */
    char *uts_machine;
};

/** A list of struct gfs_utsname. */
struct gfs_utsname_list {
    /** How many. */
    uint32_t len;
    /** The structures. */
    struct gfs_utsname *val;
};

/** Frees a structure that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_utsname_free(struct gfs_utsname *value);

/** Frees a list, and the structures that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_utsname_list_free(struct gfs_utsname_list *value);

/** A key (node) of an open Windows registry hive. Upstream: struct guestfs_hivex_node. */
struct gfs_hivex_node {
    /** Handle of the node, for the other hivex calls. */
    int64_t hivex_node_h;
};

/** A list of struct gfs_hivex_node. */
struct gfs_hivex_node_list {
    /** How many. */
    uint32_t len;
    /** The structures. */
    struct gfs_hivex_node *val;
};

/** Frees a structure that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_hivex_node_free(struct gfs_hivex_node *value);

/** Frees a list, and the structures that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_hivex_node_list_free(struct gfs_hivex_node_list *value);

/** A value under a key of an open Windows registry hive. Upstream: struct guestfs_hivex_value. */
struct gfs_hivex_value {
    /** Handle of the value, for the other hivex calls. */
    int64_t hivex_value_h;
};

/** A list of struct gfs_hivex_value. */
struct gfs_hivex_value_list {
    /** How many. */
    uint32_t len;
    /** The structures. */
    struct gfs_hivex_value *val;
};

/** Frees a structure that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_hivex_value_free(struct gfs_hivex_value *value);

/** Frees a list, and the structures that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_hivex_value_list_free(struct gfs_hivex_value_list *value);

/** An entry found by The Sleuth Kit, which can be a deleted file. If tsk_size is -1, the fields
 * other than inode, type, name and flags carry no information. Upstream: struct
 * guestfs_tsk_dirent.
 */
struct gfs_tsk_dirent {
    /** Inode number; can be 0 for a deleted entry. */
    uint64_t tsk_inode;
    /** File type: r regular file, d directory, l symbolic link, b block device, c character device,
     * f FIFO, s socket, h shadow inode, w whiteout, u unknown.
     */
    char tsk_type;
    /** Size in bytes; -1 if the metadata is gone, as can happen with deleted entries. */
    int64_t tsk_size;
    /** Path of the entry from the top of the filesystem, without a leading slash. */
    char *tsk_name;
    /** Bit mask: 1 allocated (otherwise deleted), 2 metadata taken over by a newer file, so size,
     * times, links and target may be wrong, 4 compressed by the filesystem.
     */
    uint32_t tsk_flags;
    /** Last access, in seconds since 1970-01-01 UTC. */
    int64_t tsk_atime_sec;
    /** Nanoseconds to add to tsk_atime_sec. */
    int64_t tsk_atime_nsec;
    /** Last change of the contents, in seconds since 1970-01-01 UTC. */
    int64_t tsk_mtime_sec;
    /** Nanoseconds to add to tsk_mtime_sec. */
    int64_t tsk_mtime_nsec;
    /** Last change of the status, in seconds since 1970-01-01 UTC. */
    int64_t tsk_ctime_sec;
    /** Nanoseconds to add to tsk_ctime_sec. */
    int64_t tsk_ctime_nsec;
    /** Creation, in seconds since 1970-01-01 UTC. */
    int64_t tsk_crtime_sec;
    /** Nanoseconds to add to tsk_crtime_sec. */
    int64_t tsk_crtime_nsec;
    /** Number of names that refer to the entry. */
    int64_t tsk_nlink;
    /** Target of a symbolic link; otherwise empty. */
    char *tsk_link;
    /** Reserved, 0. */
    int64_t tsk_spare1;
};

/** A list of struct gfs_tsk_dirent. */
struct gfs_tsk_dirent_list {
    /** How many. */
    uint32_t len;
    /** The structures. */
    struct gfs_tsk_dirent *val;
};

/** Frees a structure that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_tsk_dirent_free(struct gfs_tsk_dirent *value);

/** Frees a list, and the structures that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_tsk_dirent_list_free(struct gfs_tsk_dirent_list *value);

/** A match found by gfs_yara_scan(). Upstream: struct guestfs_yara_detection. */
struct gfs_yara_detection {
    /** Path of the file that matched. */
    char *yara_name;
    /** Identifier of the rule that matched. */
    char *yara_rule;
};

/** A list of struct gfs_yara_detection. */
struct gfs_yara_detection_list {
    /** How many. */
    uint32_t len;
    /** The structures. */
    struct gfs_yara_detection *val;
};

/** Frees a structure that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_yara_detection_free(struct gfs_yara_detection *value);

/** Frees a list, and the structures that a function of this library returned.
 * @param value What to free; NULL is nothing.
 * @par Threads
 * Any.
 * @since 0.1
 */
GFS_API void gfs_yara_detection_list_free(struct gfs_yara_detection_list *value);

/* ---------------------------------------------------------------------------------------------- */
/* Archives and trees: packing, unpacking, compressing and synchronizing whole directories. */
/* ---------------------------------------------------------------------------------------------- */

/** Optional arguments of gfs_compress_device_out(). */
struct gfs_compress_device_out_options {
    /** Size of this structure: GFS_COMPRESS_DEVICE_OUT_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** Compression level: 1 to 9 for gzip, bzip2 and lzop, 0 to 9 for xz, not allowed for compress.
     * Omitted means the default of the program.
     */
    int level;
};
/** Initialises a struct gfs_compress_device_out_options, in which nothing is set. */
#define GFS_COMPRESS_DEVICE_OUT_OPTIONS_INIT \
    { sizeof(struct gfs_compress_device_out_options), GFS_UNSET }

/** Reads a whole block device, compresses it and writes the result to a file on the host.
 *
 * A compressor that is missing from the appliance gives an error whose text contains not
 * supported.
 *
 * Upstream: guestfs_compress_device_out(3), since 1.13.15.
 * @param g The handle.
 * @param ctype compress, gzip, bzip2, xz or lzop.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param zdevice File on the host to write; an existing one is overwritten.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_compress_device_out(gfs_handle *g, const char *ctype,
    const char *device, const char *zdevice, const struct gfs_compress_device_out_options *options);

/** Optional arguments of gfs_compress_out(). */
struct gfs_compress_out_options {
    /** Size of this structure: GFS_COMPRESS_OUT_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** Compression level: 1 to 9 for gzip, bzip2 and lzop, 0 to 9 for xz, not allowed for compress.
     * Omitted means the default of the program.
     */
    int level;
};
/** Initialises a struct gfs_compress_out_options, in which nothing is set. */
#define GFS_COMPRESS_OUT_OPTIONS_INIT \
    { sizeof(struct gfs_compress_out_options), GFS_UNSET }

/** Compresses one guest file and writes the result to a file on the host.
 *
 * A compressor that is missing from the appliance gives an error whose text contains not
 * supported.
 *
 * Upstream: guestfs_compress_out(3), since 1.13.15.
 * @param g The handle.
 * @param ctype compress, gzip, bzip2, xz or lzop.
 * @param file Guest file to read.
 * @param zfile File on the host to write; an existing one is overwritten.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_compress_out(gfs_handle *g, const char *ctype,
    const char *file, const char *zfile, const struct gfs_compress_out_options *options);

/** Copies a file or a directory with everything in it from the host into an existing guest
 * directory, keeping its base name.
 *
 * Runs the tar program of the host and unpacks with gfs_tar_in(). Fails, unlike upstream, whenever
 * one of the two does. Capabilities, access control lists and extended attributes are not copied:
 * a listener to warnings is told where there are some; gfs_tar_in() keeps them.
 *
 * Upstream: guestfs_copy_in(3), since 1.29.24.
 * @param g The handle.
 * @param localpath File or directory on the host; wildcards are not expanded. A last part that
 *        begins with - is refused: tar would take it for an option.
 * @param remotedir Existing guest directory that receives the copy.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_copy_in(gfs_handle *g, const char *localpath,
    const char *remotedir);

/** Copies a file or a directory with everything in it from the guest into an existing directory of
 * the host, keeping its base name.
 *
 * For a directory the tar program of the host is run on the output of gfs_tar_out(). Capabilities,
 * access control lists and extended attributes are not copied: a listener to warnings is told
 * where there are some; gfs_tar_out() keeps them.
 *
 * Upstream: guestfs_copy_out(3), since 1.29.24.
 * @param g The handle.
 * @param remotepath Guest file or directory; wildcards are not expanded, and a symbolic link is
 *        refused.
 * @param localdir Existing directory on the host that receives the copy.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_copy_out(gfs_handle *g, const char *remotepath,
    const char *localdir);

/** Optional arguments of gfs_cpio_out(). */
struct gfs_cpio_out_options {
    /** Size of this structure: GFS_CPIO_OUT_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** newc (the default, as used for Linux initramfs images) or crc (the same with checksums). */
    const char *format;
};
/** Initialises a struct gfs_cpio_out_options, in which nothing is set. */
#define GFS_CPIO_OUT_OPTIONS_INIT \
    { sizeof(struct gfs_cpio_out_options), NULL }

/** Packs the contents of a guest directory as a cpio archive and writes it to a file on the host.
 *
 * Upstream: guestfs_cpio_out(3), since 1.27.9.
 * @param g The handle.
 * @param directory Guest directory to pack.
 * @param cpiofile File on the host to write; an existing one is overwritten.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_cpio_out(gfs_handle *g, const char *directory,
    const char *cpiofile, const struct gfs_cpio_out_options *options);

/** Extracts one file from a Linux initrd (initramfs) image in the guest.
 *
 * The result must fit into one protocol message, a little under 4 MB. libguestfs 1.60 unpacks with
 * zcat and cpio, so images compressed otherwise fail.
 *
 * Upstream: guestfs_initrd_cat(3), since 1.0.84. Transfers at most about 4 MB, the size of a
 * protocol message.
 * @param g The handle.
 * @param initrdpath Guest path of the image.
 * @param filename Name inside the image without a leading /, for example init.
 * @param result The bytes of the file. Free it with gfs_free().
 * @param result_size Length of the result in bytes.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_initrd_cat(gfs_handle *g, const char *initrdpath,
    const char *filename, char **result, size_t *result_size);

/** Lists the files and directories in a Linux initrd (initramfs) image of the guest.
 *
 * libguestfs 1.60 unpacks with zcat and cpio, so images compressed otherwise fail.
 *
 * Upstream: guestfs_initrd_list(3), since 1.0.54.
 * @param g The handle.
 * @param path Guest path of a compressed cpio image; the ext2 images of Linux 2.4 and before are
 *        not understood.
 * @param result The names without a leading /, in the order of the archive. Ends with NULL. Free
 *        it with gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_initrd_list(gfs_handle *g, const char *path, char ***result);

/** Optional arguments of gfs_rsync(). */
struct gfs_rsync_options {
    /** Size of this structure: GFS_RSYNC_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** True adds --archive: recurse and keep permissions, owners, times, links and devices. Default
     * false.
     */
    int archive;
    /** True deletes whatever exists in the destination but not in the source. Default false. */
    int deletedest;
};
/** Initialises a struct gfs_rsync_options, in which nothing is set. */
#define GFS_RSYNC_OPTIONS_INIT \
    { sizeof(struct gfs_rsync_options), GFS_UNSET, GFS_UNSET }

/** Synchronizes one guest directory with another by running rsync inside the appliance; only what
 * differs is copied.
 *
 * Without archive, plain rsync rules hold and directories are skipped. A trailing slash on the
 * source means the contents of the directory rather than the directory.
 *
 * Upstream: guestfs_rsync(3), since 1.19.29.
 * @param g The handle.
 * @param src Source path in the guest.
 * @param dest Destination path in the guest.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (rsync).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_rsync(gfs_handle *g, const char *src, const char *dest,
    const struct gfs_rsync_options *options);

/** Optional arguments of gfs_rsync_in(). */
struct gfs_rsync_in_options {
    /** Size of this structure: GFS_RSYNC_IN_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** True adds --archive: recurse and keep permissions, owners, times, links and devices. Default
     * false.
     */
    int archive;
    /** True deletes whatever exists in the destination but not in the source. Default false. */
    int deletedest;
};
/** Initialises a struct gfs_rsync_in_options, in which nothing is set. */
#define GFS_RSYNC_IN_OPTIONS_INIT \
    { sizeof(struct gfs_rsync_in_options), GFS_UNSET, GFS_UNSET }

/** Synchronizes files from the host or another machine into the guest with rsync over the network.
 *
 * Needs the appliance network (gfs_set_network()), switched on before launch, and a remote side
 * that asks for no password.
 *
 * Upstream: guestfs_rsync_in(3), since 1.19.29.
 * @param g The handle.
 * @param remote Source in the notation of rsync, for example rsync://host/module/dir.
 * @param dest Destination directory in the guest.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (rsync).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_rsync_in(gfs_handle *g, const char *remote, const char *dest,
    const struct gfs_rsync_in_options *options);

/** Optional arguments of gfs_rsync_out(). */
struct gfs_rsync_out_options {
    /** Size of this structure: GFS_RSYNC_OUT_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** True adds --archive: recurse and keep permissions, owners, times, links and devices. Default
     * false.
     */
    int archive;
    /** True deletes whatever exists in the destination but not in the source. Default false. */
    int deletedest;
};
/** Initialises a struct gfs_rsync_out_options, in which nothing is set. */
#define GFS_RSYNC_OUT_OPTIONS_INIT \
    { sizeof(struct gfs_rsync_out_options), GFS_UNSET, GFS_UNSET }

/** Synchronizes files from the guest to the host or another machine with rsync over the network.
 *
 * Needs the appliance network (gfs_set_network()), switched on before launch, and a remote side
 * that asks for no password.
 *
 * Upstream: guestfs_rsync_out(3), since 1.19.29.
 * @param g The handle.
 * @param src Source path in the guest; wildcards are not expanded, see gfs_glob_expand().
 * @param remote Destination in the notation of rsync, for example rsync://host/module/dir.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (rsync).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_rsync_out(gfs_handle *g, const char *src, const char *remote,
    const struct gfs_rsync_out_options *options);

/** Optional arguments of gfs_tar_in(). */
struct gfs_tar_in_options {
    /** Size of this structure: GFS_TAR_IN_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** compress, gzip, bzip2, xz, lzop, and since 1.52 lzma or zstd; the appliance may lack some of
     * them. Omitted means no compression.
     */
    const char *compress;
    /** True restores extended attributes. Default false. */
    int xattrs;
    /** True restores SELinux labels. Default false. */
    int selinux;
    /** True restores POSIX access control lists. Default false. */
    int acls;
    /** True keeps a symbolic link to a directory and unpacks through it, instead of replacing it by
     * a directory; wanted where /lib links to /usr/lib. Needs 1.60. Default false. Since
     * libguestfs 1.59.1.
     */
    int keepdirlink;
};
/** Initialises a struct gfs_tar_in_options, in which nothing is set. */
#define GFS_TAR_IN_OPTIONS_INIT \
    { sizeof(struct gfs_tar_in_options), NULL, GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET }

/** Uploads a tar archive from the host and unpacks it into a guest directory. Files already there
 * are overwritten.
 *
 * The compression is not detected: name it in compress. Where the filesystem cannot store owners,
 * as with FAT, they are dropped silently.
 *
 * Upstream: guestfs_tar_in(3), since 1.0.3.
 * @param g The handle.
 * @param tarfile Archive on the host.
 * @param directory Existing, writable guest directory.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_tar_in(gfs_handle *g, const char *tarfile,
    const char *directory, const struct gfs_tar_in_options *options);

/** Optional arguments of gfs_tar_out(). */
struct gfs_tar_out_options {
    /** Size of this structure: GFS_TAR_OUT_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** compress, gzip, bzip2, xz, lzop, and since 1.52 lzma or zstd; the appliance may lack some of
     * them. Omitted means no compression.
     */
    const char *compress;
    /** True stores numeric user and group ids only, no names. Default false. */
    int numericowner;
    /** Wildcard patterns; matching files are left out. */
    const char *const *excludes;
    /** True stores extended attributes. Default false. */
    int xattrs;
    /** True stores SELinux labels. Default false. */
    int selinux;
    /** True stores POSIX access control lists. Default false. */
    int acls;
};
/** Initialises a struct gfs_tar_out_options, in which nothing is set. */
#define GFS_TAR_OUT_OPTIONS_INIT \
    { sizeof(struct gfs_tar_out_options), NULL, GFS_UNSET, NULL, GFS_UNSET, GFS_UNSET, GFS_UNSET }

/** Packs the contents of a guest directory as a tar archive and writes it to a file on the host.
 *
 * Upstream: guestfs_tar_out(3), since 1.0.3.
 * @param g The handle.
 * @param directory Guest directory to pack; member names are relative to it.
 * @param tarfile File on the host to write; an existing one is overwritten.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_tar_out(gfs_handle *g, const char *directory,
    const char *tarfile, const struct gfs_tar_out_options *options);

/** Uploads a gzip-compressed tar archive from the host and unpacks it into a guest directory.
 *
 * Upstream: guestfs_tgz_in(3), since 1.0.3.
 * @param g The handle.
 * @param tarball Archive on the host.
 * @param directory Existing, writable guest directory.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_tar_in().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_tgz_in(gfs_handle *g, const char *tarball,
    const char *directory);

/** Packs the contents of a guest directory as a gzip-compressed tar archive and writes it to a file
 * on the host.
 *
 * Upstream: guestfs_tgz_out(3), since 1.0.3.
 * @param g The handle.
 * @param directory Guest directory to pack.
 * @param tarball File on the host to write; an existing one is overwritten.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_tar_out().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_tgz_out(gfs_handle *g, const char *directory,
    const char *tarball);

/** Uploads an xz-compressed tar archive from the host and unpacks it into a guest directory.
 *
 * Upstream: guestfs_txz_in(3), since 1.3.2.
 * @param g The handle.
 * @param tarball Archive on the host.
 * @param directory Existing, writable guest directory.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (xz).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_tar_in().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_txz_in(gfs_handle *g, const char *tarball,
    const char *directory);

/** Packs the contents of a guest directory as an xz-compressed tar archive and writes it to a file
 * on the host.
 *
 * Upstream: guestfs_txz_out(3), since 1.3.2.
 * @param g The handle.
 * @param directory Guest directory to pack.
 * @param tarball File on the host to write; an existing one is overwritten.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (xz).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_tar_out().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_txz_out(gfs_handle *g, const char *directory,
    const char *tarball);

/* ---------------------------------------------------------------------------------------------- */
/* Editing the guest's configuration files through Augeas, one handle per session. */
/* ---------------------------------------------------------------------------------------------- */

/** Sets the value of a node to null, which gfs_aug_set() cannot do.
 *
 * Upstream: guestfs_aug_clear(3), since 1.3.4.
 * @param g The handle.
 * @param augpath Augeas path expression.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_aug_clear(gfs_handle *g, const char *augpath);

/** Closes the Augeas handle and frees what it holds. Changes not saved with gfs_aug_save() are
 * lost.
 *
 * Fails if no handle is open.
 *
 * Upstream: guestfs_aug_close(3), since 0.0.7.
 * @param g The handle.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_API gfs_status gfs_aug_close(gfs_handle *g);

/** Defines a variable as the nodes an expression matches; if it matches none, creates one node with
 * the given value.
 *
 * Upstream: guestfs_aug_defnode(3), since 0.0.7.
 * @param g The handle.
 * @param name Name of the variable.
 * @param expr Path expression.
 * @param val Value for the node if it has to be created.
 * @param result The number of nodes in the variable, and a flag that is non-zero if a node was
 *        created. Free it with gfs_int_bool_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_aug_defnode(gfs_handle *g, const char *name, const char *expr,
    const char *val, struct gfs_int_bool **result);

/** Defines a variable as the result of an expression, or removes it.
 *
 * Upstream: guestfs_aug_defvar(3), since 0.0.7.
 * @param g The handle.
 * @param name Name of the variable.
 * @param expr Expression to evaluate; null removes the variable.
 * @param result Number of nodes matched; 0 if the result is not a set of nodes.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_aug_defvar(gfs_handle *g, const char *name, const char *expr,
    int *result);

/** Reads the value of a node.
 *
 * Fails if no node or more than one matches, and also if the node has no value.
 *
 * Upstream: guestfs_aug_get(3), since 0.0.7.
 * @param g The handle.
 * @param augpath Augeas path expression that matches exactly one node.
 * @param result The value. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_aug_get(gfs_handle *g, const char *augpath, char **result);

/** Opens the Augeas handle of this session, closing an earlier one. Must come before every other
 * aug_* function.
 *
 * Type checking (4) is for debugging lenses and may need more appliance memory, see
 * gfs_set_memsize().
 *
 * Upstream: guestfs_aug_init(3), since 0.0.7.
 * @param g The handle.
 * @param root Directory of the guest that counts as the root of its files, normally /.
 * @param flags Sum of: 1 keep originals as .augsave, 2 write changes to .augnew files instead
 *        (wins over 1), 4 type-check lenses, 8 no standard lens path, 16 saving writes nothing, 32
 *        do not load files now. Use 0 for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_aug_init(gfs_handle *g, const char *root, int flags);

/** Inserts a new sibling next to an existing node.
 *
 * Upstream: guestfs_aug_insert(3), since 0.0.7.
 * @param g The handle.
 * @param augpath Path expression that matches exactly one node.
 * @param label Label of the new node; must not contain / or * or end with an index like [1].
 * @param before True to insert before the node, false to insert after it.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_aug_insert(gfs_handle *g, const char *augpath,
    const char *label, int before);

/** Returns the label (last path component) of a node.
 *
 * Fails unless exactly one node matches.
 *
 * Upstream: guestfs_aug_label(3), since 1.23.14.
 * @param g The handle.
 * @param augpath Augeas path expression that matches exactly one node.
 * @param result The label. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_aug_label(gfs_handle *g, const char *augpath, char **result);

/** Loads the configuration files into the tree; needed after gfs_aug_init() with flag 32 or after
 * gfs_aug_transform().
 *
 * Upstream: guestfs_aug_load(3), since 0.0.7.
 * @param g The handle.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_aug_load(gfs_handle *g);

/** Lists the children of a node in alphabetical order.
 *
 * Upstream: guestfs_aug_ls(3), since 0.0.8.
 * @param g The handle.
 * @param augpath Path of the node; / alone is fine, but a longer path must not end with /, ] or *.
 * @param result Paths of the children; empty if there are none. Ends with NULL. Free it with
 *        gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_aug_ls(gfs_handle *g, const char *augpath, char ***result);

/** Finds all nodes that match a path expression.
 *
 * Upstream: guestfs_aug_match(3), since 0.0.7.
 * @param g The handle.
 * @param augpath Augeas path expression.
 * @param result Their paths, each precise enough to match one node only; empty if nothing matches.
 *        Ends with NULL. Free it with gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_aug_match(gfs_handle *g, const char *augpath, char ***result);

/** Moves a node. Overwrites the destination if it exists.
 *
 * Upstream: guestfs_aug_mv(3), since 0.0.7.
 * @param g The handle.
 * @param src Path expression that matches exactly one node.
 * @param dest Path to move the node to.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_aug_mv(gfs_handle *g, const char *src, const char *dest);

/** Removes the matching nodes together with everything below them.
 *
 * Upstream: guestfs_aug_rm(3), since 0.0.7.
 * @param g The handle.
 * @param augpath Augeas path expression.
 * @param result Number of nodes removed.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_aug_rm(gfs_handle *g, const char *augpath, int *result);

/** Writes the pending changes to the guest's files, in the way the flags of gfs_aug_init() chose.
 *
 * Upstream: guestfs_aug_save(3), since 0.0.7.
 * @param g The handle.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_aug_save(gfs_handle *g);

/** Sets the value of a node, creating it if it does not exist.
 *
 * Use gfs_aug_clear() to set a null value.
 *
 * Upstream: guestfs_aug_set(3), since 0.0.7.
 * @param g The handle.
 * @param augpath Augeas path expression that matches one node at most.
 * @param val New value.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_aug_set(gfs_handle *g, const char *augpath, const char *val);

/** Sets the value of many nodes at once.
 *
 * Upstream: guestfs_aug_setm(3), since 1.23.14.
 * @param g The handle.
 * @param base Path expression that matches the nodes to start from.
 * @param sub Path relative to each of them, naming the node to change; null changes the base nodes
 *        themselves.
 * @param val New value.
 * @param result Number of nodes changed.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_aug_setm(gfs_handle *g, const char *base, const char *sub,
    const char *val, int *result);

/** Optional arguments of gfs_aug_transform(). */
struct gfs_aug_transform_options {
    /** Size of this structure: GFS_AUG_TRANSFORM_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** True takes the transformation away instead of adding it; default false. */
    int remove;
};
/** Initialises a struct gfs_aug_transform_options, in which nothing is set. */
#define GFS_AUG_TRANSFORM_OPTIONS_INIT \
    { sizeof(struct gfs_aug_transform_options), GFS_UNSET }

/** Makes Augeas handle a file with the given lens. Takes effect with the next gfs_aug_load().
 *
 * Upstream: guestfs_aug_transform(3), since 1.35.2.
 * @param g The handle.
 * @param lens Name of the lens.
 * @param file File the lens is to handle.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_aug_transform(gfs_handle *g, const char *lens,
    const char *file, const struct gfs_aug_transform_options *options);

/* ---------------------------------------------------------------------------------------------- */
/* Btrfs filesystems: devices, subvolumes, quotas, balancing and repair. */
/* ---------------------------------------------------------------------------------------------- */

/** Cancels a balance that is running on a mounted btrfs filesystem.
 *
 * Upstream: guestfs_btrfs_balance_cancel(3), since 1.29.22.
 * @param g The handle.
 * @param path Path inside the guest where the filesystem is mounted.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (btrfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_btrfs_balance_cancel(gfs_handle *g, const char *path);

/** Pauses a balance that is running on a mounted btrfs filesystem.
 *
 * Upstream: guestfs_btrfs_balance_pause(3), since 1.29.22.
 * @param g The handle.
 * @param path Path inside the guest where the filesystem is mounted.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (btrfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_btrfs_balance_pause(gfs_handle *g, const char *path);

/** Continues a paused balance on a mounted btrfs filesystem.
 *
 * Upstream: guestfs_btrfs_balance_resume(3), since 1.29.22.
 * @param g The handle.
 * @param path Path inside the guest where the filesystem is mounted.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (btrfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_btrfs_balance_resume(gfs_handle *g, const char *path);

/** Reports how far a balance on a mounted btrfs filesystem has got.
 *
 * Upstream: guestfs_btrfs_balance_status(3), since 1.29.26.
 * @param g The handle.
 * @param path Path inside the guest where the filesystem is mounted.
 * @param result Status running, paused or none, with counts of chunks and the percentage left.
 *        Free it with gfs_btrfsbalance_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (btrfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_btrfs_balance_status(gfs_handle *g, const char *path,
    struct gfs_btrfsbalance **result);

/** Adds devices to a mounted btrfs filesystem. Destroys what is on them.
 *
 * Upstream: guestfs_btrfs_device_add(3), since 1.17.35.
 * @param g The handle.
 * @param devices Devices to add; an empty list does nothing.
 * @param fs Path inside the guest where the filesystem is mounted.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (btrfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_btrfs_device_add(gfs_handle *g, const char *const *devices,
    const char *fs);

/** Removes devices from a mounted btrfs filesystem.
 *
 * Upstream: guestfs_btrfs_device_delete(3), since 1.17.35.
 * @param g The handle.
 * @param devices Devices to remove; an empty list does nothing.
 * @param fs Path inside the guest where the filesystem is mounted.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (btrfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_btrfs_device_delete(gfs_handle *g, const char *const *devices,
    const char *fs);

/** Spreads the chunks of a mounted btrfs filesystem evenly over its devices.
 *
 * Upstream: guestfs_btrfs_filesystem_balance(3), since 1.17.35.
 * @param g The handle.
 * @param fs Path inside the guest where the filesystem is mounted.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (btrfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_btrfs_filesystem_balance(gfs_handle *g, const char *fs);

/** Optional arguments of gfs_btrfs_filesystem_defragment(). */
struct gfs_btrfs_filesystem_defragment_options {
    /** Size of this structure: GFS_BTRFS_FILESYSTEM_DEFRAGMENT_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** True writes the data to disk before returning; default false. */
    int flush;
    /** Compression to apply to the files, zlib or lzo; default none. */
    const char *compress;
};
/** Initialises a struct gfs_btrfs_filesystem_defragment_options, in which nothing is set. */
#define GFS_BTRFS_FILESYSTEM_DEFRAGMENT_OPTIONS_INIT \
    { sizeof(struct gfs_btrfs_filesystem_defragment_options), GFS_UNSET, NULL }

/** Defragments a file, or a directory with everything below it except other subvolumes, on a
 * mounted btrfs filesystem.
 *
 * Upstream: guestfs_btrfs_filesystem_defragment(3), since 1.29.22.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (btrfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_btrfs_filesystem_defragment(gfs_handle *g, const char *path,
    const struct gfs_btrfs_filesystem_defragment_options *options);

/** Optional arguments of gfs_btrfs_filesystem_resize(). */
struct gfs_btrfs_filesystem_resize_options {
    /** Size of this structure: GFS_BTRFS_FILESYSTEM_RESIZE_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** New size in bytes, greater than 0; default as large as the device allows. */
    int64_t size;
};
/** Initialises a struct gfs_btrfs_filesystem_resize_options, in which nothing is set. */
#define GFS_BTRFS_FILESYSTEM_RESIZE_OPTIONS_INIT \
    { sizeof(struct gfs_btrfs_filesystem_resize_options), GFS_UNSET64 }

/** Changes the size of a btrfs filesystem, which must be mounted.
 *
 * Upstream: guestfs_btrfs_filesystem_resize(3), since 1.11.17.
 * @param g The handle.
 * @param mountpoint Path inside the guest where the filesystem is mounted.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (btrfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_btrfs_filesystem_resize(gfs_handle *g, const char *mountpoint,
    const struct gfs_btrfs_filesystem_resize_options *options);

/** Lists all devices that hold parts of the btrfs filesystem on a device.
 *
 * Fails with ENODEV if one of the devices is missing.
 *
 * Upstream: guestfs_btrfs_filesystem_show(3), since 1.33.29.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param result Device names. Ends with NULL. Free it with gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (btrfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_btrfs_filesystem_show(gfs_handle *g, const char *device,
    char ***result);

/** Writes everything pending on a mounted btrfs filesystem to disk.
 *
 * Upstream: guestfs_btrfs_filesystem_sync(3), since 1.17.35.
 * @param g The handle.
 * @param fs Path inside the guest where the filesystem is mounted.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (btrfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_btrfs_filesystem_sync(gfs_handle *g, const char *fs);

/** Optional arguments of gfs_btrfs_fsck(). */
struct gfs_btrfs_fsck_options {
    /** Size of this structure: GFS_BTRFS_FSCK_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** Which copy of the superblock to use: 0, 1 or 2. */
    int64_t superblock;
    /** True repairs; default false, check only. */
    int repair;
};
/** Initialises a struct gfs_btrfs_fsck_options, in which nothing is set. */
#define GFS_BTRFS_FSCK_OPTIONS_INIT \
    { sizeof(struct gfs_btrfs_fsck_options), GFS_UNSET64, GFS_UNSET }

/** Checks an unmounted btrfs filesystem and repairs it if asked to.
 *
 * Upstream: guestfs_btrfs_fsck(3), since 1.17.43.
 * @param g The handle.
 * @param device Device with the btrfs filesystem, which must not be mounted.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (btrfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_btrfs_scrub_full().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_btrfs_fsck(gfs_handle *g, const char *device,
    const struct gfs_btrfs_fsck_options *options);

/** Optional arguments of gfs_btrfs_image(). */
struct gfs_btrfs_image_options {
    /** Size of this structure: GFS_BTRFS_IMAGE_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** Compression level from 0 to 9; negative or left out means the default of btrfs-image. */
    int compresslevel;
};
/** Initialises a struct gfs_btrfs_image_options, in which nothing is set. */
#define GFS_BTRFS_IMAGE_OPTIONS_INIT \
    { sizeof(struct gfs_btrfs_image_options), GFS_UNSET }

/** Writes an image of a btrfs filesystem that keeps the metadata but has all file data zeroed. Does
 * not change the source.
 *
 * As implemented up to libguestfs 1.60 the image goes to this path of the appliance, not of the
 * guest's mounted filesystem.
 *
 * Upstream: guestfs_btrfs_image(3), since 1.29.32.
 * @param g The handle.
 * @param source Devices of the filesystem, at least one.
 * @param image File to write.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (btrfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_btrfs_image(gfs_handle *g, const char *const *source,
    const char *image, const struct gfs_btrfs_image_options *options);

/** Puts a quota group under a parent group, so that several groups share the limit of the parent.
 *
 * Upstream: guestfs_btrfs_qgroup_assign(3), since 1.29.17.
 * @param g The handle.
 * @param src Group to add. Quota group such as 0/256 or 1/100: level, slash, number.
 * @param dst Parent group.
 * @param path Path inside the guest where the filesystem is mounted.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (btrfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_btrfs_qgroup_assign(gfs_handle *g, const char *src,
    const char *dst, const char *path);

/** Creates a quota group.
 *
 * Upstream: guestfs_btrfs_qgroup_create(3), since 1.29.17.
 * @param g The handle.
 * @param qgroupid Quota group such as 0/256 or 1/100: level, slash, number.
 * @param subvolume Path of the subvolume inside the guest.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (btrfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_btrfs_qgroup_create(gfs_handle *g, const char *qgroupid,
    const char *subvolume);

/** Deletes a quota group.
 *
 * Upstream: guestfs_btrfs_qgroup_destroy(3), since 1.29.17.
 * @param g The handle.
 * @param qgroupid Quota group such as 0/256 or 1/100: level, slash, number.
 * @param subvolume Path of the subvolume inside the guest.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (btrfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_btrfs_qgroup_destroy(gfs_handle *g, const char *qgroupid,
    const char *subvolume);

/** Limits how large a subvolume may become.
 *
 * Upstream: guestfs_btrfs_qgroup_limit(3), since 1.29.17.
 * @param g The handle.
 * @param subvolume Path of the subvolume inside the guest.
 * @param size Limit in bytes.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (btrfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_btrfs_qgroup_limit(gfs_handle *g, const char *subvolume,
    int64_t size);

/** Takes a quota group out of its parent group.
 *
 * Upstream: guestfs_btrfs_qgroup_remove(3), since 1.29.17.
 * @param g The handle.
 * @param src Group to take out. Quota group such as 0/256 or 1/100: level, slash, number.
 * @param dst Parent group.
 * @param path Path inside the guest where the filesystem is mounted.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (btrfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_btrfs_qgroup_remove(gfs_handle *g, const char *src,
    const char *dst, const char *path);

/** Lists the quota groups of a mounted btrfs filesystem with the space they use.
 *
 * Upstream: guestfs_btrfs_qgroup_show(3), since 1.29.17.
 * @param g The handle.
 * @param path Path inside the guest where the filesystem is mounted.
 * @param result The groups with referenced and exclusive size in bytes. Free it with
 *        gfs_btrfsqgroup_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (btrfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_btrfs_qgroup_show(gfs_handle *g, const char *path,
    struct gfs_btrfsqgroup_list **result);

/** Switches quotas for subvolumes on or off.
 *
 * Upstream: guestfs_btrfs_quota_enable(3), since 1.29.17.
 * @param g The handle.
 * @param fs Mount point of the filesystem, or its device, which is then mounted for the duration
 *        of the call.
 * @param enable True to switch on, false to switch off.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (btrfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_btrfs_quota_enable(gfs_handle *g, const char *fs, int enable);

/** Discards the usage numbers of all quota groups and starts counting them again.
 *
 * Upstream: guestfs_btrfs_quota_rescan(3), since 1.29.17.
 * @param g The handle.
 * @param fs Mount point of the filesystem, or its device, which is then mounted for the duration
 *        of the call.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (btrfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_btrfs_quota_rescan(gfs_handle *g, const char *fs);

/** Moves the data of one device of a mounted btrfs filesystem to another device and waits until
 * that is done. The target is overwritten; the source is wiped and leaves the filesystem.
 *
 * Upstream: guestfs_btrfs_replace(3), since 1.29.48.
 * @param g The handle.
 * @param srcdev Device to replace.
 * @param targetdev New device, not mounted and no smaller than srcdev.
 * @param mntpoint Path inside the guest where the filesystem is mounted.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (btrfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_btrfs_replace(gfs_handle *g, const char *srcdev,
    const char *targetdev, const char *mntpoint);

/** Rebuilds the chunk tree of a damaged btrfs filesystem by scanning its devices, and writes it
 * without asking.
 *
 * Upstream: guestfs_btrfs_rescue_chunk_recover(3), since 1.29.22.
 * @param g The handle.
 * @param device Device with the btrfs filesystem, which must not be mounted.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (btrfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_btrfs_rescue_chunk_recover(gfs_handle *g, const char *device);

/** Restores damaged superblocks of a btrfs filesystem from good copies.
 *
 * Upstream: guestfs_btrfs_rescue_super_recover(3), since 1.29.22.
 * @param g The handle.
 * @param device Device with the btrfs filesystem, which must not be mounted.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (btrfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_btrfs_rescue_super_recover(gfs_handle *g, const char *device);

/** Cancels a scrub that is running on a mounted btrfs filesystem.
 *
 * Upstream: guestfs_btrfs_scrub_cancel(3), since 1.29.22.
 * @param g The handle.
 * @param path Path inside the guest where the filesystem is mounted.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (btrfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_btrfs_scrub_cancel(gfs_handle *g, const char *path);

/** Optional arguments of gfs_btrfs_scrub_full(). */
struct gfs_btrfs_scrub_full_options {
    /** Size of this structure: GFS_BTRFS_SCRUB_FULL_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** True only checks; default false, repairs what it can. */
    int readonly;
};
/** Initialises a struct gfs_btrfs_scrub_full_options, in which nothing is set. */
#define GFS_BTRFS_SCRUB_FULL_OPTIONS_INIT \
    { sizeof(struct gfs_btrfs_scrub_full_options), GFS_UNSET }

/** Scrubs a mounted btrfs filesystem and waits for the end. Fails if the filesystem has errors.
 *
 * Upstream: guestfs_btrfs_scrub_full(3), since 1.55.12.
 * @param g The handle.
 * @param path Path inside the guest where the filesystem is mounted.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (btrfs), GFS_ERR_MISSING_FUNCTION.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_btrfs_scrub_full(gfs_handle *g, const char *path,
    const struct gfs_btrfs_scrub_full_options *options);

/** Continues a scrub that was cancelled or interrupted.
 *
 * Upstream: guestfs_btrfs_scrub_resume(3), since 1.29.22.
 * @param g The handle.
 * @param path Path inside the guest where the filesystem is mounted.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (btrfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_btrfs_scrub_resume(gfs_handle *g, const char *path);

/** Starts a scrub in the background: all data is verified against its checksums and repaired from
 * good copies where there are any.
 *
 * Follow it with gfs_btrfs_scrub_status(), or call gfs_btrfs_scrub_full() to wait.
 *
 * Upstream: guestfs_btrfs_scrub_start(3), since 1.29.22.
 * @param g The handle.
 * @param path Path inside the guest where the filesystem is mounted.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (btrfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_btrfs_scrub_start(gfs_handle *g, const char *path);

/** Reports the progress or the result of a scrub.
 *
 * Upstream: guestfs_btrfs_scrub_status(3), since 1.29.26.
 * @param g The handle.
 * @param path Path inside the guest where the filesystem is mounted.
 * @param result Counters of what was scrubbed and of errors; all zero if no scrub has run. Free it
 *        with gfs_btrfsscrub_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (btrfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_btrfs_scrub_status(gfs_handle *g, const char *path,
    struct gfs_btrfsscrub **result);

/** Switches the seeding flag of an unmounted btrfs filesystem on or off.
 *
 * Unlike gfs_btrfstune_seeding() it does not force the flag off.
 *
 * Upstream: guestfs_btrfs_set_seeding(3), since 1.17.43.
 * @param g The handle.
 * @param device Device with the btrfs filesystem, which must not be mounted.
 * @param seeding True makes the filesystem a seed, which is read-only.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (btrfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_btrfs_set_seeding(gfs_handle *g, const char *device,
    int seeding);

/** Optional arguments of gfs_btrfs_subvolume_create(). */
struct gfs_btrfs_subvolume_create_options {
    /** Size of this structure: GFS_BTRFS_SUBVOLUME_CREATE_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** Quota group to add the subvolume to, such as 1/100. */
    const char *qgroupid;
};
/** Initialises a struct gfs_btrfs_subvolume_create_options, in which nothing is set. */
#define GFS_BTRFS_SUBVOLUME_CREATE_OPTIONS_INIT \
    { sizeof(struct gfs_btrfs_subvolume_create_options), NULL }

/** Creates a subvolume.
 *
 * Upstream: guestfs_btrfs_subvolume_create(3), since 1.17.35.
 * @param g The handle.
 * @param dest Guest path whose last part is the name of the new subvolume.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (btrfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_btrfs_subvolume_create(gfs_handle *g, const char *dest,
    const struct gfs_btrfs_subvolume_create_options *options);

/** Deletes a subvolume or snapshot with everything in it.
 *
 * Upstream: guestfs_btrfs_subvolume_delete(3), since 1.17.35.
 * @param g The handle.
 * @param subvolume Guest path of the subvolume.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (btrfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_btrfs_subvolume_delete(gfs_handle *g, const char *subvolume);

/** Returns which subvolume is mounted if none is named.
 *
 * Upstream: guestfs_btrfs_subvolume_get_default(3), since 1.29.17.
 * @param g The handle.
 * @param fs Mount point of the filesystem, or its device, which is then mounted for the duration
 *        of the call.
 * @param result ID of the subvolume; 5 is the top level of the filesystem.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (btrfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_btrfs_subvolume_get_default(gfs_handle *g, const char *fs,
    int64_t *result);

/** Lists the subvolumes and snapshots of a btrfs filesystem.
 *
 * Upstream: guestfs_btrfs_subvolume_list(3), since 1.17.35.
 * @param g The handle.
 * @param fs Mount point of the filesystem, or its device, which is then mounted for the duration
 *        of the call.
 * @param result The subvolumes with ID and path; empty if there are none besides the top level.
 *        Free it with gfs_btrfssubvolume_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (btrfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_btrfs_subvolume_list(gfs_handle *g, const char *fs,
    struct gfs_btrfssubvolume_list **result);

/** Chooses the subvolume that is mounted if none is named.
 *
 * Upstream: guestfs_btrfs_subvolume_set_default(3), since 1.17.35.
 * @param g The handle.
 * @param id ID of the subvolume, see gfs_btrfs_subvolume_list().
 * @param fs Path inside the guest where the filesystem is mounted.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (btrfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_btrfs_subvolume_set_default(gfs_handle *g, int64_t id,
    const char *fs);

/** Returns details of a subvolume as the btrfs tool prints them.
 *
 * Fails for the top level of the filesystem and for ordinary directories.
 *
 * Upstream: guestfs_btrfs_subvolume_show(3), since 1.29.17.
 * @param g The handle.
 * @param subvolume Guest path of the subvolume.
 * @param result Names and values, for example Creation time; an unset value is empty, and
 *        snapshots are separated by commas. Key, value, key, value..., ended by NULL. Free it with
 *        gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (btrfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_btrfs_subvolume_show(gfs_handle *g, const char *subvolume,
    char ***result);

/** Optional arguments of gfs_btrfs_subvolume_snapshot(). */
struct gfs_btrfs_subvolume_snapshot_options {
    /** Size of this structure: GFS_BTRFS_SUBVOLUME_SNAPSHOT_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** True makes the snapshot read-only; default false. */
    int ro;
    /** Quota group to add the snapshot to, such as 1/100. */
    const char *qgroupid;
};
/** Initialises a struct gfs_btrfs_subvolume_snapshot_options, in which nothing is set. */
#define GFS_BTRFS_SUBVOLUME_SNAPSHOT_OPTIONS_INIT \
    { sizeof(struct gfs_btrfs_subvolume_snapshot_options), GFS_UNSET, NULL }

/** Takes a snapshot of a subvolume.
 *
 * Upstream: guestfs_btrfs_subvolume_snapshot(3), since 1.17.35.
 * @param g The handle.
 * @param source Guest path of the subvolume.
 * @param dest Guest path whose last part is the name of the snapshot.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (btrfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_btrfs_subvolume_snapshot(gfs_handle *g, const char *source,
    const char *dest, const struct gfs_btrfs_subvolume_snapshot_options *options);

/** Switches on the extended inode references feature of an unmounted btrfs filesystem.
 *
 * Upstream: guestfs_btrfstune_enable_extended_inode_refs(3), since 1.29.29.
 * @param g The handle.
 * @param device Device with the btrfs filesystem, which must not be mounted.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (btrfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_btrfstune_enable_extended_inode_refs(gfs_handle *g,
    const char *device);

/** Switches on the skinny metadata extent references feature of an unmounted btrfs filesystem.
 *
 * Upstream: guestfs_btrfstune_enable_skinny_metadata_extent_refs(3), since 1.29.29.
 * @param g The handle.
 * @param device Device with the btrfs filesystem, which must not be mounted.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (btrfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_btrfstune_enable_skinny_metadata_extent_refs(gfs_handle *g,
    const char *device);

/** Switches the seeding flag of an unmounted btrfs filesystem on or off. A seed can only be mounted
 * read-only and can serve as the base of other filesystems.
 *
 * Upstream: guestfs_btrfstune_seeding(3), since 1.29.29.
 * @param g The handle.
 * @param device Device with the btrfs filesystem, which must not be mounted.
 * @param seeding True makes the filesystem a seed; false forces the flag off, after which
 *        filesystems built on the seed can become unusable.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (btrfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_btrfstune_seeding(gfs_handle *g, const char *device,
    int seeding);

/** Optional arguments of gfs_mkfs_btrfs(). */
struct gfs_mkfs_btrfs_options {
    /** Size of this structure: GFS_MKFS_BTRFS_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** Accepted but ignored, because newer btrfs tools dropped it. */
    int64_t allocstart;
    /** Size of the filesystem in bytes, greater than 0; default the whole device. */
    int64_t bytecount;
    /** Profile for data: raid0, raid1, raid10 or single. */
    const char *datatype;
    /** Size of tree leaves in bytes, a power of two. */
    int leafsize;
    /** Label of the filesystem. */
    const char *label;
    /** Profile for metadata: raid0, raid1, raid10 or single. */
    const char *metadata;
    /** Size of tree nodes in bytes, a power of two. */
    int nodesize;
    /** Sector size in bytes, a power of two. */
    int sectorsize;
};
/** Initialises a struct gfs_mkfs_btrfs_options, in which nothing is set. */
#define GFS_MKFS_BTRFS_OPTIONS_INIT \
    { sizeof(struct gfs_mkfs_btrfs_options), GFS_UNSET64, GFS_UNSET64, NULL, GFS_UNSET, NULL, \
      NULL, GFS_UNSET, GFS_UNSET }

/** Creates one btrfs filesystem across the given devices. Destroys what is on them.
 *
 * Upstream: guestfs_mkfs_btrfs(3), since 1.17.25.
 * @param g The handle.
 * @param devices Devices to use, at least one.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (btrfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_mkfs_btrfs(gfs_handle *g, const char *const *devices,
    const struct gfs_mkfs_btrfs_options *options);

/* ---------------------------------------------------------------------------------------------- */
/* Running programs of the guest and installing boot loaders. */
/* ---------------------------------------------------------------------------------------------- */

/** Runs a program of the guest in the mounted guest filesystem and returns what it prints.
 *
 * The guest must be mounted with all it needs, and be a Linux whose processor architecture the
 * appliance can run. A non-zero exit status raises an error with the standard error output as its
 * text.
 *
 * Upstream: guestfs_command(3), since 1.9.1. Transfers at most about 4 MB, the size of a protocol
 * message.
 * @param g The handle.
 * @param arguments Program and its arguments, one element each; not empty and not passed to a
 *        shell. Give a full path unless the program is in /usr/bin or /bin.
 * @param result The standard output. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_command(gfs_handle *g, const char *const *arguments,
    char **result);

/** Runs a program of the guest and returns what it prints as lines.
 *
 * The conditions of command hold.
 *
 * Upstream: guestfs_command_lines(3), since 1.9.1. Transfers at most about 4 MB, the size of a
 * protocol message.
 * @param g The handle.
 * @param arguments Program and its arguments, one element each; not empty and not passed to a
 *        shell. Give a full path unless the program is in /usr/bin or /bin.
 * @param result The lines of the standard output. Ends with NULL. Free it with
 *        gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_command_lines(gfs_handle *g, const char *const *arguments,
    char ***result);

/** Runs a program of the guest and writes what it prints to a file of the host.
 *
 * Use it when the output may exceed the protocol limit of about 4 MB. Output after a zero byte is
 * lost. The conditions of command hold.
 *
 * Upstream: guestfs_command_out(3), since 1.55.6. Reports progress.
 * @param g The handle.
 * @param arguments Program and its arguments, one element each; not empty and not passed to a
 *        shell. Give a full path unless the program is in /usr/bin or /bin.
 * @param output File on the host to write with the standard output; overwritten.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_MISSING_FUNCTION.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_command_out(gfs_handle *g, const char *const *arguments,
    const char *output);

/** Installs the SYSLINUX boot loader on a mounted ext2, ext3, ext4 or btrfs filesystem.
 *
 * The partition must also be made bootable (gfs_part_set_bootable()) and the disk needs a boot
 * record in its first sector, for instance by gfs_pwrite_device().
 *
 * Upstream: guestfs_extlinux(3), since 1.21.27.
 * @param g The handle.
 * @param directory Mount point or a directory below it; extlinux.conf is read from there.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (extlinux).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_extlinux(gfs_handle *g, const char *directory);

/** Installs the old GRUB 1 boot loader on a device. GRUB 2 cannot be installed this way.
 *
 * Uses the grub-install of the appliance, which often does not fit the GRUB of the guest. If it
 * finds no suitable drive, write /boot/grub/device.map with a line such as (hd0) /dev/vda first.
 *
 * Upstream: guestfs_grub_install(3), since 1.0.17.
 * @param g The handle.
 * @param root Guest directory that is the root of the installation.
 * @param device Device that receives the boot loader.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (grub).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_grub_install(gfs_handle *g, const char *root,
    const char *device);

/** Runs a command line with the shell of the guest and returns what it prints.
 *
 * The conditions of command hold.
 *
 * Upstream: guestfs_sh(3), since 1.0.50.
 * @param g The handle.
 * @param command Command line for /bin/sh -c; quote what comes from outside.
 * @param result The standard output. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_sh(gfs_handle *g, const char *command, char **result);

/** Runs a command line with the shell of the guest and returns what it prints as lines.
 *
 * The conditions of command hold.
 *
 * Upstream: guestfs_sh_lines(3), since 1.0.50.
 * @param g The handle.
 * @param command Command line for /bin/sh -c; quote what comes from outside.
 * @param result The lines of the standard output. Ends with NULL. Free it with
 *        gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_sh_lines(gfs_handle *g, const char *command, char ***result);

/** Runs a command line with the shell of the guest and writes what it prints to a file of the host.
 *
 * Use it when the output may exceed the protocol limit of about 4 MB. Output after a zero byte is
 * lost. The conditions of command hold.
 *
 * Upstream: guestfs_sh_out(3), since 1.55.6.
 * @param g The handle.
 * @param command Command line for /bin/sh -c; quote what comes from outside.
 * @param output File on the host to write with the standard output; overwritten.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_MISSING_FUNCTION.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_sh_out(gfs_handle *g, const char *command, const char *output);

/** Optional arguments of gfs_syslinux(). */
struct gfs_syslinux_options {
    /** Size of this structure: GFS_SYSLINUX_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** Directory of the FAT filesystem to install into and to read syslinux.cfg from. Default: its
     * root.
     */
    const char *directory;
};
/** Initialises a struct gfs_syslinux_options, in which nothing is set. */
#define GFS_SYSLINUX_OPTIONS_INIT \
    { sizeof(struct gfs_syslinux_options), NULL }

/** Installs the SYSLINUX boot loader on a FAT filesystem.
 *
 * On a partition: it must be made bootable (gfs_part_set_bootable()) and the disk needs a boot
 * record in its first sector, for instance by gfs_pwrite_device().
 *
 * Upstream: guestfs_syslinux(3), since 1.21.27.
 * @param g The handle.
 * @param device Partition or whole disk that is formatted as FAT.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (syslinux).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_syslinux(gfs_handle *g, const char *device,
    const struct gfs_syslinux_options *options);

/* ---------------------------------------------------------------------------------------------- */
/* Block devices: listing and finding them, sizes and flags, discarding and wiping. */
/* ---------------------------------------------------------------------------------------------- */

/** Discards all blocks of a device and returns the space to the host. Destroys the data on the
 * device.
 *
 * Without support throughout the host it may fail or silently do nothing.
 *
 * Upstream: guestfs_blkdiscard(3), since 1.25.44.
 * @param g The handle.
 * @param device Device whose drive was added with the discard option, see gfs_add_drive().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (blkdiscard).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_blkdiscard(gfs_handle *g, const char *device);

/** Tells whether blocks discarded with blkdiscard are afterwards read as zeroes.
 *
 * Upstream: guestfs_blkdiscardzeroes(3), since 1.25.44.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param result True if they are; false if old or random data may show up. 1 for yes, 0 for no.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (blkdiscardzeroes).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_blkdiscardzeroes(gfs_handle *g, const char *device,
    int *result);

/** Reads the attributes of a block device and of the filesystem or volume on it.
 *
 * Upstream: guestfs_blkid(3), since 1.15.9.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param result Attribute names and values, usually among them UUID, LABEL, VERSION, TYPE and
 *        USAGE; partitions also have PART_ENTRY_* values. Key, value, key, value..., ended by
 *        NULL. Free it with gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_blkid(gfs_handle *g, const char *device, char ***result);

/** Flushes the kernel buffers of a block device.
 *
 * Upstream: guestfs_blockdev_flushbufs(3), since 1.9.3.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_blockdev_flushbufs(gfs_handle *g, const char *device);

/** Gets the kernel block size of a device, which is neither its sector size nor the block size of
 * its filesystem. Of little practical use.
 *
 * Upstream: guestfs_blockdev_getbsz(3), since 1.9.3.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param result Block size in bytes.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_blockdev_getbsz(gfs_handle *g, const char *device,
    int *result);

/** Tells whether a block device is read-only.
 *
 * Upstream: guestfs_blockdev_getro(3), since 1.9.3.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param result True if it is read-only. 1 for yes, 0 for no.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_blockdev_getro(gfs_handle *g, const char *device, int *result);

/** Gets the size of a block device in bytes.
 *
 * Upstream: guestfs_blockdev_getsize64(3), since 1.9.3.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param result Size in bytes.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_blockdev_getsize64(gfs_handle *g, const char *device,
    int64_t *result);

/** Gets the sector size of a block device.
 *
 * Upstream: guestfs_blockdev_getss(3), since 1.9.3.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param result Sector size in bytes: usually 512, on newer disks possibly more.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_blockdev_getss(gfs_handle *g, const char *device, int *result);

/** Gets the size of a block device in units of 512 bytes, whatever its real sector size.
 *
 * gfs_blockdev_getsize64() gives the size in bytes.
 *
 * Upstream: guestfs_blockdev_getsz(3), since 1.9.3.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param result Number of 512-byte units.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_blockdev_getsz(gfs_handle *g, const char *device,
    int64_t *result);

/** Makes the kernel read the partition table of a device again.
 *
 * Upstream: guestfs_blockdev_rereadpt(3), since 1.9.3.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_blockdev_rereadpt(gfs_handle *g, const char *device);

/** Does nothing and never did. The block size of a filesystem is chosen with the blocksize option
 * of mkfs.
 *
 * Upstream: guestfs_blockdev_setbsz(3), since 1.9.3.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param blocksize Ignored.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated By libguestfs, which names no replacement.
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_blockdev_setbsz(gfs_handle *g,
    const char *device, int blocksize);

/** Sets how far the kernel reads ahead on a block device.
 *
 * Upstream: guestfs_blockdev_setra(3), since 1.29.10.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param sectors Read-ahead in sectors of 512 bytes, not negative.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_blockdev_setra(gfs_handle *g, const char *device, int sectors);

/** Makes a block device read-only in the appliance.
 *
 * Upstream: guestfs_blockdev_setro(3), since 1.9.3.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_blockdev_setro(gfs_handle *g, const char *device);

/** Makes a block device writable in the appliance.
 *
 * Upstream: guestfs_blockdev_setrw(3), since 1.9.3.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_blockdev_setrw(gfs_handle *g, const char *device);

/** Converts a device or partition name to its usual form for display, for example /dev/vda1 to
 * /dev/sda1 and /dev/mapper/VG-LV to /dev/VG/LV.
 *
 * Upstream: guestfs_canonical_device_name(3), since 1.19.7.
 * @param g The handle.
 * @param device Device name in any of the spellings libguestfs accepts.
 * @param result The converted name, or the same text if there is nothing to convert. Free it with
 *        gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_canonical_device_name(gfs_handle *g, const char *device,
    char **result);

/** Gets the position of a drive from its device name. Inverse of gfs_device_name().
 *
 * Upstream: guestfs_device_index(3), since 1.19.7.
 * @param g The handle.
 * @param device Whole device such as /dev/sdb; it must exist.
 * @param result 0-based index.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_device_index(gfs_handle *g, const char *device, int *result);

/** Gets the device name of a drive from its position. Inverse of gfs_device_index().
 *
 * Upstream: guestfs_device_name(3), since 1.49.1.
 * @param g The handle.
 * @param index 0-based index of a drive that was added to the handle.
 * @param result Device name, for example /dev/sda for 0. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_MISSING_FUNCTION.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_device_name(gfs_handle *g, int index, char **result);

/** Finds the filesystem that has a given label. Fails if none does.
 *
 * Upstream: guestfs_findfs_label(3), since 1.5.3.
 * @param g The handle.
 * @param label Filesystem label, as gfs_vfs_label() reports it.
 * @param result Device that holds the filesystem. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_findfs_label(gfs_handle *g, const char *label, char **result);

/** Finds the partition that has a given name in its partition table. Fails if none does.
 *
 * Upstream: guestfs_findfs_partlabel(3), since 1.53.5.
 * @param g The handle.
 * @param label Partition name, as blkid reports it in PART_ENTRY_NAME; not the label of the
 *        filesystem.
 * @param result Device of the partition. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_MISSING_FUNCTION.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_findfs_partlabel(gfs_handle *g, const char *label,
    char **result);

/** Finds the partition that has a given UUID in its partition table. Fails if none does.
 *
 * Upstream: guestfs_findfs_partuuid(3), since 1.53.5.
 * @param g The handle.
 * @param uuid Partition UUID, as blkid reports it in PART_ENTRY_UUID; not the UUID of the
 *        filesystem.
 * @param result Device of the partition. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_MISSING_FUNCTION.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_findfs_partuuid(gfs_handle *g, const char *uuid,
    char **result);

/** Finds the filesystem that has a given UUID. Fails if none does.
 *
 * Upstream: guestfs_findfs_uuid(3), since 1.5.3.
 * @param g The handle.
 * @param uuid Filesystem UUID, as gfs_vfs_uuid() reports it.
 * @param result Device that holds the filesystem. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_findfs_uuid(gfs_handle *g, const char *uuid, char **result);

/** Tells whether a device is an entire disk.
 *
 * Upstream: guestfs_is_whole_device(3), since 1.21.9.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param result True for a disk, false for a partition or a logical device such as a logical
 *        volume. 1 for yes, 0 for no.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_is_whole_device(gfs_handle *g, const char *device,
    int *result);

/** Tells whether a device contains nothing but zero bytes. Slow on large devices, which may have to
 * be read completely.
 *
 * Upstream: guestfs_is_zero_device(3), since 1.11.8.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param result True if every byte is zero. 1 for yes, 0 for no.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_is_zero_device(gfs_handle *g, const char *device, int *result);

/** Always fails: 9p filesystems are no longer supported.
 *
 * Upstream: guestfs_list_9p(3), since 1.11.12.
 * @param g The handle.
 * @param result Nothing, since the call fails. Ends with NULL. Free it with
 *        gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated By libguestfs, which names no replacement.
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_list_9p(gfs_handle *g, char ***result);

/** Lists the whole block devices of the appliance, which are the drives that were added. Partitions
 * and MD arrays are not included.
 *
 * Upstream: guestfs_list_devices(3), since 0.0.4.
 * @param g The handle.
 * @param result Device names such as /dev/sda. Ends with NULL. Free it with
 *        gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_list_devices(gfs_handle *g, char ***result);

/** Maps the labels given to drives with the label option of gfs_add_drive() to their devices.
 *
 * The labels come without the /dev/disk/guestfs/ prefix.
 *
 * Upstream: guestfs_list_disk_labels(3), since 1.19.49.
 * @param g The handle.
 * @param result Label to device, for example /dev/sda; partitions of labelled drives are included.
 *        Empty if no drive has a label. Key, value, key, value..., ended by NULL. Free it with
 *        gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_list_disk_labels(gfs_handle *g, char ***result);

/** Lists device mapper devices, for example encrypted devices opened with gfs_luks_open(). Logical
 * volumes are not included; see lvs.
 *
 * Upstream: guestfs_list_dm_devices(3), since 1.11.15.
 * @param g The handle.
 * @param result Device names below /dev/mapper. Ends with NULL. Free it with
 *        gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_list_dm_devices(gfs_handle *g, char ***result);

/** Searches all disks, partitions and volumes for filesystems and tells their types.
 *
 * Not every entry can be mounted, and entries may belong to different operating systems. A key may
 * be an opaque string for mount where a device name is not enough.
 *
 * Upstream: guestfs_list_filesystems(3), since 1.5.15.
 * @param g The handle.
 * @param result Mountable to filesystem type, such as ext4. swap is swap space; unknown means
 *        empty or not recognized. Key, value, key, value..., ended by NULL. Free it with
 *        gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_list_filesystems(gfs_handle *g, char ***result);

/** Lists the partitions of all block devices. Logical volumes are not included; see lvs.
 *
 * Upstream: guestfs_list_partitions(3), since 0.0.4.
 * @param g The handle.
 * @param result Partition device names such as /dev/sda1. Ends with NULL. Free it with
 *        gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_list_partitions(gfs_handle *g, char ***result);

/** Counts the whole block devices of the appliance.
 *
 * Upstream: guestfs_nr_devices(3), since 1.19.15.
 * @param g The handle.
 * @param result Number of entries that gfs_list_devices() gives.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_nr_devices(gfs_handle *g, int *result);

/** Overwrites a whole device with patterns so that its data is hard to recover. Destroys the data
 * on the device.
 *
 * Upstream: guestfs_scrub_device(3), since 1.0.52.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (scrub).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_scrub_device(gfs_handle *g, const char *device);

/** Erases the filesystem and RAID signatures of a device, so that it is no longer recognized. The
 * remaining data stays on the device.
 *
 * gfs_zero_device() erases everything.
 *
 * Upstream: guestfs_wipefs(3), since 1.17.6.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (wipefs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_wipefs(gfs_handle *g, const char *device);

/** Fills a whole device with zeroes, destroying all data on it. Blocks that already are zero are
 * not rewritten, so sparse images stay sparse.
 *
 * zero only clears the start of a device. Can report progress events.
 *
 * Upstream: guestfs_zero_device(3), since 1.3.1. Reports progress.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_zero_device(gfs_handle *g, const char *device);

/* ---------------------------------------------------------------------------------------------- */
/* Directories and links: listing, creating, resolving. */
/* ---------------------------------------------------------------------------------------------- */

/** Finds the true upper and lower case of a guest path, as needed for names from the Windows
 * registry.
 *
 * A missing parent is an error. The result does not prove that the path exists.
 *
 * Upstream: guestfs_case_sensitive_path(3), since 1.0.75.
 * @param g The handle.
 * @param path Absolute path with forward slashes; drive letters and backslashes are not handled.
 * @param result The path as spelled on disk. Only its last element may be missing; it is then
 *        returned as given. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_case_sensitive_path(gfs_handle *g, const char *path,
    char **result);

/** Creates many empty files in a guest directory, as test data.
 *
 * Upstream: guestfs_fill_dir(3), since 1.19.32.
 * @param g The handle.
 * @param dir Existing directory.
 * @param nr Number of files; their names are 8 digits, counting up from 00000000.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_fill_dir(gfs_handle *g, const char *dir, int nr);

/** Lists a guest directory in the style of ls -la.
 *
 * Programs use readdir or ls with lstatnslist.
 *
 * Upstream: guestfs_ll(3), since 0.0.4.
 * @param g The handle.
 * @param directory Absolute path; there is no current directory.
 * @param result The listing, for people to read; it is not meant for parsing. Free it with
 *        gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_ll(gfs_handle *g, const char *directory, char **result);

/** Lists a guest directory in the style of ls -laZ, with SELinux labels.
 *
 * Upstream: guestfs_llz(3), since 1.17.6.
 * @param g The handle.
 * @param directory Absolute path in the guest.
 * @param result The listing, for people to read; it is not meant for parsing. Free it with
 *        gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_lgetxattrs().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_llz(gfs_handle *g, const char *directory,
    char **result);

/** Creates a hard link in the guest.
 *
 * Upstream: guestfs_ln(3), since 1.0.66.
 * @param g The handle.
 * @param target Existing file, as an absolute path.
 * @param linkname Path to create; must not exist.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_ln(gfs_handle *g, const char *target, const char *linkname);

/** Creates a hard link in the guest, replacing a file of that name.
 *
 * Upstream: guestfs_ln_f(3), since 1.0.66.
 * @param g The handle.
 * @param target Existing file, as an absolute path.
 * @param linkname Path to create; deleted first if it exists.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_ln_f(gfs_handle *g, const char *target, const char *linkname);

/** Creates a symbolic link in the guest.
 *
 * If linkname is an existing directory, the link is created inside it.
 *
 * Upstream: guestfs_ln_s(3), since 1.0.66.
 * @param g The handle.
 * @param target Text stored in the link, as is; it need not exist.
 * @param linkname Path to create.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_ln_s(gfs_handle *g, const char *target, const char *linkname);

/** Creates a symbolic link in the guest, replacing a file or link of that name.
 *
 * If linkname is an existing directory, the link is created inside it.
 *
 * Upstream: guestfs_ln_sf(3), since 1.0.66.
 * @param g The handle.
 * @param target Text stored in the link, as is; it need not exist.
 * @param linkname Path to create; an existing file is removed.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_ln_sf(gfs_handle *g, const char *target, const char *linkname);

/** Lists the names in a guest directory.
 *
 * Upstream: guestfs_ls(3), since 0.0.4.
 * @param g The handle.
 * @param directory Absolute path; there is no current directory.
 * @param result The names, sorted, hidden ones included, without . and ... Ends with NULL. Free it
 *        with gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_ls(gfs_handle *g, const char *directory, char ***result);

/** Lists the names in a guest directory into a file of the host.
 *
 * Upstream: guestfs_ls0(3), since 1.19.32.
 * @param g The handle.
 * @param dir Absolute path in the guest.
 * @param filenames File on the host to write, overwritten. Each name is followed by a zero byte; .
 *        and .. are left out and nothing is sorted.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_ls0(gfs_handle *g, const char *dir, const char *filenames);

/** Creates one guest directory. It is an error if the parent is missing or the path exists.
 *
 * Upstream: guestfs_mkdir(3), since 0.0.8.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_mkdir(gfs_handle *g, const char *path);

/** Creates one guest directory with given permissions.
 *
 * Filesystems not native to Linux may treat the mode differently. See umask.
 *
 * Upstream: guestfs_mkdir_mode(3), since 1.0.77.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param mode Permission bits; those of the umask are cleared. C# has no octal literals: octal
 *        0755 is 0x1ED.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_mkdir_mode(gfs_handle *g, const char *path, int mode);

/** Creates a guest directory and any missing parents. An existing directory is fine.
 *
 * Upstream: guestfs_mkdir_p(3), since 0.0.8.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_mkdir_p(gfs_handle *g, const char *path);

/** Creates a temporary guest directory with a unique name, owned by root, with mode 0700.
 *
 * It is not removed automatically.
 *
 * Upstream: guestfs_mkdtemp(3), since 1.0.54.
 * @param g The handle.
 * @param tmpl Path whose last six characters are XXXXXX, for example /tmp/appXXXXXX.
 * @param result The path of the new directory. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_mkdtemp(gfs_handle *g, const char *tmpl, char **result);

/** Lists a guest directory with the kind of each entry.
 *
 * An error midway, as a damaged filesystem gives, ends the list as if it were whole (seen in
 * libguestfs 1.48); ls fails there.
 *
 * Upstream: guestfs_readdir(3), since 1.0.55. Reports progress.
 * @param g The handle.
 * @param dir Absolute path in the guest.
 * @param result The entries, . and .. included, in the order of the filesystem. The field ftyp is
 *        r file, d directory, l link, b block, c character, f FIFO, s socket, u unknown or ?
 *        unexpected. Free it with gfs_dirent_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_readdir(gfs_handle *g, const char *dir,
    struct gfs_dirent_list **result);

/** Reads the target of a guest symbolic link.
 *
 * Upstream: guestfs_readlink(3), since 1.0.66.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param result The target as stored in the link, absolute or relative. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_readlink(gfs_handle *g, const char *path, char **result);

/** Reads the targets of many symbolic links of one guest directory in one go.
 *
 * Upstream: guestfs_readlinklist(3), since 1.0.77.
 * @param g The handle.
 * @param path The directory.
 * @param names File names inside it, without slashes; they need not be links.
 * @param result One target for each name, in the same order; empty where the name is not a
 *        readable link. Ends with NULL. Free it with gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_readlinklist(gfs_handle *g, const char *path,
    const char *const *names, char ***result);

/** Resolves a guest path to an absolute one without ., .. and symbolic links.
 *
 * Upstream: guestfs_realpath(3), since 1.0.66.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param result The resolved path. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_realpath(gfs_handle *g, const char *path, char **result);

/** Removes one empty guest directory.
 *
 * gfs_rm_rf() removes one with contents.
 *
 * Upstream: guestfs_rmdir(3), since 0.0.8.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_rmdir(gfs_handle *g, const char *path);

/* ---------------------------------------------------------------------------------------------- */
/* Disk images and drives: adding them to the handle, creating and probing image files, libvirt domains and credentials. */
/* ---------------------------------------------------------------------------------------------- */

/** Adds a CD-ROM image as a read-only drive. Same as gfs_add_drive_ro().
 *
 * Must be called before gfs_launch().
 *
 * Upstream: guestfs_add_cdrom(3), since 0.0.3.
 * @param g The handle.
 * @param filename Image file on the host.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_add_drive_ro().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_add_cdrom(gfs_handle *g, const char *filename);

/** Optional arguments of gfs_add_domain(). */
struct gfs_add_domain_options {
    /** Size of this structure: GFS_ADD_DOMAIN_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** Libvirt connection URI; without it libvirt picks its own default. */
    const char *libvirturi;
    /** When true, all disks are opened read-only and the domain may be running. Default false:
     * write access, refused unless the domain is shut off.
     */
    int readonly;
    /** Disk interface to emulate; has no effect in current versions. */
    const char *iface;
    /** Live access to a running guest, which libguestfs 1.48 removed; leave it out. */
    int live;
    /** When true, dom is tried as a UUID before it is tried as a name. Default false. */
    int allowuuid;
    /** Treatment of disks that the domain XML marks \<readonly/>: error fails unless readonly is
     * set, read adds them read-only, write (the default) adds them writable unless readonly is
     * set, ignore leaves them out.
     */
    const char *readonlydisk;
    /** writeback (the default) honours flush requests; unsafe ignores them and suits only
     * disposable disks.
     */
    const char *cachemode;
    /** disable (the default), enable (an error when the disk cannot discard) or besteffort (used
     * where possible).
     */
    const char *discard;
    /** When true, data read through a backing file is kept in the overlay, so reading it again is
     * faster. Default false.
     */
    int copyonread;
};
/** Initialises a struct gfs_add_domain_options, in which nothing is set. */
#define GFS_ADD_DOMAIN_OPTIONS_INIT \
    { sizeof(struct gfs_add_domain_options), NULL, GFS_UNSET, NULL, GFS_UNSET, GFS_UNSET, NULL, \
      NULL, NULL, GFS_UNSET }

/** Adds every disk of a libvirt domain, looked up by name, to the handle. All disks are added or,
 * on failure, none.
 *
 * Must be called before gfs_launch(). Disks of a remote libvirt host work only if their paths also
 * exist on the local machine.
 *
 * Upstream: guestfs_add_domain(3), since 1.7.4.
 * @param g The handle.
 * @param dom Domain name, or its UUID when allowuuid is true.
 * @param options Optional arguments, or NULL for none.
 * @param result Number of disks added.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_add_domain(gfs_handle *g, const char *dom,
    const struct gfs_add_domain_options *options, int *result);

/** Optional arguments of gfs_add_drive(). */
struct gfs_add_drive_options {
    /** Size of this structure: GFS_ADD_DRIVE_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** When true, the image itself is never modified: writes land in a temporary overlay that is
     * thrown away. Default false.
     */
    int readonly;
    /** Image format such as raw or qcow2. Detected when omitted, which is unsafe for untrusted raw
     * images.
     */
    const char *format;
    /** Disk interface to emulate; has no effect in current versions. */
    const char *iface;
    /** Former hint for inspection; unused. */
    const char *name;
    /** Short unique name of ASCII letters only; the drive can then also be reached as
     * /dev/disk/guestfs/LABEL.
     */
    const char *label;
    /** How to reach the image: file (the default), ftp, ftps, http, https, iscsi, nbd, rbd or ssh.
     * Versions before 1.54 also know gluster, sheepdog and tftp.
     */
    const char *protocol;
    /** Servers written as host, host:port, tcp:host, tcp:host:port or unix:/path/to/socket. None
     * for file, any number for rbd and sheepdog, exactly one otherwise.
     */
    const char *const *server;
    /** Account on the remote server, not allowed with file. By default ssh takes the local user
     * name and rbd does not authenticate.
     */
    const char *username;
    /** Base64-encoded authentication secret for rbd. */
    const char *secret;
    /** writeback (the default) honours flush requests; unsafe ignores them and suits only
     * disposable disks.
     */
    const char *cachemode;
    /** disable (the default), enable (an error when the disk cannot discard) or besteffort (used
     * where possible). Discard is what lets fstrim shrink the host file.
     */
    const char *discard;
    /** When true, data read through a backing file is kept in the overlay, so reading it again is
     * faster. Default false.
     */
    int copyonread;
    /** Sector size of the disk in bytes: 512 (the default) or 4096. Supported by the direct and
     * libvirt backends.
     */
    int blocksize;
};
/** Initialises a struct gfs_add_drive_options, in which nothing is set. */
#define GFS_ADD_DRIVE_OPTIONS_INIT \
    { sizeof(struct gfs_add_drive_options), GFS_UNSET, NULL, NULL, NULL, NULL, NULL, NULL, NULL, \
      NULL, NULL, NULL, GFS_UNSET, GFS_UNSET }

/** Adds a disk image or host block device as the next drive of the appliance: /dev/sda, then
 * /dev/sdb, and so on. Must be called before gfs_launch().
 *
 * For untrusted images always pass format. enable for discard cannot be combined with readonly.
 *
 * Upstream: guestfs_add_drive(3), since 0.0.3.
 * @param g The handle.
 * @param filename Path on the host, which must exist; /dev/null adds an empty placeholder disk.
 *        With a network protocol it names the export or remote path.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_add_drive(gfs_handle *g, const char *filename,
    const struct gfs_add_drive_options *options);

/** Adds a disk image read-only, with its format detected automatically. Writes go to a temporary
 * overlay and never reach the image.
 *
 * Must be called before gfs_launch(). For untrusted raw images use gfs_add_drive() with readonly
 * and an explicit format.
 *
 * Upstream: guestfs_add_drive_ro(3), since 1.0.38.
 * @param g The handle.
 * @param filename Disk image or block device on the host.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_add_drive_ro(gfs_handle *g, const char *filename);

/** Adds a disk image read-only, naming the disk interface to emulate.
 *
 * Must be called before gfs_launch().
 *
 * Upstream: guestfs_add_drive_ro_with_if(3), since 1.0.84.
 * @param g The handle.
 * @param filename Disk image or block device on the host.
 * @param iface Disk interface for QEMU to emulate; has no effect in current versions.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_add_drive().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_add_drive_ro_with_if(gfs_handle *g,
    const char *filename, const char *iface);

/** Optional arguments of gfs_add_drive_scratch(). */
struct gfs_add_drive_scratch_options {
    /** Size of this structure: GFS_ADD_DRIVE_SCRATCH_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** Former hint for inspection; unused. */
    const char *name;
    /** Short unique name of ASCII letters only; the disk can then also be reached as
     * /dev/disk/guestfs/LABEL.
     */
    const char *label;
    /** Sector size in bytes: 512 (the default) or 4096. */
    int blocksize;
};
/** Initialises a struct gfs_add_drive_scratch_options, in which nothing is set. */
#define GFS_ADD_DRIVE_SCRATCH_OPTIONS_INIT \
    { sizeof(struct gfs_add_drive_scratch_options), NULL, NULL, GFS_UNSET }

/** Adds a blank temporary disk that reads as zeroes. Its contents are lost when the handle is
 * closed.
 *
 * Must be called before gfs_launch(). The backing file is a raw image in the temporary directory
 * of the handle, see gfs_set_tmpdir().
 *
 * Upstream: guestfs_add_drive_scratch(3), since 1.23.10.
 * @param g The handle.
 * @param size Virtual size in bytes.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_add_drive_scratch(gfs_handle *g, int64_t size,
    const struct gfs_add_drive_scratch_options *options);

/** Adds a disk image with write access, naming the disk interface to emulate.
 *
 * Must be called before gfs_launch().
 *
 * Upstream: guestfs_add_drive_with_if(3), since 1.0.84.
 * @param g The handle.
 * @param filename Disk image or block device on the host.
 * @param iface Disk interface for QEMU to emulate; has no effect in current versions.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_add_drive().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_add_drive_with_if(gfs_handle *g,
    const char *filename, const char *iface);

/** Optional arguments of gfs_add_libvirt_dom(). */
struct gfs_add_libvirt_dom_options {
    /** Size of this structure: GFS_ADD_LIBVIRT_DOM_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** When true, all disks are opened read-only and the domain may be running. Default false:
     * write access, refused unless the domain is shut off.
     */
    int readonly;
    /** Disk interface to emulate; has no effect in current versions. */
    const char *iface;
    /** Live access to a running guest, which libguestfs 1.48 removed; leave it out. */
    int live;
    /** Treatment of disks that the domain XML marks \<readonly/>: error, read, write (the default)
     * or ignore, with the meaning described at gfs_add_domain().
     */
    const char *readonlydisk;
    /** writeback (the default) honours flush requests; unsafe ignores them and suits only
     * disposable disks.
     */
    const char *cachemode;
    /** disable (the default), enable (an error when the disk cannot discard) or besteffort (used
     * where possible).
     */
    const char *discard;
    /** When true, data read through a backing file is kept in the overlay, so reading it again is
     * faster. Default false.
     */
    int copyonread;
};
/** Initialises a struct gfs_add_libvirt_dom_options, in which nothing is set. */
#define GFS_ADD_LIBVIRT_DOM_OPTIONS_INIT \
    { sizeof(struct gfs_add_libvirt_dom_options), GFS_UNSET, NULL, GFS_UNSET, NULL, NULL, NULL, \
      GFS_UNSET }

/** Adds every disk of a libvirt domain, given as a native libvirt object, to the handle. All disks
 * are added or, on failure, none.
 *
 * Must be called before gfs_launch(). gfs_add_domain() does the same from a domain name.
 *
 * Upstream: guestfs_add_libvirt_dom(3), since 1.29.14.
 * @param g The handle.
 * @param dom Native virDomainPtr obtained from libvirt.
 * @param options Optional arguments, or NULL for none.
 * @param result Number of disks added.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_add_libvirt_dom(gfs_handle *g, void *dom,
    const struct gfs_add_libvirt_dom_options *options, int *result);

/** Adds a raw parameter to the hypervisor command line. Must be called before gfs_launch().
 *
 * Parameters that libguestfs relies on itself, such as -kernel, -initrd or -serial, are refused.
 *
 * Upstream: guestfs_config(3), since 0.0.3.
 * @param g The handle.
 * @param hvparam Parameter name including its leading dash.
 * @param hvvalue Value of the parameter, or null for one that takes no value.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_config(gfs_handle *g, const char *hvparam,
    const char *hvvalue);

/** Optional arguments of gfs_disk_create(). */
struct gfs_disk_create_options {
    /** Size of this structure: GFS_DISK_CREATE_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** Existing image to build a snapshot on, qcow2 only; the new image takes over its size. */
    const char *backingfile;
    /** Format of the backing file. Recommended whenever backingfile is set. */
    const char *backingformat;
    /** off or sparse (the default), full, and for qcow2 also metadata. */
    const char *preallocation;
    /** qcow2 only: 1.1 selects the newer variant of the format, which needs QEMU 1.1 or later. */
    const char *compat;
    /** qcow2 only: cluster size in bytes, a power of two from 512 to 2097152. Default 65536. */
    int clustersize;
};
/** Initialises a struct gfs_disk_create_options, in which nothing is set. */
#define GFS_DISK_CREATE_OPTIONS_INIT \
    { sizeof(struct gfs_disk_create_options), NULL, NULL, NULL, NULL, GFS_UNSET }

/** Creates an empty disk image on the host, overwriting an existing file. The image is not added to
 * the handle; call gfs_add_drive() for that.
 *
 * Works without gfs_launch().
 *
 * Upstream: guestfs_disk_create(3), since 1.25.31.
 * @param g The handle.
 * @param filename Image file on the host. An existing block device is formatted in place.
 * @param format raw or qcow2.
 * @param size Virtual size in bytes, or -1 when backingfile is given. Ignored for block devices.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_disk_create(gfs_handle *g, const char *filename,
    const char *format, int64_t size, const struct gfs_disk_create_options *options);

/** Detects the format of a disk image on the host. Works without gfs_launch().
 *
 * The answer is not trustworthy for images from untrusted sources: a raw disk can pose as another
 * format.
 *
 * Upstream: guestfs_disk_format(3), since 1.19.38.
 * @param g The handle.
 * @param filename Image file or block device on the host.
 * @param result Format such as raw or qcow2, or unknown when it cannot be determined. Free it with
 *        gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_disk_format(gfs_handle *g, const char *filename,
    char **result);

/** Tells whether a disk image on the host is an overlay over another file. Works without
 * gfs_launch().
 *
 * Probing images from untrusted sources is a security risk.
 *
 * Upstream: guestfs_disk_has_backing_file(3), since 1.19.39.
 * @param g The handle.
 * @param filename Image file or block device on the host.
 * @param result True if the image has a backing file. 1 for yes, 0 for no.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_disk_has_backing_file(gfs_handle *g, const char *filename,
    int *result);

/** Reads how large a disk image on the host appears to a guest. Works without gfs_launch().
 *
 * Probing images from untrusted sources is a security risk.
 *
 * Upstream: guestfs_disk_virtual_size(3), since 1.19.39.
 * @param g The handle.
 * @param filename Image file or block device on the host.
 * @param result Virtual size in bytes.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_disk_virtual_size(gfs_handle *g, const char *filename,
    int64_t *result);

/** Gets the challenge that accompanies a credential request of libvirt. Valid only inside the
 * libvirt authentication event handler.
 *
 * Upstream: guestfs_get_libvirt_requested_credential_challenge(3), since 1.19.52.
 * @param g The handle.
 * @param index 0-based position in the list of gfs_get_libvirt_requested_credentials().
 * @param result The challenge, or an empty string if there is none. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_get_libvirt_requested_credential_challenge(gfs_handle *g,
    int index, char **result);

/** Gets the default answer that libvirt proposes for a requested credential. Valid only inside the
 * libvirt authentication event handler.
 *
 * Upstream: guestfs_get_libvirt_requested_credential_defresult(3), since 1.19.52.
 * @param g The handle.
 * @param index 0-based position in the list of gfs_get_libvirt_requested_credentials().
 * @param result The proposed answer, or an empty string if there is none. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_get_libvirt_requested_credential_defresult(gfs_handle *g,
    int index, char **result);

/** Gets the prompt to show to the user for a requested credential. Valid only inside the libvirt
 * authentication event handler.
 *
 * Upstream: guestfs_get_libvirt_requested_credential_prompt(3), since 1.19.52.
 * @param g The handle.
 * @param index 0-based position in the list of gfs_get_libvirt_requested_credentials().
 * @param result The prompt, or an empty string if there is none. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_get_libvirt_requested_credential_prompt(gfs_handle *g,
    int index, char **result);

/** Lists the credentials libvirt requests. Valid only inside the libvirt authentication event
 * handler.
 *
 * Upstream: guestfs_get_libvirt_requested_credentials(3), since 1.19.52.
 * @param g The handle.
 * @param result Credential types, each one of those announced with
 *        gfs_set_libvirt_supported_credentials(). Ends with NULL. Free it with
 *        gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_get_libvirt_requested_credentials(gfs_handle *g,
    char ***result);

/** Gets how many disks a handle can hold with the current backend.
 *
 * Fails with backends that do not report a limit.
 *
 * Upstream: guestfs_max_disks(3), since 1.19.7.
 * @param g The handle.
 * @param result Largest number of disks, for example 255.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_max_disks(gfs_handle *g, int *result);

/** Always fails: removing drives from a running appliance is no longer supported.
 *
 * Upstream: guestfs_remove_drive(3), since 1.19.49.
 * @param g The handle.
 * @param label Label that the drive was added with.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated By libguestfs, which names no replacement.
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_remove_drive(gfs_handle *g, const char *label);

/** Answers a credential request of libvirt. Valid only inside the libvirt authentication event
 * handler.
 *
 * Upstream: guestfs_set_libvirt_requested_credential(3), since 1.19.52.
 * @param g The handle.
 * @param index 0-based position in the list of gfs_get_libvirt_requested_credentials().
 * @param cred Bytes of the answer, such as the user name or passphrase.
 * @param cred_size Length of cred in bytes; where it is 0, cred may be NULL.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_set_libvirt_requested_credential(gfs_handle *g, int index,
    const char *cred, size_t cred_size);

/** Declares which kinds of credentials the program can supply when libvirt asks. Call it before
 * registering the libvirt authentication event handler.
 *
 * Upstream: guestfs_set_libvirt_supported_credentials(3), since 1.19.52.
 * @param g The handle.
 * @param creds At least one of passphrase, authname, username, realm, echoprompt, noechoprompt,
 *        language, cnonce and external.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_set_libvirt_supported_credentials(gfs_handle *g,
    const char *const *creds);

/* ---------------------------------------------------------------------------------------------- */
/* Encrypted volumes: LUKS and BitLocker devices, their keys and their decrypted mappings. */
/* ---------------------------------------------------------------------------------------------- */

/** Unlocks a LUKS device without a key, using Clevis and the Tang servers it is bound to, and
 * creates /dev/mapper/NAME for the clear data.
 *
 * The appliance needs network access, so enable it with gfs_set_network() before launch. TPM2 pins
 * do not work. Close the mapping with gfs_cryptsetup_close().
 *
 * Upstream: guestfs_clevis_luks_unlock(3), since 1.49.3.
 * @param g The handle.
 * @param device Encrypted device or partition.
 * @param mapname Name of the mapping to create as /dev/mapper/NAME; it must not exist yet and
 *        cannot be control.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (clevisluks), GFS_ERR_MISSING_FUNCTION.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_clevis_luks_unlock(gfs_handle *g, const char *device,
    const char *mapname);

/** Closes a decrypted mapping that gfs_cryptsetup_open() or gfs_clevis_luks_unlock() made.
 *
 * Upstream: guestfs_cryptsetup_close(3), since 1.43.2.
 * @param g The handle.
 * @param device The mapping, /dev/mapper/NAME, not the encrypted device under it.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (luks), GFS_ERR_MISSING_FUNCTION.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_API gfs_status gfs_cryptsetup_close(gfs_handle *g, const char *device);

/** Optional arguments of gfs_cryptsetup_open(). */
struct gfs_cryptsetup_open_options {
    /** Size of this structure: GFS_CRYPTSETUP_OPEN_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** True makes the mapping read-only. Default false. */
    int readonly;
    /** Encryption type, luks or bitlk (BitLocker). Detected from the device if omitted. */
    const char *crypttype;
    /** Cipher to use, handed to cryptsetup --cipher. Since libguestfs 1.53.3. */
    const char *cipher;
};
/** Initialises a struct gfs_cryptsetup_open_options, in which nothing is set. */
#define GFS_CRYPTSETUP_OPEN_OPTIONS_INIT \
    { sizeof(struct gfs_cryptsetup_open_options), GFS_UNSET, NULL, NULL }

/** Opens an encrypted device (LUKS, BitLocker and others) and creates /dev/mapper/NAME, through
 * which the clear data is read and written.
 *
 * If the volume holds LVM, call gfs_lvm_scan() with activate true afterwards to see it. Mappings
 * are listed by gfs_list_dm_devices().
 *
 * Upstream: guestfs_cryptsetup_open(3), since 1.43.2.
 * @param g The handle.
 * @param device Encrypted device or partition.
 * @param key Any key or passphrase that opens the device.
 * @param mapname Name of the mapping to create as /dev/mapper/NAME; it must not exist yet and
 *        cannot be control.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (luks), GFS_ERR_MISSING_FUNCTION.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_cryptsetup_open(gfs_handle *g, const char *device,
    const char *key, const char *mapname, const struct gfs_cryptsetup_open_options *options);

/** Adds a key to a LUKS device.
 *
 * A slot in use makes the call fail; empty it with gfs_luks_kill_slot() beforehand.
 *
 * Upstream: guestfs_luks_add_key(3), since 1.5.2.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param key A key that already opens the device.
 * @param newkey The key to add.
 * @param keyslot Number of the slot for the new key, which must be free.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (luks).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_luks_add_key(gfs_handle *g, const char *device,
    const char *key, const char *newkey, int keyslot);

/** Closes a LUKS mapping made by gfs_luks_open() or gfs_luks_open_ro().
 *
 * Upstream: guestfs_luks_close(3), since 1.5.1.
 * @param g The handle.
 * @param device The mapping, /dev/mapper/NAME, not the encrypted device under it.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (luks).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_cryptsetup_close().
 */
GFS_DEPRECATED GFS_API gfs_status gfs_luks_close(gfs_handle *g, const char *device);

/** Formats a device as an encrypted LUKS volume. All data on it is lost.
 *
 * Open the new volume with gfs_cryptsetup_open() before you put a filesystem on it.
 *
 * Upstream: guestfs_luks_format(3), since 1.5.2.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param key First key of the volume.
 * @param keyslot Slot that receives the key; 0 to 7 works on every LUKS version.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (luks).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_luks_format(gfs_handle *g, const char *device,
    const char *key, int keyslot);

/** Formats a device as an encrypted LUKS volume with a chosen cipher. All data on it is lost.
 *
 * Upstream: guestfs_luks_format_cipher(3), since 1.5.2.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param key First key of the volume.
 * @param keyslot Slot that receives the key; 0 to 7 works on every LUKS version.
 * @param cipher Cipher name as cryptsetup(8) takes it, for example aes-xts-plain64.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (luks).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_luks_format_cipher(gfs_handle *g, const char *device,
    const char *key, int keyslot, const char *cipher);

/** Removes the key in one slot of a LUKS device.
 *
 * Upstream: guestfs_luks_kill_slot(3), since 1.5.2.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param key A key from a different slot, as proof of access.
 * @param keyslot Number of the slot to empty.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (luks).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_luks_kill_slot(gfs_handle *g, const char *device,
    const char *key, int keyslot);

/** Opens a LUKS device and creates /dev/mapper/NAME, through which the clear data is read and
 * written.
 *
 * If the volume holds LVM, call gfs_lvm_scan() with activate true afterwards to see it.
 *
 * Upstream: guestfs_luks_open(3), since 1.5.1.
 * @param g The handle.
 * @param device Encrypted device or partition.
 * @param key Any key or passphrase that opens the device.
 * @param mapname Name of the mapping to create as /dev/mapper/NAME; it must not exist yet and
 *        cannot be control.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (luks).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_cryptsetup_open().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_luks_open(gfs_handle *g, const char *device,
    const char *key, const char *mapname);

/** Opens a LUKS device for reading only and creates /dev/mapper/NAME for the clear data.
 *
 * If the volume holds LVM, call gfs_lvm_scan() with activate true afterwards to see it.
 *
 * Upstream: guestfs_luks_open_ro(3), since 1.5.1.
 * @param g The handle.
 * @param device Encrypted device or partition.
 * @param key Any key or passphrase that opens the device.
 * @param mapname Name of the mapping to create as /dev/mapper/NAME; it must not exist yet and
 *        cannot be control.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (luks).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_cryptsetup_open().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_luks_open_ro(gfs_handle *g, const char *device,
    const char *key, const char *mapname);

/** Reads the UUID from the header of a LUKS device; no key is needed.
 *
 * Upstream: guestfs_luks_uuid(3), since 1.41.9.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param result The UUID. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (luks), GFS_ERR_MISSING_FUNCTION.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_luks_uuid(gfs_handle *g, const char *device, char **result);

/* ---------------------------------------------------------------------------------------------- */
/* Ext2, ext3 and ext4: creating, checking, resizing and tuning filesystems, and the attribute flags of their files. */
/* ---------------------------------------------------------------------------------------------- */

/** Optional arguments of gfs_e2fsck(). */
struct gfs_e2fsck_options {
    /** Size of this structure: GFS_E2FSCK_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** Repairs without asking whatever can be repaired safely (e2fsck -p). Default false. */
    int correct;
    /** Answers yes to every question and so makes every repair offered (e2fsck -y). Default false.
     */
    int forceall;
    /** Opens the filesystem read-only and answers no to every question (e2fsck -n). Default false.
     * Since libguestfs 1.55.13.
     */
    int forceno;
};
/** Initialises a struct gfs_e2fsck_options, in which nothing is set. */
#define GFS_E2FSCK_OPTIONS_INIT \
    { sizeof(struct gfs_e2fsck_options), GFS_UNSET, GFS_UNSET, GFS_UNSET }

/** Checks an ext2, ext3 or ext4 filesystem with e2fsck, even when it is marked clean. The
 * filesystem should not be mounted.
 *
 * At most one of the three options may be true. Errors left uncorrected make the call fail, as
 * does the rare result that a reboot is needed.
 *
 * Upstream: guestfs_e2fsck(3), since 1.15.17.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_e2fsck(gfs_handle *g, const char *device,
    const struct gfs_e2fsck_options *options);

/** Checks an ext2, ext3 or ext4 filesystem even if it looks clean, repairing what is safe to
 * repair.
 *
 * Same as e2fsck with correct set.
 *
 * Upstream: guestfs_e2fsck_f(3), since 1.0.29.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_e2fsck().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_e2fsck_f(gfs_handle *g, const char *device);

/** Reads the ext2/3/4 attribute flags of a file, as lsattr shows them. These are not the extended
 * attributes of getxattrs.
 *
 * The letters are those of chattr(1). Filesystems without such flags give an error.
 *
 * Upstream: guestfs_get_e2attrs(3), since 1.17.31.
 * @param g The handle.
 * @param file Absolute path in the guest.
 * @param result One letter per flag that is set, sorted, for example e (extents), i (immutable) or
 *        a (append only); empty when none is set. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_get_e2attrs(gfs_handle *g, const char *file, char **result);

/** Reads the inode generation number of a file, a value used mainly by NFS servers.
 *
 * Works only on ext2, ext3 and ext4; other filesystem types give an error.
 *
 * Upstream: guestfs_get_e2generation(3), since 1.17.31.
 * @param g The handle.
 * @param file Absolute path in the guest.
 * @param result The generation, never negative.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_get_e2generation(gfs_handle *g, const char *file,
    int64_t *result);

/** Reads the label of an ext2, ext3 or ext4 filesystem.
 *
 * Upstream: guestfs_get_e2label(3), since 1.0.15.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param result The label. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_vfs_label().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_get_e2label(gfs_handle *g, const char *device,
    char **result);

/** Reads the UUID of an ext2, ext3 or ext4 filesystem.
 *
 * Upstream: guestfs_get_e2uuid(3), since 1.0.15.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param result The UUID. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_vfs_uuid().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_get_e2uuid(gfs_handle *g, const char *device,
    char **result);

/** Optional arguments of gfs_mke2fs(). */
struct gfs_mke2fs_options {
    /** Size of this structure: GFS_MKE2FS_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** Size of the filesystem in blocks; by default it fills the device. */
    int64_t blockscount;
    /** Block size in bytes, a power of two such as 1024 or 4096; chosen by mke2fs if omitted. */
    int64_t blocksize;
    /** Fragment size in bytes. Leave it unset: current mke2fs programs reject it. */
    int64_t fragsize;
    /** Number of blocks in a block group; the default is nearly always best. */
    int64_t blockspergroup;
    /** How many block groups are packed into one flexible group (ext4); a power of two. */
    int64_t numberofgroups;
    /** Create one inode for every so many bytes of space. */
    int64_t bytesperinode;
    /** Size of an inode in bytes, a power of two not less than 128. */
    int64_t inodesize;
    /** Size of the internal journal in megabytes. Not together with journaldevice. */
    int64_t journalsize;
    /** Total number of inodes, instead of one computed from bytesperinode. */
    int64_t numberofinodes;
    /** RAID stride (chunk size), counted in filesystem blocks. */
    int64_t stridesize;
    /** RAID stripe width in filesystem blocks, usually the stride times the number of data disks.
     */
    int64_t stripewidth;
    /** Reserve space so that the filesystem can later grow online to this number of blocks. */
    int64_t maxonlineresize;
    /** Percentage of the blocks kept for the super-user; mke2fs defaults to 5. */
    int reservedblockspercentage;
    /** Interval of multiple mount protection updates, in seconds; 0 selects the default. */
    int mmpupdateinterval;
    /** External journal: a device name, LABEL=... or UUID=.... It must exist already and have the
     * same block size.
     */
    const char *journaldevice;
    /** Volume label, at most 16 bytes. */
    const char *label;
    /** Directory to record as the one where the filesystem was last mounted. */
    const char *lastmounteddir;
    /** Value of the creator operating system field. */
    const char *creatoros;
    /** Filesystem type: ext2, ext3 or ext4. */
    const char *fstype;
    /** Usage type from mke2fs.conf, for example largefile, which selects default parameters. */
    const char *usagetype;
    /** UUID for the new filesystem; random if omitted. */
    const char *uuid;
    /** Go on even if the device is not a partition or parameters look unreasonable (mke2fs -F). */
    int forcecreate;
    /** Write only the superblocks and group descriptors (mke2fs -S), a last resort for recovering a
     * broken filesystem.
     */
    int writesbandgrouponly;
    /** Whether to leave inode tables to be initialised by the kernel after the first mount. */
    int lazyitableinit;
    /** Whether to skip zeroing the journal completely. */
    int lazyjournalinit;
    /** Mark the filesystem as one that experimental kernel code may mount. */
    int testfs;
    /** Whether to discard (trim) the blocks of the device first. */
    int discard;
    /** Accepted but without effect: the appliance ignores it. */
    int quotatype;
    /** Turn the extent feature on or off. */
    int extent;
    /** Turn the filetype feature (file types in directory entries) on or off. */
    int filetype;
    /** Meant to switch the flexible block group feature. Leave it unset: it is passed under the
     * name flexbg, which current mke2fs rejects.
     */
    int flexbg;
    /** Turn the has_journal feature on or off. */
    int hasjournal;
    /** Create an external journal on the device instead of a filesystem. */
    int journaldev;
    /** Turn the large_file feature (files of 2 GiB and more) on or off. */
    int largefile;
    /** Turn the quota feature on or off. */
    int quota;
    /** Turn the resize_inode feature (room for growing online) on or off. */
    int resizeinode;
    /** Turn the sparse_super feature (fewer backup superblocks) on or off. */
    int sparsesuper;
    /** Turn the uninit_bg feature (uninitialised block groups) on or off. */
    int uninitbg;
};
/** Initialises a struct gfs_mke2fs_options, in which nothing is set. */
#define GFS_MKE2FS_OPTIONS_INIT \
    { sizeof(struct gfs_mke2fs_options), GFS_UNSET64, GFS_UNSET64, GFS_UNSET64, GFS_UNSET64, \
      GFS_UNSET64, GFS_UNSET64, GFS_UNSET64, GFS_UNSET64, GFS_UNSET64, GFS_UNSET64, GFS_UNSET64, \
      GFS_UNSET64, GFS_UNSET, GFS_UNSET, NULL, NULL, NULL, NULL, NULL, NULL, NULL, GFS_UNSET, \
      GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, \
      GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET }

/** Makes an ext2, ext3 or ext4 filesystem, with full control over the mke2fs parameters. Everything
 * on the device is lost.
 *
 * A device too small for a journal silently gets ext2. Of mmpupdateinterval, stridesize,
 * stripewidth, maxonlineresize, lazyitableinit, lazyjournalinit, testfs and discard set at most
 * one: mke2fs honours only the last of them.
 *
 * Upstream: guestfs_mke2fs(3), since 1.19.44.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_mke2fs(gfs_handle *g, const char *device,
    const struct gfs_mke2fs_options *options);

/** Creates an ext2, ext3 or ext4 filesystem that uses an external journal device. Everything on
 * device is lost.
 *
 * The journal is made beforehand with mke2journal.
 *
 * Upstream: guestfs_mke2fs_J(3), since 1.0.68.
 * @param g The handle.
 * @param fstype ext2, ext3 or ext4.
 * @param blocksize Block size of the filesystem in bytes; it has to equal that of the journal.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param journal Device that holds the journal.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_mke2fs().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_mke2fs_J(gfs_handle *g, const char *fstype,
    int blocksize, const char *device, const char *journal);

/** Creates an ext2, ext3 or ext4 filesystem whose external journal is found by its label.
 * Everything on device is lost.
 *
 * The journal is made beforehand with gfs_mke2journal_L().
 *
 * Upstream: guestfs_mke2fs_JL(3), since 1.0.68.
 * @param g The handle.
 * @param fstype ext2, ext3 or ext4.
 * @param blocksize Block size of the filesystem in bytes; it has to equal that of the journal.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param label Label of the journal.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_mke2fs().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_mke2fs_JL(gfs_handle *g, const char *fstype,
    int blocksize, const char *device, const char *label);

/** Creates an ext2, ext3 or ext4 filesystem whose external journal is found by its UUID. Everything
 * on device is lost.
 *
 * The journal is made beforehand with gfs_mke2journal_U().
 *
 * Upstream: guestfs_mke2fs_JU(3), since 1.0.68.
 * @param g The handle.
 * @param fstype ext2, ext3 or ext4.
 * @param blocksize Block size of the filesystem in bytes; it has to equal that of the journal.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param uuid UUID of the journal.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (linuxfsuuid).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_mke2fs().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_mke2fs_JU(gfs_handle *g, const char *fstype,
    int blocksize, const char *device, const char *uuid);

/** Turns a device into an external ext journal, overwriting what is on it.
 *
 * Upstream: guestfs_mke2journal(3), since 1.0.68.
 * @param g The handle.
 * @param blocksize Block size in bytes; filesystems that use the journal need the same one.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_mke2fs().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_mke2journal(gfs_handle *g, int blocksize,
    const char *device);

/** Turns a device into an external ext journal that carries a label, overwriting what is on it.
 *
 * Upstream: guestfs_mke2journal_L(3), since 1.0.68.
 * @param g The handle.
 * @param blocksize Block size in bytes; filesystems that use the journal need the same one.
 * @param label Label to give the journal.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_mke2fs().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_mke2journal_L(gfs_handle *g, int blocksize,
    const char *label, const char *device);

/** Turns a device into an external ext journal with a given UUID, overwriting what is on it.
 *
 * Upstream: guestfs_mke2journal_U(3), since 1.0.68.
 * @param g The handle.
 * @param blocksize Block size in bytes; filesystems that use the journal need the same one.
 * @param uuid UUID to give the journal.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (linuxfsuuid).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_mke2fs().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_mke2journal_U(gfs_handle *g, int blocksize,
    const char *uuid, const char *device);

/** Creates the lost+found directory inside a directory, as found at the top of ext filesystems.
 *
 * Upstream: guestfs_mklost_and_found(3), since 1.19.56.
 * @param g The handle.
 * @param mountpoint Directory in which to create it, normally the place where an ext filesystem is
 *        mounted.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_mklost_and_found(gfs_handle *g, const char *mountpoint);

/** Grows or shrinks an ext2, ext3 or ext4 filesystem so that it fills its device.
 *
 * An unmounted filesystem is checked with e2fsck first. If a failed resize leaves damage, repair
 * it with e2fsck and forceall, or better, go back to a copy of the disk.
 *
 * Upstream: guestfs_resize2fs(3), since 1.0.27.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_resize2fs(gfs_handle *g, const char *device);

/** Shrinks an ext2/3/4 filesystem to the smallest size that holds its contents.
 *
 * To learn the new size in bytes, multiply Block size by Block count from gfs_tune2fs_l(). An
 * unmounted filesystem is checked first.
 *
 * Upstream: guestfs_resize2fs_M(3), since 1.9.4.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_resize2fs_M(gfs_handle *g, const char *device);

/** Grows or shrinks an ext2/3/4 filesystem to a given size.
 *
 * An unmounted filesystem is checked with e2fsck first.
 *
 * Upstream: guestfs_resize2fs_size(3), since 1.3.14.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param size New size in bytes; must be a multiple of 1024.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_resize2fs_size(gfs_handle *g, const char *device,
    int64_t size);

/** Optional arguments of gfs_set_e2attrs(). */
struct gfs_set_e2attrs_options {
    /** Size of this structure: GFS_SET_E2ATTRS_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** True clears the named flags; false or absent sets them. */
    int clear;
};
/** Initialises a struct gfs_set_e2attrs_options, in which nothing is set. */
#define GFS_SET_E2ATTRS_OPTIONS_INIT \
    { sizeof(struct gfs_set_e2attrs_options), GFS_UNSET }

/** Sets or clears ext2/3/4 attribute flags of a file, as chattr does. Flags that are not named keep
 * their value.
 *
 * Works only on ext2, ext3 and ext4; other filesystem types give an error. Some flags cannot be
 * changed.
 *
 * Upstream: guestfs_set_e2attrs(3), since 1.17.31.
 * @param g The handle.
 * @param file Absolute path in the guest.
 * @param attrs Letters of the flags to change, each at most once; see gfs_get_e2attrs(). An empty
 *        string changes nothing.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_set_e2attrs(gfs_handle *g, const char *file,
    const char *attrs, const struct gfs_set_e2attrs_options *options);

/** Sets the inode generation number of a file.
 *
 * Works only on ext2, ext3 and ext4; other filesystem types give an error.
 *
 * Upstream: guestfs_set_e2generation(3), since 1.17.31.
 * @param g The handle.
 * @param file Absolute path in the guest.
 * @param generation New generation number.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_set_e2generation(gfs_handle *g, const char *file,
    int64_t generation);

/** Sets the label of an ext2, ext3 or ext4 filesystem.
 *
 * Upstream: guestfs_set_e2label(3), since 1.0.15.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param label New label of no more than 16 bytes.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_set_label().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_set_e2label(gfs_handle *g, const char *device,
    const char *label);

/** Sets the UUID of an ext2, ext3 or ext4 filesystem.
 *
 * Upstream: guestfs_set_e2uuid(3), since 1.0.15.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param uuid A UUID, or clear, random or time as understood by tune2fs(8).
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_set_uuid().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_set_e2uuid(gfs_handle *g, const char *device,
    const char *uuid);

/** Optional arguments of gfs_tune2fs(). */
struct gfs_tune2fs_options {
    /** Size of this structure: GFS_TUNE2FS_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** Carry on despite errors (tune2fs -f). */
    int force;
    /** Number of mounts between two checks; 0 turns checking by mount count off. */
    int maxmountcount;
    /** Value of the counter of mounts so far. */
    int mountcount;
    /** What the kernel does on an error: continue, remount-ro or panic. */
    const char *errorbehavior;
    /** Numeric id of the group that may use the reserved blocks. */
    int64_t group;
    /** Longest time between two checks, in seconds; 0 turns checking by time off. */
    int intervalbetweenchecks;
    /** Percentage of the filesystem reserved for privileged processes. */
    int reservedblockspercentage;
    /** Directory to record as the last mount point. */
    const char *lastmounteddirectory;
    /** Number of reserved blocks. */
    int64_t reservedblockscount;
    /** Numeric id of the user who may use the reserved blocks. */
    int64_t user;
};
/** Initialises a struct gfs_tune2fs_options, in which nothing is set. */
#define GFS_TUNE2FS_OPTIONS_INIT \
    { sizeof(struct gfs_tune2fs_options), GFS_UNSET, GFS_UNSET, GFS_UNSET, NULL, GFS_UNSET64, \
      GFS_UNSET, GFS_UNSET, NULL, GFS_UNSET64, GFS_UNSET64 }

/** Changes tunable parameters of an ext2, ext3 or ext4 filesystem. Only the options that are given
 * are touched.
 *
 * Numbers may not be negative. Read the current values with gfs_tune2fs_l().
 *
 * Upstream: guestfs_tune2fs(3), since 1.15.4.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_tune2fs(gfs_handle *g, const char *device,
    const struct gfs_tune2fs_options *options);

/** Reads the superblock of an ext2, ext3 or ext4 filesystem, as tune2fs -l prints it.
 *
 * Which fields are present varies with the version of e2fsprogs in the appliance and with the
 * filesystem.
 *
 * Upstream: guestfs_tune2fs_l(3), since 1.9.2.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param result Field names such as Block size, Block count or Filesystem UUID, with their values
 *        as text. Key, value, key, value..., ended by NULL. Free it with gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_tune2fs_l(gfs_handle *g, const char *device, char ***result);

/* ---------------------------------------------------------------------------------------------- */
/* State of files: existence, kind, size, timestamps, checksums. */
/* ---------------------------------------------------------------------------------------------- */

/** Computes a checksum of a guest file.
 *
 * gfs_checksum_device() does the same for devices, gfs_checksums_out() for whole trees.
 *
 * Upstream: guestfs_checksum(3), since 1.0.2.
 * @param g The handle.
 * @param csumtype crc (POSIX, as printed by cksum), md5, sha1, sha224, sha256, sha384, sha512, and
 *        since 1.54 gost or gost12.
 * @param path Absolute path in the guest.
 * @param result The checksum as text: hexadecimal for the hashes, decimal for crc. Free it with
 *        gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_checksum(gfs_handle *g, const char *csumtype,
    const char *path, char **result);

/** Computes a checksum of the whole contents of a block device.
 *
 * Upstream: guestfs_checksum_device(3), since 1.3.2.
 * @param g The handle.
 * @param csumtype crc (POSIX, as printed by cksum), md5, sha1, sha224, sha256, sha384, sha512, and
 *        since 1.54 gost or gost12.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param result The checksum as text: hexadecimal for the hashes, decimal for crc. Free it with
 *        gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_checksum_device(gfs_handle *g, const char *csumtype,
    const char *device, char **result);

/** Computes a checksum for every regular file below a guest directory and writes the list to a file
 * of the host.
 *
 * The coreutils escape unusual file names with backslashes; mind that when comparing lists.
 *
 * Upstream: guestfs_checksums_out(3), since 1.3.7.
 * @param g The handle.
 * @param csumtype crc (POSIX, as printed by cksum), md5, sha1, sha224, sha256, sha384, sha512, and
 *        since 1.54 gost or gost12.
 * @param directory Where to start.
 * @param sumsfile File on the host to write, overwritten. It has the line format of the coreutils
 *        tools, with paths relative to directory.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_checksums_out(gfs_handle *g, const char *csumtype,
    const char *directory, const char *sumsfile);

/** Estimates the disk space used by a guest file, or by a directory and everything below it.
 *
 * Upstream: guestfs_du(3), since 1.0.54. Reports progress.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param result The space in units of 1024 bytes.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_du(gfs_handle *g, const char *path, int64_t *result);

/** Compares the contents of two guest files byte by byte.
 *
 * A missing file is an error.
 *
 * Upstream: guestfs_equal(3), since 1.0.18.
 * @param g The handle.
 * @param file1 Absolute path in the guest.
 * @param file2 Absolute path in the guest.
 * @param result True if they are the same. 1 for yes, 0 for no.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_equal(gfs_handle *g, const char *file1, const char *file2,
    int *result);

/** Tells whether anything, of whatever kind, has this guest path.
 *
 * Upstream: guestfs_exists(3), since 0.0.8.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param result True if so. A symbolic link counts even when its target is missing. 1 for yes, 0
 *        for no.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_exists(gfs_handle *g, const char *path, int *result);

/** Reads the size of a guest file. Symbolic links are followed.
 *
 * For a device use gfs_blockdev_getsize64().
 *
 * Upstream: guestfs_filesize(3), since 1.0.82.
 * @param g The handle.
 * @param file Absolute path in the guest.
 * @param result The size in bytes.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_filesize(gfs_handle *g, const char *file, int64_t *result);

/** Optional arguments of gfs_is_blockdev(). */
struct gfs_is_blockdev_options {
    /** Size of this structure: GFS_IS_BLOCKDEV_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** True looks at what a symbolic link finally points to. Default false: a link is only a link.
     */
    int followsymlinks;
};
/** Initialises a struct gfs_is_blockdev_options, in which nothing is set. */
#define GFS_IS_BLOCKDEV_OPTIONS_INIT \
    { sizeof(struct gfs_is_blockdev_options), GFS_UNSET }

/** Tells whether a guest path exists and is a block device node.
 *
 * Upstream: guestfs_is_blockdev(3), since 1.5.10.
 * @param g The handle.
 * @param path Path in the guest filesystem; devices of the appliance such as /dev/sda are not
 *        accepted.
 * @param options Optional arguments, or NULL for none.
 * @param result True if it is; false for anything else and for a missing path. 1 for yes, 0 for
 *        no.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_is_blockdev(gfs_handle *g, const char *path,
    const struct gfs_is_blockdev_options *options, int *result);

/** Optional arguments of gfs_is_chardev(). */
struct gfs_is_chardev_options {
    /** Size of this structure: GFS_IS_CHARDEV_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** True looks at what a symbolic link finally points to. Default false: a link is only a link.
     */
    int followsymlinks;
};
/** Initialises a struct gfs_is_chardev_options, in which nothing is set. */
#define GFS_IS_CHARDEV_OPTIONS_INIT \
    { sizeof(struct gfs_is_chardev_options), GFS_UNSET }

/** Tells whether a guest path exists and is a character device node.
 *
 * Upstream: guestfs_is_chardev(3), since 1.5.10.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param options Optional arguments, or NULL for none.
 * @param result True if it is; false for anything else and for a missing path. 1 for yes, 0 for
 *        no.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_is_chardev(gfs_handle *g, const char *path,
    const struct gfs_is_chardev_options *options, int *result);

/** Optional arguments of gfs_is_dir(). */
struct gfs_is_dir_options {
    /** Size of this structure: GFS_IS_DIR_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** True looks at what a symbolic link finally points to. Default false: a link is only a link.
     */
    int followsymlinks;
};
/** Initialises a struct gfs_is_dir_options, in which nothing is set. */
#define GFS_IS_DIR_OPTIONS_INIT \
    { sizeof(struct gfs_is_dir_options), GFS_UNSET }

/** Tells whether a guest path exists and is a directory.
 *
 * Upstream: guestfs_is_dir(3), since 0.0.8.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param options Optional arguments, or NULL for none.
 * @param result True if it is; false for anything else and for a missing path. 1 for yes, 0 for
 *        no.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_is_dir(gfs_handle *g, const char *path,
    const struct gfs_is_dir_options *options, int *result);

/** Optional arguments of gfs_is_fifo(). */
struct gfs_is_fifo_options {
    /** Size of this structure: GFS_IS_FIFO_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** True looks at what a symbolic link finally points to. Default false: a link is only a link.
     */
    int followsymlinks;
};
/** Initialises a struct gfs_is_fifo_options, in which nothing is set. */
#define GFS_IS_FIFO_OPTIONS_INIT \
    { sizeof(struct gfs_is_fifo_options), GFS_UNSET }

/** Tells whether a guest path exists and is a named pipe.
 *
 * Upstream: guestfs_is_fifo(3), since 1.5.10.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param options Optional arguments, or NULL for none.
 * @param result True if it is; false for anything else and for a missing path. 1 for yes, 0 for
 *        no.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_is_fifo(gfs_handle *g, const char *path,
    const struct gfs_is_fifo_options *options, int *result);

/** Optional arguments of gfs_is_file(). */
struct gfs_is_file_options {
    /** Size of this structure: GFS_IS_FILE_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** True looks at what a symbolic link finally points to. Default false: a link is only a link.
     */
    int followsymlinks;
};
/** Initialises a struct gfs_is_file_options, in which nothing is set. */
#define GFS_IS_FILE_OPTIONS_INIT \
    { sizeof(struct gfs_is_file_options), GFS_UNSET }

/** Tells whether a guest path exists and is a regular file.
 *
 * Upstream: guestfs_is_file(3), since 0.0.8.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param options Optional arguments, or NULL for none.
 * @param result True if it is; false for anything else and for a missing path. 1 for yes, 0 for
 *        no.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_is_file(gfs_handle *g, const char *path,
    const struct gfs_is_file_options *options, int *result);

/** Optional arguments of gfs_is_socket(). */
struct gfs_is_socket_options {
    /** Size of this structure: GFS_IS_SOCKET_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** True looks at what a symbolic link finally points to. Default false: a link is only a link.
     */
    int followsymlinks;
};
/** Initialises a struct gfs_is_socket_options, in which nothing is set. */
#define GFS_IS_SOCKET_OPTIONS_INIT \
    { sizeof(struct gfs_is_socket_options), GFS_UNSET }

/** Tells whether a guest path exists and is a Unix domain socket.
 *
 * Upstream: guestfs_is_socket(3), since 1.5.10.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param options Optional arguments, or NULL for none.
 * @param result True if it is; false for anything else and for a missing path. 1 for yes, 0 for
 *        no.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_is_socket(gfs_handle *g, const char *path,
    const struct gfs_is_socket_options *options, int *result);

/** Tells whether a guest path exists and is a symbolic link.
 *
 * Upstream: guestfs_is_symlink(3), since 1.5.10.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param result True if it is, whether or not its target exists. 1 for yes, 0 for no.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_is_symlink(gfs_handle *g, const char *path, int *result);

/** Tells whether a guest file is empty or holds nothing but zero bytes. Reads up to the first other
 * byte.
 *
 * A missing file is an error.
 *
 * Upstream: guestfs_is_zero(3), since 1.11.8.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param result True if so. 1 for yes, 0 for no.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_is_zero(gfs_handle *g, const char *path, int *result);

/** Reads the status of a guest path, or of the link itself if it is a symbolic link.
 *
 * Upstream: guestfs_lstat(3), since 1.9.2.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param result The status: size, mode, owner, times in seconds and so on. Free it with
 *        gfs_stat_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_lstatns().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_lstat(gfs_handle *g, const char *path,
    struct gfs_stat **result);

/** Reads the status of many files of one guest directory in one go. Symbolic links are not
 * followed.
 *
 * Upstream: guestfs_lstatlist(3), since 1.0.77.
 * @param g The handle.
 * @param path The directory.
 * @param names File names inside that directory, without slashes.
 * @param result One entry for each name, in the same order; the inode number is -1 where the name
 *        could not be examined. Free it with gfs_stat_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_lstatnslist().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_lstatlist(gfs_handle *g, const char *path,
    const char *const *names, struct gfs_stat_list **result);

/** Reads the status of a guest path with nanosecond times; of the link itself if it is a symbolic
 * link.
 *
 * Upstream: guestfs_lstatns(3), since 1.27.53.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param result The status: size, mode, owner, times with nanoseconds and so on. Free it with
 *        gfs_statns_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_lstatns(gfs_handle *g, const char *path,
    struct gfs_statns **result);

/** Reads the status, with nanosecond times, of many files of one guest directory in one go.
 * Symbolic links are not followed.
 *
 * Upstream: guestfs_lstatnslist(3), since 1.27.53.
 * @param g The handle.
 * @param path The directory.
 * @param names File names inside that directory, without slashes.
 * @param result One entry for each name, in the same order; st_ino is -1 where the name could not
 *        be examined. Free it with gfs_statns_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_lstatnslist(gfs_handle *g, const char *path,
    const char *const *names, struct gfs_statns_list **result);

/** Reads the status of a guest path. Symbolic links are followed.
 *
 * Upstream: guestfs_stat(3), since 1.9.2.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param result The status: size, mode, owner, times in seconds and so on. Free it with
 *        gfs_stat_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_statns().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_stat(gfs_handle *g, const char *path,
    struct gfs_stat **result);

/** Reads the status of a guest path with nanosecond times. Symbolic links are followed.
 *
 * A missing path is an error; test with exists first.
 *
 * Upstream: guestfs_statns(3), since 1.27.53.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param result The status: size, mode, owner, times with nanoseconds and so on. Free it with
 *        gfs_statns_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_statns(gfs_handle *g, const char *path,
    struct gfs_statns **result);

/* ---------------------------------------------------------------------------------------------- */
/* Contents of files: copying, moving, removing, reading and writing. */
/* ---------------------------------------------------------------------------------------------- */

/** Reads a whole guest file as text.
 *
 * Use gfs_read_file() or download for binary data.
 *
 * Upstream: guestfs_cat(3), since 0.0.4.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param result The contents up to the first zero byte. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_cat(gfs_handle *g, const char *path, char **result);

/** Copies one guest file, overwriting the destination.
 *
 * Upstream: guestfs_cp(3), since 1.0.18.
 * @param g The handle.
 * @param src Absolute path in the guest.
 * @param dest File name, or existing directory to copy into.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_cp(gfs_handle *g, const char *src, const char *dest);

/** Copies a guest file or a whole directory tree, keeping owners, modes, times and links (cp -a).
 *
 * Upstream: guestfs_cp_a(3), since 1.0.18.
 * @param g The handle.
 * @param src Absolute path in the guest.
 * @param dest Path of the copy, or existing directory to copy into.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_cp_a(gfs_handle *g, const char *src, const char *dest);

/** Copies a guest file or a whole directory tree without keeping owners and modes (cp -rP);
 * symbolic links stay links.
 *
 * Prefer gfs_cp_a(), except for destinations such as FAT that cannot store permissions.
 *
 * Upstream: guestfs_cp_r(3), since 1.21.38.
 * @param g The handle.
 * @param src Absolute path in the guest.
 * @param dest Path of the copy, or existing directory to copy into.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_cp_r(gfs_handle *g, const char *src, const char *dest);

/** Creates a guest file of zeroes with its disk space reserved, overwriting an existing file.
 *
 * Upstream: guestfs_fallocate(3), since 1.0.66.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param len Length in bytes, up to about 1 GB.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_fallocate64().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_fallocate(gfs_handle *g, const char *path,
    int len);

/** Creates a guest file of zeroes with its disk space reserved, overwriting an existing file.
 *
 * gfs_truncate_size() makes a sparse file instead.
 *
 * Upstream: guestfs_fallocate64(3), since 1.3.17.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param len Length in bytes.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_fallocate64(gfs_handle *g, const char *path, int64_t len);

/** Writes a guest file that consists of one byte repeated.
 *
 * A longer file that exists already keeps its tail. For zeroes gfs_truncate_size() is far cheaper.
 *
 * Upstream: guestfs_fill(3), since 1.0.79. Reports progress.
 * @param g The handle.
 * @param c Byte value, 0 to 255.
 * @param len Length in bytes.
 * @param path Absolute path in the guest.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_fill(gfs_handle *g, int c, int len, const char *path);

/** Writes a guest file that consists of a pattern repeated.
 *
 * A longer file that exists already keeps its tail.
 *
 * Upstream: guestfs_fill_pattern(3), since 1.3.12. Reports progress.
 * @param g The handle.
 * @param pattern Text to repeat, not empty; the last repetition is cut off as needed.
 * @param len Length in bytes.
 * @param path Absolute path in the guest.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_fill_pattern(gfs_handle *g, const char *pattern, int len,
    const char *path);

/** Reads the first 10 lines of a guest file.
 *
 * The result must fit into one protocol message, a little under 4 MB.
 *
 * Upstream: guestfs_head(3), since 1.0.54. Transfers at most about 4 MB, the size of a protocol
 * message.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param result The lines without their line ends. Ends with NULL. Free it with
 *        gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_head(gfs_handle *g, const char *path, char ***result);

/** Reads lines from the beginning of a guest file.
 *
 * The result must fit into one protocol message, a little under 4 MB.
 *
 * Upstream: guestfs_head_n(3), since 1.0.54. Transfers at most about 4 MB, the size of a protocol
 * message.
 * @param g The handle.
 * @param nrlines Number of lines; a negative number means all but that many at the end, 0 means
 *        none.
 * @param path Absolute path in the guest.
 * @param result The lines without their line ends. Ends with NULL. Free it with
 *        gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_head_n(gfs_handle *g, int nrlines, const char *path,
    char ***result);

/** Returns a guest file as a hexadecimal dump in the style of hexdump -C.
 *
 * The result must fit into one protocol message, a little under 4 MB.
 *
 * Upstream: guestfs_hexdump(3), since 1.0.22. Transfers at most about 4 MB, the size of a protocol
 * message.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param result The dump, for people to read. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_hexdump(gfs_handle *g, const char *path, char **result);

/** Optional arguments of gfs_mktemp(). */
struct gfs_mktemp_options {
    /** Size of this structure: GFS_MKTEMP_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** Text added after the unique part, for example .txt. Default none. */
    const char *suffix;
};
/** Initialises a struct gfs_mktemp_options, in which nothing is set. */
#define GFS_MKTEMP_OPTIONS_INIT \
    { sizeof(struct gfs_mktemp_options), NULL }

/** Creates an empty temporary guest file with a unique name, owned by root, with mode 0600.
 *
 * It is not removed automatically.
 *
 * Upstream: guestfs_mktemp(3), since 1.19.53.
 * @param g The handle.
 * @param tmpl Path whose last six characters are XXXXXX, for example /tmp/appXXXXXX.
 * @param options Optional arguments, or NULL for none.
 * @param result The path of the new file. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_mktemp(gfs_handle *g, const char *tmpl,
    const struct gfs_mktemp_options *options, char **result);

/** Moves a guest file, also across filesystems, overwriting the destination.
 *
 * Upstream: guestfs_mv(3), since 1.0.18.
 * @param g The handle.
 * @param src Absolute path in the guest.
 * @param dest File name, or existing directory to move into.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_mv(gfs_handle *g, const char *src, const char *dest);

/** Reads a whole guest file into memory.
 *
 * Use download for files too large for memory.
 *
 * Upstream: guestfs_read_file(3), since 1.0.63.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param result The bytes of the file. Free it with gfs_free().
 * @param result_size Length of the result in bytes.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_read_file(gfs_handle *g, const char *path, char **result,
    size_t *result_size);

/** Reads a whole guest text file as lines.
 *
 * A line with a zero byte is cut there.
 *
 * Upstream: guestfs_read_lines(3), since 0.0.7.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param result The lines without their LF or CRLF ends. Ends with NULL. Free it with
 *        gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_read_lines(gfs_handle *g, const char *path, char ***result);

/** Renames a guest file within one filesystem by the system call rename(2), replacing an existing
 * file.
 *
 * mv is usually the better choice.
 *
 * Upstream: guestfs_rename(3), since 1.21.5.
 * @param g The handle.
 * @param oldpath Absolute path in the guest.
 * @param newpath Absolute path in the guest.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_rename(gfs_handle *g, const char *oldpath,
    const char *newpath);

/** Removes one guest file. A missing file and a directory are errors.
 *
 * Upstream: guestfs_rm(3), since 0.0.8.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_rm(gfs_handle *g, const char *path);

/** Removes one guest file; a missing file is no error.
 *
 * Directories are refused; see rmdir and gfs_rm_rf().
 *
 * Upstream: guestfs_rm_f(3), since 1.19.42.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_API gfs_status gfs_rm_f(gfs_handle *g, const char *path);

/** Removes a guest file or a directory with everything in it. A missing path is no error.
 *
 * The path / itself is refused.
 *
 * Upstream: guestfs_rm_rf(3), since 0.0.8.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_rm_rf(gfs_handle *g, const char *path);

/** Overwrites a guest file with patterns to make recovery harder, then deletes it.
 *
 * Upstream: guestfs_scrub_file(3), since 1.0.52.
 * @param g The handle.
 * @param file Absolute path in the guest.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (scrub).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_scrub_file(gfs_handle *g, const char *file);

/** Reads the last 10 lines of a guest file.
 *
 * The result must fit into one protocol message, a little under 4 MB.
 *
 * Upstream: guestfs_tail(3), since 1.0.54. Transfers at most about 4 MB, the size of a protocol
 * message.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param result The lines without their line ends. Ends with NULL. Free it with
 *        gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_tail(gfs_handle *g, const char *path, char ***result);

/** Reads lines from the end of a guest file.
 *
 * The result must fit into one protocol message, a little under 4 MB.
 *
 * Upstream: guestfs_tail_n(3), since 1.0.54. Transfers at most about 4 MB, the size of a protocol
 * message.
 * @param g The handle.
 * @param nrlines Number of lines; -N means from line N (counted from 1) to the end, 0 means none.
 * @param path Absolute path in the guest.
 * @param result The lines without their line ends. Ends with NULL. Free it with
 *        gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_tail_n(gfs_handle *g, int nrlines, const char *path,
    char ***result);

/** Sets the times of a guest file to now, creating an empty file if there is none.
 *
 * Only regular files are accepted: directories, symbolic links and devices are errors.
 *
 * Upstream: guestfs_touch(3), since 0.0.3.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_touch(gfs_handle *g, const char *path);

/** Cuts an existing guest file to length zero.
 *
 * Upstream: guestfs_truncate(3), since 1.0.77.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_truncate(gfs_handle *g, const char *path);

/** Sets the length of an existing guest file, cutting it or extending it with a hole of zeroes.
 *
 * An extension takes no disk space; fallocate64 reserves it.
 *
 * Upstream: guestfs_truncate_size(3), since 1.0.77.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param size New length in bytes.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_truncate_size(gfs_handle *g, const char *path, int64_t size);

/** Counts the bytes of a guest file by reading it.
 *
 * filesize is faster and not limited to 32 bits.
 *
 * Upstream: guestfs_wc_c(3), since 1.0.54.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param result The number of bytes.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_wc_c(gfs_handle *g, const char *path, int *result);

/** Counts the lines of a guest file.
 *
 * Upstream: guestfs_wc_l(3), since 1.0.54.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param result The number of line ends.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_wc_l(gfs_handle *g, const char *path, int *result);

/** Counts the words of a guest file, separated by white space.
 *
 * Upstream: guestfs_wc_w(3), since 1.0.54.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param result The number of words.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_wc_w(gfs_handle *g, const char *path, int *result);

/** Writes bytes to a guest file, creating it or replacing all it held.
 *
 * Use upload for data that is in a file of the host.
 *
 * Upstream: guestfs_write(3), since 1.3.14.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param content Any bytes, of any length.
 * @param content_size Length of content in bytes; where it is 0, content may be NULL.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_write(gfs_handle *g, const char *path, const char *content,
    size_t content_size);

/** Appends bytes to a guest file, creating it if missing.
 *
 * With more than 2 MiB of data the file must exist already, and the append is not atomic.
 *
 * Upstream: guestfs_write_append(3), since 1.11.18.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param content Any bytes.
 * @param content_size Length of content in bytes; where it is 0, content may be NULL.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_write_append(gfs_handle *g, const char *path,
    const char *content, size_t content_size);

/** Writes text to a guest file, creating it or replacing all it held.
 *
 * Upstream: guestfs_write_file(3), since 0.0.8. Transfers at most about 4 MB, the size of a
 * protocol message.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param content Text without zero characters, less than about 4 MB.
 * @param size Number of bytes to write; 0 means all of content.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_write().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_write_file(gfs_handle *g, const char *path,
    const char *content, int size);

/** Overwrites the first blocks of a device with zeroes: enough to lose partition tables and
 * filesystem headers, not enough to wipe the data.
 *
 * How many blocks is not specified. gfs_zero_device() clears everything.
 *
 * Upstream: guestfs_zero(3), since 1.0.16. Reports progress.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_zero(gfs_handle *g, const char *device);

/* ---------------------------------------------------------------------------------------------- */
/* Filesystems: creating, checking, labelling, measuring and trimming them. */
/* ---------------------------------------------------------------------------------------------- */

/** Reports the disk space of the mounted filesystems as text for people to read. Needs a mounted
 * root filesystem.
 *
 * Do not parse it; use statvfs.
 *
 * Upstream: guestfs_df(3), since 1.0.54.
 * @param g The handle.
 * @param result Output of df. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_df(gfs_handle *g, char **result);

/** Reports the disk space of the mounted filesystems as text, with sizes in readable units. Needs a
 * mounted root filesystem.
 *
 * Do not parse it; use statvfs.
 *
 * Upstream: guestfs_df_h(3), since 1.0.54.
 * @param g The handle.
 * @param result Output of df -h. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_df_h(gfs_handle *g, char **result);

/** Enlarges an F2FS filesystem to fill its device.
 *
 * Upstream: guestfs_f2fs_expand(3), since 1.39.3.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (f2fs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_f2fs_expand(gfs_handle *g, const char *device);

/** Tells whether the appliance kernel supports a filesystem type. Needs gfs_launch() first.
 *
 * Upstream: guestfs_filesystem_available(3), since 1.19.5.
 * @param g The handle.
 * @param filesystem Filesystem type such as ext3.
 * @param result False if it is certainly unsupported; true does not guarantee that creating or
 *        mounting works. 1 for yes, 0 for no.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_filesystem_available(gfs_handle *g, const char *filesystem,
    int *result);

/** Checks a filesystem with fsck -a, repairing what can be repaired without questions. NTFS is not
 * supported.
 *
 * A status other than zero does not raise an error, so examine the value.
 *
 * Upstream: guestfs_fsck(3), since 1.0.16.
 * @param g The handle.
 * @param fstype Filesystem type such as ext4.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param result Exit status of fsck, a sum of flags: 0 means no errors, 1 that errors were
 *        corrected, 4 that errors remain.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_fsck(gfs_handle *g, const char *fstype, const char *device,
    int *result);

/** Optional arguments of gfs_fstrim(). */
struct gfs_fstrim_options {
    /** Size of this structure: GFS_FSTRIM_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** Byte offset where the trimmed range starts. Default 0. */
    int64_t offset;
    /** Length of the range in bytes, greater than 0. By default up to the end of the filesystem. */
    int64_t length;
    /** Smallest contiguous free range, in bytes, worth trimming. */
    int64_t minimumfreeextent;
};
/** Initialises a struct gfs_fstrim_options, in which nothing is set. */
#define GFS_FSTRIM_OPTIONS_INIT \
    { sizeof(struct gfs_fstrim_options), GFS_UNSET64, GFS_UNSET64, GFS_UNSET64 }

/** Gives the free space of a mounted filesystem back to the host, which makes disk images smaller.
 * Files are not affected.
 *
 * The drive needs the discard option of gfs_add_drive(). Fails with errno ENOTSUP for filesystems
 * such as FAT; without host support it may silently do nothing.
 *
 * Upstream: guestfs_fstrim(3), since 1.19.6.
 * @param g The handle.
 * @param mountpoint Guest mount point; must be mounted read-write.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (fstrim).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_fstrim(gfs_handle *g, const char *mountpoint,
    const struct gfs_fstrim_options *options);

/** Reads the primary volume descriptor of an ISO image file inside a mounted filesystem.
 *
 * For an ISO image added as a drive use gfs_isoinfo_device().
 *
 * Upstream: guestfs_isoinfo(3), since 1.17.19.
 * @param g The handle.
 * @param isofile ISO file in the guest.
 * @param result Descriptor fields: identifiers, sizes and times as Unix seconds, -1 when unset.
 *        Free it with gfs_isoinfo_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_isoinfo(gfs_handle *g, const char *isofile,
    struct gfs_isoinfo **result);

/** Reads the primary volume descriptor of a device that holds an ISO 9660 filesystem.
 *
 * Upstream: guestfs_isoinfo_device(3), since 1.17.19.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param result Descriptor fields: identifiers, sizes and times as Unix seconds, -1 when unset.
 *        Free it with gfs_isoinfo_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_isoinfo_device(gfs_handle *g, const char *device,
    struct gfs_isoinfo **result);

/** Optional arguments of gfs_mkfs(). */
struct gfs_mkfs_options {
    /** Size of this structure: GFS_MKFS_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** Block size in bytes, a power of two; for VFAT and NTFS the cluster size. Not possible for
     * btrfs, see gfs_mkfs_btrfs().
     */
    int blocksize;
    /** Value for the -O option of the mkfs program, which selects filesystem features. Not for gfs
     * and gfs2.
     */
    const char *features;
    /** Inode size in bytes; ext2, ext3 and ext4 only. */
    int inode;
    /** Sector size in bytes; UFS only. */
    int sectorsize;
    /** Filesystem label; ext2, ext3, ext4, FAT, NTFS, XFS, btrfs and F2FS only. */
    const char *label;
};
/** Initialises a struct gfs_mkfs_options, in which nothing is set. */
#define GFS_MKFS_OPTIONS_INIT \
    { sizeof(struct gfs_mkfs_options), GFS_UNSET, NULL, GFS_UNSET, GFS_UNSET, NULL }

/** Creates a filesystem on a device, destroying its previous content.
 *
 * An option that the filesystem type does not support is an error.
 *
 * Upstream: guestfs_mkfs(3), since 0.0.8.
 * @param g The handle.
 * @param fstype Filesystem type such as ext4, xfs or ntfs.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_mkfs(gfs_handle *g, const char *fstype, const char *device,
    const struct gfs_mkfs_options *options);

/** Creates a filesystem with a given block size on a device, destroying its previous content.
 *
 * Upstream: guestfs_mkfs_b(3), since 1.0.68.
 * @param g The handle.
 * @param fstype Filesystem type such as ext4.
 * @param blocksize Block size in bytes, a power of two, often 1024, 2048 or 4096; for VFAT and
 *        NTFS the cluster size.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_mkfs().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_mkfs_b(gfs_handle *g, const char *fstype,
    int blocksize, const char *device);

/** Optional arguments of gfs_mksquashfs(). */
struct gfs_mksquashfs_options {
    /** Size of this structure: GFS_MKSQUASHFS_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** Compression: gzip (the default), lzma, lzo, lz4 or xz. */
    const char *compress;
    /** Wildcard patterns of files to leave out. */
    const char *const *excludes;
};
/** Initialises a struct gfs_mksquashfs_options, in which nothing is set. */
#define GFS_MKSQUASHFS_OPTIONS_INIT \
    { sizeof(struct gfs_mksquashfs_options), NULL, NULL }

/** Packs a guest directory into a squashfs image and writes it to the host.
 *
 * May fail if the image grows beyond about 3 GB.
 *
 * Upstream: guestfs_mksquashfs(3), since 1.35.25.
 * @param g The handle.
 * @param path Directory in the guest.
 * @param filename Image file to write on the host.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (squashfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_mksquashfs(gfs_handle *g, const char *path,
    const char *filename, const struct gfs_mksquashfs_options *options);

/** Overwrites the free space of a mounted filesystem: fills a new directory with files until the
 * disk is full, scrubs the files and deletes them.
 *
 * Upstream: guestfs_scrub_freespace(3), since 1.0.52.
 * @param g The handle.
 * @param dir Directory to create in the guest, on the filesystem to clean.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (scrub).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_scrub_freespace(gfs_handle *g, const char *dir);

/** Changes the label of a filesystem. XFS and btrfs filesystems must not be mounted.
 *
 * Fails with errno ENOTSUP for other filesystem types. For a btrfs subvolume the label of the
 * whole filesystem changes.
 *
 * Upstream: guestfs_set_label(3), since 1.17.9.
 * @param g The handle.
 * @param mountable What to use: a block device, or a btrfs subvolume as gfs_list_filesystems()
 *        names it.
 * @param label At most 16 bytes for ext2, ext3, ext4 and swap, 12 for XFS, 11 for FAT, 255 for
 *        btrfs, and 128 characters for NTFS.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_set_label(gfs_handle *g, const char *mountable,
    const char *label);

/** Changes the UUID of a filesystem.
 *
 * Fails with errno ENOTSUP for filesystem types whose UUID cannot be changed. gfs_vfs_uuid() reads
 * the UUID.
 *
 * Upstream: guestfs_set_uuid(3), since 1.23.10.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param uuid The UUID to set, in textual form.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_set_uuid(gfs_handle *g, const char *device, const char *uuid);

/** Gives a filesystem a new random UUID.
 *
 * Fails with errno ENOTSUP for filesystem types whose UUID cannot be changed. gfs_vfs_uuid() reads
 * the UUID.
 *
 * Upstream: guestfs_set_uuid_random(3), since 1.29.50.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_set_uuid_random(gfs_handle *g, const char *device);

/** Gets size, free space and other statistics of a mounted filesystem.
 *
 * Upstream: guestfs_statvfs(3), since 1.9.2.
 * @param g The handle.
 * @param path Any file or directory on the filesystem, for example its mount point.
 * @param result Statistics as in POSIX statvfs: blocks, bfree and bavail count units of frsize
 *        bytes. Free it with gfs_statvfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_statvfs(gfs_handle *g, const char *path,
    struct gfs_statvfs **result);

/** Reads the label of a filesystem. It need not be mounted.
 *
 * Upstream: guestfs_vfs_label(3), since 1.3.18.
 * @param g The handle.
 * @param mountable What to use: a block device, or a btrfs subvolume as gfs_list_filesystems()
 *        names it.
 * @param result The label, or an empty string if there is none. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_vfs_label(gfs_handle *g, const char *mountable, char **result);

/** Computes the smallest size to which a filesystem can be shrunk. A btrfs or XFS filesystem must
 * be mounted for this.
 *
 * Fails with errno ENOTSUP for filesystem types that offer no such estimate.
 *
 * Upstream: guestfs_vfs_minimum_size(3), since 1.31.18.
 * @param g The handle.
 * @param mountable What to use: a block device, or a btrfs subvolume as gfs_list_filesystems()
 *        names it.
 * @param result Size in bytes.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_vfs_minimum_size(gfs_handle *g, const char *mountable,
    int64_t *result);

/** Detects the type of a filesystem. It need not be mounted.
 *
 * Upstream: guestfs_vfs_type(3), since 1.0.75.
 * @param g The handle.
 * @param mountable What to use: a block device, or a btrfs subvolume as gfs_list_filesystems()
 *        names it.
 * @param result Type such as ext4 or ntfs, usually as the Linux kernel names it; an empty string
 *        if nothing is recognized. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_vfs_type(gfs_handle *g, const char *mountable, char **result);

/** Reads the UUID of a filesystem. It need not be mounted.
 *
 * Upstream: guestfs_vfs_uuid(3), since 1.3.18.
 * @param g The handle.
 * @param mountable What to use: a block device, or a btrfs subvolume as gfs_list_filesystems()
 *        names it.
 * @param result The UUID, or an empty string if there is none. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_vfs_uuid(gfs_handle *g, const char *mountable, char **result);

/** Fills the free space of a mounted filesystem with zeroes. Existing files are not affected.
 *
 * The space is not given back to the host; use fstrim for that. Can report progress events.
 *
 * Upstream: guestfs_zero_free_space(3), since 1.17.18. Reports progress.
 * @param g The handle.
 * @param directory Guest mount point; must be mounted read-write.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_zero_free_space(gfs_handle *g, const char *directory);

/** Fills unused blocks and inodes of an ext2 or ext3 filesystem with zeroes, so that the disk
 * compresses better. The filesystem must not be mounted.
 *
 * There is a risk of damage to the filesystem or its data.
 *
 * Upstream: guestfs_zerofree(3), since 1.0.26.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (zerofree).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_zerofree(gfs_handle *g, const char *device);

/* ---------------------------------------------------------------------------------------------- */
/* Yara scans, and reading filesystems below the file level to reach deleted or hidden files. */
/* ---------------------------------------------------------------------------------------------- */

/** Optional arguments of gfs_download_blocks(). */
struct gfs_download_blocks_options {
    /** Size of this structure: GFS_DOWNLOAD_BLOCKS_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** True copies only blocks not in use, to find hidden or deleted data; default false, all
     * blocks.
     */
    int unallocated;
};
/** Initialises a struct gfs_download_blocks_options, in which nothing is set. */
#define GFS_DOWNLOAD_BLOCKS_OPTIONS_INIT \
    { sizeof(struct gfs_download_blocks_options), GFS_UNSET }

/** Copies a range of filesystem blocks to a file on the host.
 *
 * Leave unallocated out instead of passing false: the appliance only looks at whether it was
 * given. The file can become large for sparse disks.
 *
 * Upstream: guestfs_download_blocks(3), since 1.33.45. Reports progress.
 * @param g The handle.
 * @param device Device with the filesystem, for example /dev/sda1; it need not be mounted.
 * @param start First block, in units of the filesystem: clusters on NTFS, fragments on ext.
 * @param stop Last block; must be greater than start.
 * @param filename File on the host to write.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (sleuthkit).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_download_blocks(gfs_handle *g, const char *device,
    int64_t start, int64_t stop, const char *filename,
    const struct gfs_download_blocks_options *options);

/** Copies the file with the given inode number to the host, even if it is deleted or inaccessible.
 *
 * Upstream: guestfs_download_inode(3), since 1.33.14. Reports progress.
 * @param g The handle.
 * @param device Device with the filesystem, for example /dev/sda1; it need not be mounted.
 * @param inode Inode number, see gfs_filesystem_walk().
 * @param filename File on the host to write.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (sleuthkit).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_download_inode(gfs_handle *g, const char *device,
    int64_t inode, const char *filename);

/** Lists every file and directory recorded in a filesystem, including deleted and inaccessible
 * ones. The filesystem need not be mounted.
 *
 * Upstream: guestfs_filesystem_walk(3), since 1.33.39. Reports progress.
 * @param g The handle.
 * @param device Device with the filesystem, for example /dev/sda1.
 * @param result The entries in no particular order. Deleted entries lack flag bit 0x1 and may have
 *        inode 0 and size -1. Free it with gfs_tsk_dirent_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (libtsk).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_filesystem_walk(gfs_handle *g, const char *device,
    struct gfs_tsk_dirent_list **result);

/** Finds all directory entries that refer to an inode, deleted ones included. The filesystem need
 * not be mounted.
 *
 * Upstream: guestfs_find_inode(3), since 1.35.6. Reports progress.
 * @param g The handle.
 * @param device Device with the filesystem, for example /dev/sda1.
 * @param inode Inode number.
 * @param result The entries, as in gfs_filesystem_walk(); empty if none refers to the inode. Free
 *        it with gfs_tsk_dirent_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (libtsk).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_find_inode(gfs_handle *g, const char *device, int64_t inode,
    struct gfs_tsk_dirent_list **result);

/** Unloads the Yara rules and frees their memory.
 *
 * Fails if no rules are loaded.
 *
 * Upstream: guestfs_yara_destroy(3), since 1.37.13.
 * @param g The handle.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (libyara).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_yara_destroy(gfs_handle *g);

/** Loads Yara rules from a file of the host, replacing rules loaded before.
 *
 * Rules in source form cannot include other files; compile those first.
 *
 * Upstream: guestfs_yara_load(3), since 1.37.13. Reports progress.
 * @param g The handle.
 * @param filename Host path of the rules, as source text or compiled by yarac.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (libyara).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_yara_load(gfs_handle *g, const char *filename);

/** Scans a file of the guest with the rules loaded by gfs_yara_load().
 *
 * Fails if no rules are loaded.
 *
 * Upstream: guestfs_yara_scan(3), since 1.37.13. Reports progress.
 * @param g The handle.
 * @param path Path of the file inside the guest.
 * @param result One entry for each rule that matched; empty if none did. Free it with
 *        gfs_yara_detection_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (libyara).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_yara_scan(gfs_handle *g, const char *path,
    struct gfs_yara_detection_list **result);

/* ---------------------------------------------------------------------------------------------- */
/* Reading and changing Windows registry hive files, one open hive per session. */
/* ---------------------------------------------------------------------------------------------- */

/** Closes the open hive. Changes not written by gfs_hivex_commit() are lost.
 *
 * Fails if no hive is open.
 *
 * Upstream: guestfs_hivex_close(3), since 1.19.35.
 * @param g The handle.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (hivex).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_API gfs_status gfs_hivex_close(gfs_handle *g);

/** Writes the changes made to the hive.
 *
 * Upstream: guestfs_hivex_commit(3), since 1.19.35.
 * @param g The handle.
 * @param filename Absolute guest path to write to, leaving the original untouched; null writes
 *        back to the file that was opened.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (hivex).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_hivex_commit(gfs_handle *g, const char *filename);

/** Adds a new, empty subkey to a node.
 *
 * Fails if a subkey of that name exists already.
 *
 * Upstream: guestfs_hivex_node_add_child(3), since 1.19.35.
 * @param g The handle.
 * @param parent Node handle to add to.
 * @param name Name of the subkey.
 * @param result Node handle of the new subkey.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (hivex).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_hivex_node_add_child(gfs_handle *g, int64_t parent,
    const char *name, int64_t *result);

/** Lists the subkeys of a node.
 *
 * Upstream: guestfs_hivex_node_children(3), since 1.19.35.
 * @param g The handle.
 * @param nodeh Node handle.
 * @param result Node handles; empty if there are no subkeys. Free it with
 *        gfs_hivex_node_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (hivex).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_hivex_node_children(gfs_handle *g, int64_t nodeh,
    struct gfs_hivex_node_list **result);

/** Deletes a node with all its values and subkeys.
 *
 * The root node cannot be deleted.
 *
 * Upstream: guestfs_hivex_node_delete_child(3), since 1.19.35.
 * @param g The handle.
 * @param nodeh Node handle.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (hivex).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_hivex_node_delete_child(gfs_handle *g, int64_t nodeh);

/** Finds a subkey by name.
 *
 * Upstream: guestfs_hivex_node_get_child(3), since 1.19.35.
 * @param g The handle.
 * @param nodeh Node handle.
 * @param name New name.
 * @param result Node handle of the subkey, or 0 if there is none of that name.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (hivex).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_hivex_node_get_child(gfs_handle *g, int64_t nodeh,
    const char *name, int64_t *result);

/** Finds a value of a node by name.
 *
 * Upstream: guestfs_hivex_node_get_value(3), since 1.19.35.
 * @param g The handle.
 * @param nodeh Node handle.
 * @param key Name of the value.
 * @param result Value handle, or 0 if there is none of that name.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (hivex).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_hivex_node_get_value(gfs_handle *g, int64_t nodeh,
    const char *key, int64_t *result);

/** Returns the name of a node.
 *
 * Upstream: guestfs_hivex_node_name(3), since 1.19.35.
 * @param g The handle.
 * @param nodeh Node handle.
 * @param result Name of the key, without its parents. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (hivex).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_hivex_node_name(gfs_handle *g, int64_t nodeh, char **result);

/** Returns the parent of a node.
 *
 * Upstream: guestfs_hivex_node_parent(3), since 1.19.35.
 * @param g The handle.
 * @param nodeh Node handle.
 * @param result Node handle of the parent.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (hivex).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_hivex_node_parent(gfs_handle *g, int64_t nodeh,
    int64_t *result);

/** Sets one value of a node, replacing a value of the same name.
 *
 * Upstream: guestfs_hivex_node_set_value(3), since 1.19.35.
 * @param g The handle.
 * @param nodeh Node handle.
 * @param key Name of the value; empty for the default value.
 * @param t Registry type number, for example 1 string, 3 binary, 4 32-bit number, 7 list of
 *        strings.
 * @param val Raw data exactly as stored; strings are UTF-16LE with a terminating zero.
 * @param val_size Length of val in bytes; where it is 0, val may be NULL.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (hivex).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_hivex_node_set_value(gfs_handle *g, int64_t nodeh,
    const char *key, int64_t t, const char *val, size_t val_size);

/** Lists the values of a node.
 *
 * Upstream: guestfs_hivex_node_values(3), since 1.19.35.
 * @param g The handle.
 * @param nodeh Node handle.
 * @param result Value handles; read them with gfs_hivex_value_key(), gfs_hivex_value_type() and
 *        gfs_hivex_value_value(). Empty if there are none. Free it with
 *        gfs_hivex_value_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (hivex).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_hivex_node_values(gfs_handle *g, int64_t nodeh,
    struct gfs_hivex_value_list **result);

/** Optional arguments of gfs_hivex_open(). */
struct gfs_hivex_open_options {
    /** Size of this structure: GFS_HIVEX_OPEN_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** True prints messages about what hivex does. */
    int verbose;
    /** True prints a great deal of debugging output. */
    int debug;
    /** True allows changes; otherwise the hive is read-only. */
    int write;
    /** True lets hivex work on damaged hives with heuristics, at your own risk. */
    int unsafe;
};
/** Initialises a struct gfs_hivex_open_options, in which nothing is set. */
#define GFS_HIVEX_OPEN_OPTIONS_INIT \
    { sizeof(struct gfs_hivex_open_options), GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET }

/** Opens a registry hive file of the guest, closing one that is still open. Must come before every
 * other hivex_* function.
 *
 * Changes stay in memory until gfs_hivex_commit().
 *
 * Upstream: guestfs_hivex_open(3), since 1.19.35.
 * @param g The handle.
 * @param filename Path of the hive inside the guest, see gfs_inspect_get_windows_software_hive().
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (hivex).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_hivex_open(gfs_handle *g, const char *filename,
    const struct gfs_hivex_open_options *options);

/** Returns the root node of the open hive.
 *
 * Upstream: guestfs_hivex_root(3), since 1.19.35.
 * @param g The handle.
 * @param result Node handle of the root.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (hivex).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_hivex_root(gfs_handle *g, int64_t *result);

/** Returns the name of a value.
 *
 * Upstream: guestfs_hivex_value_key(3), since 1.19.35.
 * @param g The handle.
 * @param valueh Value handle from gfs_hivex_node_values() or gfs_hivex_node_get_value().
 * @param result The name; empty for the default value of the node. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (hivex).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_hivex_value_key(gfs_handle *g, int64_t valueh, char **result);

/** Returns the data of a value as text, reading it as UTF-16LE.
 *
 * Fails if the data does not convert. The type is not enforced, so check gfs_hivex_value_type() if
 * in doubt.
 *
 * Upstream: guestfs_hivex_value_string(3), since 1.37.22.
 * @param g The handle.
 * @param valueh Value handle from gfs_hivex_node_values() or gfs_hivex_node_get_value().
 * @param result The text. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (hivex).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_hivex_value_string(gfs_handle *g, int64_t valueh,
    char **result);

/** Returns the registry type of a value.
 *
 * Upstream: guestfs_hivex_value_type(3), since 1.19.35.
 * @param g The handle.
 * @param valueh Value handle from gfs_hivex_node_values() or gfs_hivex_node_get_value().
 * @param result Type number, for example 1 string, 3 binary, 4 32-bit number, 7 list of strings.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (hivex).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_hivex_value_type(gfs_handle *g, int64_t valueh,
    int64_t *result);

/** Returns the data of a value as text, reading it as UTF-16LE.
 *
 * Fails if the data does not convert.
 *
 * Upstream: guestfs_hivex_value_utf8(3), since 1.19.35.
 * @param g The handle.
 * @param valueh Value handle from gfs_hivex_node_values() or gfs_hivex_node_get_value().
 * @param result The text. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (hivex).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_hivex_value_string().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_hivex_value_utf8(gfs_handle *g, int64_t valueh,
    char **result);

/** Returns the raw data of a value.
 *
 * Upstream: guestfs_hivex_value_value(3), since 1.19.35.
 * @param g The handle.
 * @param valueh Value handle from gfs_hivex_node_values() or gfs_hivex_node_get_value().
 * @param result The bytes as stored; strings are UTF-16LE, see gfs_hivex_value_string(). Free it
 *        with gfs_free().
 * @param result_size Length of the result in bytes.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (hivex).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_hivex_value_value(gfs_handle *g, int64_t valueh,
    char **result, size_t *result_size);

/* ---------------------------------------------------------------------------------------------- */
/* Watching the guest's files for changes with inotify, one handle per session. */
/* ---------------------------------------------------------------------------------------------- */

/** Watches a file or directory. A directory is watched with its direct entries but not recursively.
 *
 * Upstream: guestfs_inotify_add_watch(3), since 1.0.66.
 * @param g The handle.
 * @param path Path inside the guest.
 * @param mask Linux inotify event bits, for example 0x1 access, 0x2 modify, 0x4 attributes, 0x100
 *        create, 0x200 delete, 0xfff all.
 * @param result Watch descriptor for gfs_inotify_rm_watch(); also found in the events.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (inotify).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_inotify_add_watch(gfs_handle *g, const char *path, int mask,
    int64_t *result);

/** Closes the inotify handle, dropping all watches and unread events.
 *
 * Fails if no handle is open.
 *
 * Upstream: guestfs_inotify_close(3), since 1.0.66.
 * @param g The handle.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (inotify).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_API gfs_status gfs_inotify_close(gfs_handle *g);

/** Reads all pending events and returns only the names they concern.
 *
 * Names are relative to the watched directory, and events on a watched object itself carry no name
 * and are left out; use gfs_inotify_read() to get the watch as well.
 *
 * Upstream: guestfs_inotify_files(3), since 1.0.66.
 * @param g The handle.
 * @param result Sorted names without duplicates; empty if nothing happened. Ends with NULL. Free
 *        it with gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (inotify).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_inotify_files(gfs_handle *g, char ***result);

/** Opens the inotify handle of this session, closing an earlier one. A filesystem must be mounted.
 *
 * Events beyond the limit are dropped, which shows as an event with the IN_Q_OVERFLOW flag. Add
 * watches with gfs_inotify_add_watch() and read regularly.
 *
 * Upstream: guestfs_inotify_init(3), since 1.0.66.
 * @param g The handle.
 * @param maxevents Length of the event queue; 0 keeps the current setting. Must not be negative.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (inotify).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_inotify_init(gfs_handle *g, int maxevents);

/** Reads the events queued since the last read. Does not wait for events.
 *
 * One call returns only as many events as fit a message, so repeat until the list is empty.
 *
 * Upstream: guestfs_inotify_read(3), since 1.0.66.
 * @param g The handle.
 * @param result The events; empty if there are none left. Free it with
 *        gfs_inotify_event_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (inotify).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_inotify_read(gfs_handle *g,
    struct gfs_inotify_event_list **result);

/** Removes a watch.
 *
 * Upstream: guestfs_inotify_rm_watch(3), since 1.0.66.
 * @param g The handle.
 * @param wd Watch descriptor returned by gfs_inotify_add_watch().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (inotify).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_inotify_rm_watch(gfs_handle *g, int wd);

/* ---------------------------------------------------------------------------------------------- */
/* Finding the operating systems on the disks and asking what is known about them. */
/* ---------------------------------------------------------------------------------------------- */

/** Returns the processor architecture of the operating system.
 *
 * Upstream: guestfs_inspect_get_arch(3), since 1.5.3.
 * @param g The handle.
 * @param root Root filesystem of the guest, one of the strings gfs_inspect_os() returned.
 * @param result An architecture name as used by gfs_file_architecture(), for example x86_64, i386
 *        or aarch64, or unknown. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_inspect_get_arch(gfs_handle *g, const char *root,
    char **result);

/** Returns the build identifier of the operating system: the build number on Windows, BUILD_ID of
 * /etc/os-release on Linux.
 *
 * Upstream: guestfs_inspect_get_build_id(3), since 1.49.8.
 * @param g The handle.
 * @param root Root filesystem of the guest, one of the strings gfs_inspect_os() returned.
 * @param result The identifier, or unknown if there is none, which is common on Linux. Free it
 *        with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_MISSING_FUNCTION.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_inspect_get_build_id(gfs_handle *g, const char *root,
    char **result);

/** Returns the distribution of the operating system as a short identifier.
 *
 * New releases of the library add identifiers, so accept values you do not know.
 *
 * Upstream: guestfs_inspect_get_distro(3), since 1.5.3.
 * @param g The handle.
 * @param root Root filesystem of the guest, one of the strings gfs_inspect_os() returned.
 * @param result For example fedora, rhel, debian, ubuntu or sles; windows for every Windows guest;
 *        unknown if not recognised. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_inspect_get_distro(gfs_handle *g, const char *root,
    char **result);

/** Returns which device each Windows drive letter stands for, as recorded in the guest's registry.
 * Hard disks only, removable media are left out.
 *
 * Treat the keys as case insensitive.
 *
 * Upstream: guestfs_inspect_get_drive_mappings(3), since 1.9.17.
 * @param g The handle.
 * @param root Root filesystem of the guest, one of the strings gfs_inspect_os() returned.
 * @param result Drive letter without colon (C) to device name; empty if the guest has no drive
 *        letters or they could not be read. Key, value, key, value..., ended by NULL. Free it with
 *        gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_inspect_get_drive_mappings(gfs_handle *g, const char *root,
    char ***result);

/** Lists the filesystems that belong to the operating system, including ones it does not mount,
 * such as swap.
 *
 * Use gfs_inspect_get_mountpoints() to learn where they are mounted.
 *
 * Upstream: guestfs_inspect_get_filesystems(3), since 1.5.3.
 * @param g The handle.
 * @param root Root filesystem of the guest, one of the strings gfs_inspect_os() returned.
 * @param result Device or mountable names; a filesystem shared in a multi-boot guest may show up
 *        under several roots. Ends with NULL. Free it with gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_inspect_get_filesystems(gfs_handle *g, const char *root,
    char ***result);

/** Returns whether the disk holds an installed system; installer media are no longer detected.
 *
 * Upstream: guestfs_inspect_get_format(3), since 1.9.4.
 * @param g The handle.
 * @param root Root filesystem of the guest, one of the strings gfs_inspect_os() returned.
 * @param result Always installed since libguestfs 1.38. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated By libguestfs, which names no replacement.
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_inspect_get_format(gfs_handle *g,
    const char *root, char **result);

/** Returns the host name found in the guest's configuration.
 *
 * Upstream: guestfs_inspect_get_hostname(3), since 1.7.9.
 * @param g The handle.
 * @param root Root filesystem of the guest, one of the strings gfs_inspect_os() returned.
 * @param result The host name, or unknown. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_inspect_get_hostname(gfs_handle *g, const char *root,
    char **result);

/** Optional arguments of gfs_inspect_get_icon(). */
struct gfs_inspect_get_icon_options {
    /** Size of this structure: GFS_INSPECT_GET_ICON_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** Whether to try /etc/favicon.png of the guest first; default true. */
    int favicon;
    /** Whether to accept only high-resolution icons with an alpha channel; default false. If true,
     * the favicon is not considered.
     */
    int highquality;
};
/** Initialises a struct gfs_inspect_get_icon_options, in which nothing is set. */
#define GFS_INSPECT_GET_ICON_OPTIONS_INIT \
    { sizeof(struct gfs_inspect_get_icon_options), GFS_UNSET, GFS_UNSET }

/** Returns an icon for the operating system as PNG data. The guest's filesystems must be mounted
 * first, unlike for most inspection functions.
 *
 * The data comes from the guest, so treat it as untrusted input. Windows icons need extra programs
 * on the host (wrestool and netpbm tools).
 *
 * Upstream: guestfs_inspect_get_icon(3), since 1.11.12.
 * @param g The handle.
 * @param root Root filesystem of the guest, one of the strings gfs_inspect_os() returned.
 * @param options Optional arguments, or NULL for none.
 * @param result PNG data of any size and shape; an empty array if no icon was found. Free it with
 *        gfs_free().
 * @param result_size Length of the result in bytes.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_inspect_get_icon(gfs_handle *g, const char *root,
    const struct gfs_inspect_get_icon_options *options, char **result, size_t *result_size);

/** Returns the first part of the operating system's version number.
 *
 * For Windows it is the internal version: Windows 7 reports 6 here and 1 from
 * gfs_inspect_get_minor_version().
 *
 * Upstream: guestfs_inspect_get_major_version(3), since 1.5.3.
 * @param g The handle.
 * @param root Root filesystem of the guest, one of the strings gfs_inspect_os() returned.
 * @param result The number, or 0 if not known.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_inspect_get_major_version(gfs_handle *g, const char *root,
    int *result);

/** Returns the second part of the operating system's version number.
 *
 * Upstream: guestfs_inspect_get_minor_version(3), since 1.5.3.
 * @param g The handle.
 * @param root Root filesystem of the guest, one of the strings gfs_inspect_os() returned.
 * @param result The number; 0 also if not known.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_inspect_get_minor_version(gfs_handle *g, const char *root,
    int *result);

/** Returns where the guest mounts its filesystems, worked out from files such as /etc/fstab. Mounts
 * nothing.
 *
 * A best guess: entries can name devices that do not exist or cannot be mounted. Mount shorter
 * paths before longer ones so that / comes first.
 *
 * Upstream: guestfs_inspect_get_mountpoints(3), since 1.5.3.
 * @param g The handle.
 * @param root Root filesystem of the guest, one of the strings gfs_inspect_os() returned.
 * @param result Mount point (/boot) to filesystem (/dev/sda1). Swap is left out; Windows guests
 *        have a single entry for /. Key, value, key, value..., ended by NULL. Free it with
 *        gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_inspect_get_mountpoints(gfs_handle *g, const char *root,
    char ***result);

/** Returns the short identifier libosinfo probably uses for the operating system.
 *
 * Upstream: guestfs_inspect_get_osinfo(3), since 1.39.1.
 * @param g The handle.
 * @param root Root filesystem of the guest, one of the strings gfs_inspect_os() returned.
 * @param result The identifier, or unknown. It is a guess that need not exist in osinfo-db. Free
 *        it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_inspect_get_osinfo(gfs_handle *g, const char *root,
    char **result);

/** Returns the package format the operating system uses.
 *
 * Upstream: guestfs_inspect_get_package_format(3), since 1.7.5.
 * @param g The handle.
 * @param root Root filesystem of the guest, one of the strings gfs_inspect_os() returned.
 * @param result For example rpm, deb, pacman or apk; unknown if not known or the system has no
 *        packages, as on Windows. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_inspect_get_package_format(gfs_handle *g, const char *root,
    char **result);

/** Returns the package management tool the operating system uses.
 *
 * Upstream: guestfs_inspect_get_package_management(3), since 1.7.5.
 * @param g The handle.
 * @param root Root filesystem of the guest, one of the strings gfs_inspect_os() returned.
 * @param result For example dnf, yum, apt (all Debian derivatives) or zypper; unknown if not known
 *        or there is none, as on Windows. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_inspect_get_package_management(gfs_handle *g,
    const char *root, char **result);

/** Returns the full product name of the operating system for display to people.
 *
 * Upstream: guestfs_inspect_get_product_name(3), since 1.5.3.
 * @param g The handle.
 * @param root Root filesystem of the guest, one of the strings gfs_inspect_os() returned.
 * @param result Free text that should not be parsed, or unknown. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_inspect_get_product_name(gfs_handle *g, const char *root,
    char **result);

/** Returns the product variant; on Windows the InstallationType value of the registry.
 *
 * Tells desktop and server editions of Windows with equal version numbers apart.
 *
 * Upstream: guestfs_inspect_get_product_variant(3), since 1.9.13.
 * @param g The handle.
 * @param root Root filesystem of the guest, one of the strings gfs_inspect_os() returned.
 * @param result On Windows usually Client or Server; otherwise unknown. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_inspect_get_product_variant(gfs_handle *g, const char *root,
    char **result);

/** Returns the roots found by the last gfs_inspect_os() without inspecting again.
 *
 * Upstream: guestfs_inspect_get_roots(3), since 1.7.3.
 * @param g The handle.
 * @param result The root filesystems; empty if no operating system was found or gfs_inspect_os()
 *        has not run. Ends with NULL. Free it with gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_inspect_get_roots(gfs_handle *g, char ***result);

/** Returns the kind of operating system.
 *
 * Upstream: guestfs_inspect_get_type(3), since 1.5.3.
 * @param g The handle.
 * @param root Root filesystem of the guest, one of the strings gfs_inspect_os() returned.
 * @param result linux, windows, freebsd, netbsd, openbsd, hurd, dos, minix or unknown; later
 *        releases may add values. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_inspect_get_type(gfs_handle *g, const char *root,
    char **result);

/** Returns the name of the registry key that is the current control set of a Windows guest.
 *
 * Fails if the guest is not Windows or its registry could not be read.
 *
 * Upstream: guestfs_inspect_get_windows_current_control_set(3), since 1.9.17.
 * @param g The handle.
 * @param root Root filesystem of the guest, one of the strings gfs_inspect_os() returned.
 * @param result A key name such as ControlSet001. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_inspect_get_windows_current_control_set(gfs_handle *g,
    const char *root, char **result);

/** Tells whether a Windows guest has group policy, which may get in the way of installing device
 * drivers.
 *
 * Fails unless the guest is Windows and its software hive could be parsed.
 *
 * Upstream: guestfs_inspect_get_windows_group_policy(3), since 1.57.6.
 * @param g The handle.
 * @param root Root filesystem of the guest, one of the strings gfs_inspect_os() returned.
 * @param result True if group policy was found; a reason to warn, no proof of a problem. 1 for
 *        yes, 0 for no.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_MISSING_FUNCTION.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_inspect_get_windows_group_policy(gfs_handle *g,
    const char *root, int *result);

/** Returns the path of the registry hive file behind HKLM\\SOFTWARE. Does not check that the file
 * is a valid hive.
 *
 * Fails if the guest is not Windows or has no such file.
 *
 * Upstream: guestfs_inspect_get_windows_software_hive(3), since 1.35.26.
 * @param g The handle.
 * @param root Root filesystem of the guest, one of the strings gfs_inspect_os() returned.
 * @param result Path inside the guest, to be given to gfs_hivex_open(). Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_inspect_get_windows_software_hive(gfs_handle *g,
    const char *root, char **result);

/** Returns the path of the registry hive file behind HKLM\\SYSTEM. Does not check that the file is
 * a valid hive.
 *
 * Fails if the guest is not Windows or has no such file.
 *
 * Upstream: guestfs_inspect_get_windows_system_hive(3), since 1.35.26.
 * @param g The handle.
 * @param root Root filesystem of the guest, one of the strings gfs_inspect_os() returned.
 * @param result Path inside the guest, to be given to gfs_hivex_open(). Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_inspect_get_windows_system_hive(gfs_handle *g,
    const char *root, char **result);

/** Returns the system root directory of a Windows guest.
 *
 * Fails if the guest is not Windows or the directory is not known.
 *
 * Upstream: guestfs_inspect_get_windows_systemroot(3), since 1.5.25.
 * @param g The handle.
 * @param root Root filesystem of the guest, one of the strings gfs_inspect_os() returned.
 * @param result A directory path such as /WINDOWS, with forward slashes and no drive letter. Free
 *        it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_inspect_get_windows_systemroot(gfs_handle *g,
    const char *root, char **result);

/** Kept for compatibility; live media are no longer detected.
 *
 * Upstream: guestfs_inspect_is_live(3), since 1.9.4.
 * @param g The handle.
 * @param root Root filesystem of the guest, one of the strings gfs_inspect_os() returned.
 * @param result Always false. 1 for yes, 0 for no.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated By libguestfs, which names no replacement.
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_inspect_is_live(gfs_handle *g,
    const char *root, int *result);

/** Kept for compatibility; install media are no longer detected.
 *
 * Upstream: guestfs_inspect_is_multipart(3), since 1.9.4.
 * @param g The handle.
 * @param root Root filesystem of the guest, one of the strings gfs_inspect_os() returned.
 * @param result Always false. 1 for yes, 0 for no.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated By libguestfs, which names no replacement.
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_inspect_is_multipart(gfs_handle *g,
    const char *root, int *result);

/** Kept for compatibility; install media are no longer detected.
 *
 * Upstream: guestfs_inspect_is_netinst(3), since 1.9.4.
 * @param g The handle.
 * @param root Root filesystem of the guest, one of the strings gfs_inspect_os() returned.
 * @param result Always false. 1 for yes, 0 for no.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated By libguestfs, which names no replacement.
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_inspect_is_netinst(gfs_handle *g,
    const char *root, int *result);

/** Lists the applications or packages installed in the guest. Its filesystems must be mounted,
 * since this reads them.
 *
 * Upstream: guestfs_inspect_list_applications(3), since 1.7.8.
 * @param g The handle.
 * @param root Root filesystem of the guest, one of the strings gfs_inspect_os() returned.
 * @param result The applications; empty if they could not be determined. Free it with
 *        gfs_application_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_inspect_list_applications2().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_inspect_list_applications(gfs_handle *g,
    const char *root, struct gfs_application_list **result);

/** Lists the applications or packages installed in the guest. Its filesystems must be mounted as
 * gfs_inspect_get_mountpoints() says, since this reads them.
 *
 * Upstream: guestfs_inspect_list_applications2(3), since 1.19.56.
 * @param g The handle.
 * @param root Root filesystem of the guest, one of the strings gfs_inspect_os() returned.
 * @param result The applications; empty if they could not be determined. Strings that are not
 *        available are empty. Free it with gfs_application2_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_inspect_list_applications2(gfs_handle *g, const char *root,
    struct gfs_application2_list **result);

/** Looks for operating systems on all added disks and remembers what it found for the inspect_get_*
 * functions. Unmounts every mounted filesystem first and closes an open Augeas handle.
 *
 * Encrypted disks are skipped unless they were opened beforehand. Call it again to refresh the
 * results after changing the guest.
 *
 * Upstream: guestfs_inspect_os(3), since 1.5.3.
 * @param g The handle.
 * @param result The root filesystem of each operating system found; empty if there is none, more
 *        than one element for a multi-boot disk. Ends with NULL. Free it with
 *        gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_inspect_os(gfs_handle *g, char ***result);

/* ---------------------------------------------------------------------------------------------- */
/* Reading a systemd journal of the guest, one open journal per session. */
/* ---------------------------------------------------------------------------------------------- */

/** Closes the open journal.
 *
 * Fails if no journal is open.
 *
 * Upstream: guestfs_journal_close(3), since 1.23.11.
 * @param g The handle.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (journal).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_journal_close(gfs_handle *g);

/** Reads all fields of the current entry.
 *
 * Long values may be cut off at the data threshold, see gfs_journal_set_data_threshold().
 *
 * Upstream: guestfs_journal_get(3), since 1.23.11.
 * @param g The handle.
 * @param result Field names with their values as bytes, which are often but not always text. Free
 *        it with gfs_xattr_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (journal).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_journal_get(gfs_handle *g, struct gfs_xattr_list **result);

/** Returns the size above which field values may be cut off.
 *
 * Upstream: guestfs_journal_get_data_threshold(3), since 1.23.11.
 * @param g The handle.
 * @param result Threshold in bytes; 0 means no limit.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (journal).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_journal_get_data_threshold(gfs_handle *g, int64_t *result);

/** Returns the wall-clock time of the current entry.
 *
 * Upstream: guestfs_journal_get_realtime_usec(3), since 1.27.18.
 * @param g The handle.
 * @param result Microseconds since 1970-01-01 UTC.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (journal).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_journal_get_realtime_usec(gfs_handle *g, int64_t *result);

/** Moves to the next entry. Needed once after gfs_journal_open() before anything can be read.
 *
 * Upstream: guestfs_journal_next(3), since 1.23.11.
 * @param g The handle.
 * @param result True if there is an entry to read, false at the end of the journal. 1 for yes, 0
 *        for no.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (journal).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_journal_next(gfs_handle *g, int *result);

/** Opens the systemd journal in a directory of the guest, closing one that is still open. Must come
 * before every other journal_* function.
 *
 * Call gfs_journal_next() before reading the first entry.
 *
 * Upstream: guestfs_journal_open(3), since 1.23.11.
 * @param g The handle.
 * @param directory Guest directory with the journal files, usually /var/log/journal or one below
 *        it.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (journal).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_journal_open(gfs_handle *g, const char *directory);

/** Sets the size above which field values may be cut off. A hint only: longer values can still be
 * returned.
 *
 * Upstream: guestfs_journal_set_data_threshold(3), since 1.23.11.
 * @param g The handle.
 * @param threshold Size in bytes; 0 for no limit.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (journal).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_journal_set_data_threshold(gfs_handle *g, int64_t threshold);

/** Moves forwards or backwards by several entries.
 *
 * Upstream: guestfs_journal_skip(3), since 1.23.11.
 * @param g The handle.
 * @param skip Number of entries; negative goes backwards.
 * @param result Number of entries really skipped, never negative; less than asked for at either
 *        end of the journal.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (journal).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_journal_skip(gfs_handle *g, int64_t skip, int64_t *result);

/* ---------------------------------------------------------------------------------------------- */
/* Windows dynamic disks (LDM): disk groups, volumes and their partitions. */
/* ---------------------------------------------------------------------------------------------- */

/** Creates devices for all Windows dynamic disk volumes and partitions. gfs_launch() does this
 * already, so a call is seldom needed.
 *
 * List the devices with gfs_list_ldm_volumes() and gfs_list_ldm_partitions().
 *
 * Upstream: guestfs_ldmtool_create_all(3), since 1.20.0.
 * @param g The handle.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (ldm).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_ldmtool_create_all(gfs_handle *g);

/** Lists the disks of a dynamic disk group.
 *
 * Upstream: guestfs_ldmtool_diskgroup_disks(3), since 1.20.0.
 * @param g The handle.
 * @param diskgroup GUID of the disk group, from gfs_ldmtool_scan().
 * @param result Device names of the disks. Ends with NULL. Free it with gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (ldm).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_ldmtool_diskgroup_disks(gfs_handle *g, const char *diskgroup,
    char ***result);

/** Returns the name of a dynamic disk group.
 *
 * Upstream: guestfs_ldmtool_diskgroup_name(3), since 1.20.0.
 * @param g The handle.
 * @param diskgroup GUID of the disk group, from gfs_ldmtool_scan().
 * @param result The name. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (ldm).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_ldmtool_diskgroup_name(gfs_handle *g, const char *diskgroup,
    char **result);

/** Lists the volumes of a dynamic disk group.
 *
 * Upstream: guestfs_ldmtool_diskgroup_volumes(3), since 1.20.0.
 * @param g The handle.
 * @param diskgroup GUID of the disk group, from gfs_ldmtool_scan().
 * @param result Names of the volumes. Ends with NULL. Free it with gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (ldm).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_ldmtool_diskgroup_volumes(gfs_handle *g,
    const char *diskgroup, char ***result);

/** Removes the device mapper devices of all Windows dynamic disk volumes. Undoes
 * gfs_ldmtool_create_all() and leaves the disks alone.
 *
 * Upstream: guestfs_ldmtool_remove_all(3), since 1.20.0.
 * @param g The handle.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (ldm).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_ldmtool_remove_all(gfs_handle *g);

/** Looks for Windows dynamic disks on all block devices.
 *
 * Upstream: guestfs_ldmtool_scan(3), since 1.20.0.
 * @param g The handle.
 * @param result GUIDs of the disk groups found; empty if there are none. Ends with NULL. Free it
 *        with gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (ldm).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_ldmtool_scan(gfs_handle *g, char ***result);

/** Looks for Windows dynamic disks on the given block devices.
 *
 * Upstream: guestfs_ldmtool_scan_devices(3), since 1.20.0.
 * @param g The handle.
 * @param devices Devices to look at; an empty list means all.
 * @param result GUIDs of the disk groups found; empty if there are none. Ends with NULL. Free it
 *        with gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (ldm).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_ldmtool_scan_devices(gfs_handle *g,
    const char *const *devices, char ***result);

/** Returns the hint stored with a volume, often its Windows drive letter.
 *
 * Upstream: guestfs_ldmtool_volume_hint(3), since 1.20.0.
 * @param g The handle.
 * @param diskgroup GUID of the disk group, from gfs_ldmtool_scan().
 * @param volume Name of the volume, from gfs_ldmtool_diskgroup_volumes().
 * @param result The hint, for example E:; empty if none is set. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (ldm).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_ldmtool_volume_hint(gfs_handle *g, const char *diskgroup,
    const char *volume, char **result);

/** Lists the partitions a volume is made of.
 *
 * Upstream: guestfs_ldmtool_volume_partitions(3), since 1.20.0.
 * @param g The handle.
 * @param diskgroup GUID of the disk group, from gfs_ldmtool_scan().
 * @param volume Name of the volume, from gfs_ldmtool_diskgroup_volumes().
 * @param result The partitions. Ends with NULL. Free it with gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (ldm).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_ldmtool_volume_partitions(gfs_handle *g,
    const char *diskgroup, const char *volume, char ***result);

/** Returns the type of a volume.
 *
 * Upstream: guestfs_ldmtool_volume_type(3), since 1.20.0.
 * @param g The handle.
 * @param diskgroup GUID of the disk group, from gfs_ldmtool_scan().
 * @param volume Name of the volume, from gfs_ldmtool_diskgroup_volumes().
 * @param result For example simple, spanned, striped, mirrored or raid5. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (ldm).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_ldmtool_volume_type(gfs_handle *g, const char *diskgroup,
    const char *volume, char **result);

/** Lists the devices of Windows dynamic disk partitions.
 *
 * Upstream: guestfs_list_ldm_partitions(3), since 1.20.0.
 * @param g The handle.
 * @param result Device names; empty if there are none. Ends with NULL. Free it with
 *        gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (ldm).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_list_ldm_partitions(gfs_handle *g, char ***result);

/** Lists the devices of Windows dynamic disk volumes.
 *
 * Upstream: guestfs_list_ldm_volumes(3), since 1.20.0.
 * @param g The handle.
 * @param result Device names; empty if there are none. Ends with NULL. Free it with
 *        gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (ldm).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_list_ldm_volumes(gfs_handle *g, char ***result);

/* ---------------------------------------------------------------------------------------------- */
/* LVM: physical volumes, volume groups and logical volumes. */
/* ---------------------------------------------------------------------------------------------- */

/** Tests whether a device is an LVM logical volume.
 *
 * Upstream: guestfs_is_lv(3), since 1.5.3.
 * @param g The handle.
 * @param mountable What to use: a block device, or a btrfs subvolume as gfs_list_filesystems()
 *        names it.
 * @param result True for a logical volume; false for every other device or mountable. 1 for yes, 0
 *        for no.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_is_lv(gfs_handle *g, const char *mountable, int *result);

/** Creates a logical volume of a given size.
 *
 * Upstream: guestfs_lvcreate(3), since 0.0.8.
 * @param g The handle.
 * @param logvol Name of the new volume, without the group.
 * @param volgroup Name of the volume group.
 * @param mbytes Size in megabytes.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (lvm2).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_lvcreate(gfs_handle *g, const char *logvol,
    const char *volgroup, int mbytes);

/** Creates a logical volume that takes a share of the free space of its volume group.
 *
 * Upstream: guestfs_lvcreate_free(3), since 1.17.18.
 * @param g The handle.
 * @param logvol Name of the new volume, without the group.
 * @param volgroup Name of the volume group.
 * @param percent Share of the free space to use, 0 to 100. With 100 the volume is as large as can
 *        be.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (lvm2).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_lvcreate_free(gfs_handle *g, const char *logvol,
    const char *volgroup, int percent);

/** Turns another name of a logical volume, such as /dev/mapper/VG-LV, into /dev/VG/LV.
 *
 * A device that is no logical volume gives an error with errno EINVAL.
 *
 * Upstream: guestfs_lvm_canonical_lv_name(3), since 1.5.24.
 * @param g The handle.
 * @param lvname Device name of a logical volume in any form.
 * @param result The name in the form /dev/VG/LV. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_lvm_canonical_lv_name(gfs_handle *g, const char *lvname,
    char **result);

/** Removes the device filter of gfs_lvm_set_filter(), so that LVM looks at all block devices again,
 * and rescans.
 *
 * All volume groups are deactivated and reactivated, so none may be in use.
 *
 * Upstream: guestfs_lvm_clear_filter(3), since 1.5.1.
 * @param g The handle.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_lvm_clear_filter(gfs_handle *g);

/** Destroys every logical volume, volume group and physical volume on all the disks of the handle.
 *
 * Upstream: guestfs_lvm_remove_all(3), since 0.0.8.
 * @param g The handle.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (lvm2).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_lvm_remove_all(gfs_handle *g);

/** Searches the block devices for LVM volumes again. Launch does that itself; call this after
 * devices have appeared or gone, for instance after gfs_cryptsetup_open().
 *
 * Upstream: guestfs_lvm_scan(3), since 1.39.8.
 * @param g The handle.
 * @param activate True also activates the volumes found, which makes their /dev/VG/LV devices
 *        appear.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_lvm_scan(gfs_handle *g, int activate);

/** Restricts LVM to the listed block devices and rescans, for example to hide duplicates made by
 * cloning a disk.
 *
 * All volume groups are deactivated for the change, so no logical volume may be in use, for
 * instance mounted, even on a device that stays visible. Undo with gfs_lvm_clear_filter().
 *
 * Upstream: guestfs_lvm_set_filter(3), since 1.5.1.
 * @param g The handle.
 * @param devices Whole disks or partitions that LVM may use; a whole disk includes its partitions.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (lvm2).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_lvm_set_filter(gfs_handle *g, const char *const *devices);

/** Deletes a logical volume, or all those of a volume group, together with their data.
 *
 * Upstream: guestfs_lvremove(3), since 1.0.13.
 * @param g The handle.
 * @param device /dev/VG/LV for one volume, /dev/VG for every volume of the group.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (lvm2).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_lvremove(gfs_handle *g, const char *device);

/** Renames a logical volume.
 *
 * Upstream: guestfs_lvrename(3), since 1.0.83.
 * @param g The handle.
 * @param logvol Present name, /dev/VG/LV.
 * @param newlogvol New name, /dev/VG/NEW.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_lvrename(gfs_handle *g, const char *logvol,
    const char *newlogvol);

/** Grows or shrinks a logical volume. Shrinking cuts off the data at its end; a filesystem inside
 * is not adjusted.
 *
 * It is no error if the volume has that size already.
 *
 * Upstream: guestfs_lvresize(3), since 1.0.27.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param mbytes New size in megabytes.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (lvm2).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_lvresize(gfs_handle *g, const char *device, int mbytes);

/** Grows a logical volume by a share of the free space left in its volume group. A filesystem
 * inside is not adjusted.
 *
 * It is no error if there is nothing to grow by.
 *
 * Upstream: guestfs_lvresize_free(3), since 1.3.3.
 * @param g The handle.
 * @param lv Block device in the appliance, such as /dev/sda1.
 * @param percent Share of the free space to use, 0 to 100. With 100 the volume takes all of it.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (lvm2).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_lvresize_free(gfs_handle *g, const char *lv, int percent);

/** Lists the logical volumes.
 *
 * Thin pools and other non-public volumes are left out, as are volumes flagged to skip activation.
 *
 * Upstream: guestfs_lvs(3), since 0.0.4.
 * @param g The handle.
 * @param result Device names such as /dev/VG/LV, sorted; empty when there are none. Ends with
 *        NULL. Free it with gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (lvm2).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_lvs(gfs_handle *g, char ***result);

/** Lists the logical volumes with the attributes that lvs(8) reports.
 *
 * Entries are not filtered as in lvs, so thin pools are included, and the volume group is not
 * among the fields.
 *
 * Upstream: guestfs_lvs_full(3), since 0.0.4.
 * @param g The handle.
 * @param result One entry per logical volume. Free it with gfs_lvm_lv_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (lvm2).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_lvs_full(gfs_handle *g, struct gfs_lvm_lv_list **result);

/** Reads the UUID of a logical volume.
 *
 * Upstream: guestfs_lvuuid(3), since 1.0.87.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param result The LVM UUID, in groups of characters separated by hyphens. Free it with
 *        gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_lvuuid(gfs_handle *g, const char *device, char **result);

/** Gives a physical volume a new random UUID.
 *
 * Upstream: guestfs_pvchange_uuid(3), since 1.19.26.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (lvm2).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_pvchange_uuid(gfs_handle *g, const char *device);

/** Gives every physical volume a new random UUID.
 *
 * Upstream: guestfs_pvchange_uuid_all(3), since 1.19.26.
 * @param g The handle.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (lvm2).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_pvchange_uuid_all(gfs_handle *g);

/** Turns a device into an LVM physical volume, overwriting what was on it.
 *
 * Upstream: guestfs_pvcreate(3), since 0.0.8.
 * @param g The handle.
 * @param device Normally a partition such as /dev/sda1.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (lvm2).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_pvcreate(gfs_handle *g, const char *device);

/** Erases the LVM label from a physical volume, so that LVM no longer knows the device.
 *
 * Remove the volume group that uses it first.
 *
 * Upstream: guestfs_pvremove(3), since 1.0.13.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (lvm2).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_pvremove(gfs_handle *g, const char *device);

/** Adapts a physical volume to the size its device has now.
 *
 * Upstream: guestfs_pvresize(3), since 1.0.26.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (lvm2).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_pvresize(gfs_handle *g, const char *device);

/** Resizes a physical volume to a given size.
 *
 * Upstream: guestfs_pvresize_size(3), since 1.3.14.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param size New size in bytes.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (lvm2).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_pvresize_size(gfs_handle *g, const char *device, int64_t size);

/** Lists the LVM physical volumes.
 *
 * Upstream: guestfs_pvs(3), since 0.0.4.
 * @param g The handle.
 * @param result Device names such as /dev/sda2, sorted; empty when there are none. Ends with NULL.
 *        Free it with gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (lvm2).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_pvs(gfs_handle *g, char ***result);

/** Lists the LVM physical volumes with the attributes that pvs(8) reports.
 *
 * Upstream: guestfs_pvs_full(3), since 0.0.4.
 * @param g The handle.
 * @param result One entry per physical volume. Free it with gfs_lvm_pv_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (lvm2).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_pvs_full(gfs_handle *g, struct gfs_lvm_pv_list **result);

/** Reads the UUID of a physical volume.
 *
 * Upstream: guestfs_pvuuid(3), since 1.0.87.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param result The LVM UUID, in groups of characters separated by hyphens. Free it with
 *        gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_pvuuid(gfs_handle *g, const char *device, char **result);

/** Activates or deactivates the logical volumes of some volume groups; active ones have a
 * /dev/VG/LV device.
 *
 * Upstream: guestfs_vg_activate(3), since 1.0.26.
 * @param g The handle.
 * @param activate True activates, false deactivates.
 * @param volgroups Names of volume groups; an empty list stands for all groups.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (lvm2).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_vg_activate(gfs_handle *g, int activate,
    const char *const *volgroups);

/** Activates or deactivates the logical volumes of every volume group.
 *
 * Upstream: guestfs_vg_activate_all(3), since 1.0.26.
 * @param g The handle.
 * @param activate True activates, false deactivates.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (lvm2).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_vg_activate_all(gfs_handle *g, int activate);

/** Gives a volume group a new random UUID.
 *
 * Upstream: guestfs_vgchange_uuid(3), since 1.19.26.
 * @param g The handle.
 * @param vg Name of the volume group.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (lvm2).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_vgchange_uuid(gfs_handle *g, const char *vg);

/** Gives every volume group a new random UUID.
 *
 * Upstream: guestfs_vgchange_uuid_all(3), since 1.19.26.
 * @param g The handle.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (lvm2).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_vgchange_uuid_all(gfs_handle *g);

/** Creates a volume group out of physical volumes.
 *
 * Upstream: guestfs_vgcreate(3), since 0.0.8.
 * @param g The handle.
 * @param volgroup Name of the new group.
 * @param physvols Devices prepared with pvcreate; at least one.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (lvm2).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_vgcreate(gfs_handle *g, const char *volgroup,
    const char *const *physvols);

/** Lists the UUIDs of the logical volumes in a volume group.
 *
 * Upstream: guestfs_vglvuuids(3), since 1.0.87.
 * @param g The handle.
 * @param vgname Name of the volume group.
 * @param result LVM UUIDs, to compare with those of lvuuid. Ends with NULL. Free it with
 *        gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_vglvuuids(gfs_handle *g, const char *vgname, char ***result);

/** Reads the LVM metadata of a volume group, for information only.
 *
 * Metadata too large for one protocol message gives an error.
 *
 * Upstream: guestfs_vgmeta(3), since 1.17.20.
 * @param g The handle.
 * @param vgname Name of the volume group.
 * @param result The text that vgcfgbackup produces; its format may change from one LVM to the
 *        next. Free it with gfs_free().
 * @param result_size Length of the result in bytes.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (lvm2).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_vgmeta(gfs_handle *g, const char *vgname, char **result,
    size_t *result_size);

/** Lists the UUIDs of the physical volumes of a volume group.
 *
 * Upstream: guestfs_vgpvuuids(3), since 1.0.87.
 * @param g The handle.
 * @param vgname Name of the volume group.
 * @param result LVM UUIDs, to compare with those of pvuuid. Ends with NULL. Free it with
 *        gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_vgpvuuids(gfs_handle *g, const char *vgname, char ***result);

/** Deletes a volume group with all its logical volumes and their data.
 *
 * Upstream: guestfs_vgremove(3), since 1.0.13.
 * @param g The handle.
 * @param vgname Name of the group, for example VG.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (lvm2).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_vgremove(gfs_handle *g, const char *vgname);

/** Renames a volume group.
 *
 * Upstream: guestfs_vgrename(3), since 1.0.83.
 * @param g The handle.
 * @param volgroup Present name.
 * @param newvolgroup New name.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_vgrename(gfs_handle *g, const char *volgroup,
    const char *newvolgroup);

/** Lists the LVM volume groups.
 *
 * Upstream: guestfs_vgs(3), since 0.0.4.
 * @param g The handle.
 * @param result Names such as VolGroup00, without /dev, sorted; empty when there are none. Ends
 *        with NULL. Free it with gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (lvm2).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_vgs(gfs_handle *g, char ***result);

/** Lists the LVM volume groups with the attributes that vgs(8) reports.
 *
 * Upstream: guestfs_vgs_full(3), since 0.0.4.
 * @param g The handle.
 * @param result One entry per volume group. Free it with gfs_lvm_vg_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (lvm2).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_vgs_full(gfs_handle *g, struct gfs_lvm_vg_list **result);

/** Searches the block devices for LVM volumes again, without activating any.
 *
 * Same as gfs_lvm_scan() with activate false.
 *
 * Upstream: guestfs_vgscan(3), since 1.3.2.
 * @param g The handle.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_lvm_scan().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_vgscan(gfs_handle *g);

/** Reads the UUID of a volume group.
 *
 * Upstream: guestfs_vguuid(3), since 1.0.87.
 * @param g The handle.
 * @param vgname Name of the volume group.
 * @param result The LVM UUID, in groups of characters separated by hyphens. Free it with
 *        gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_vguuid(gfs_handle *g, const char *vgname, char **result);

/* ---------------------------------------------------------------------------------------------- */
/* Linux software RAID: creating, listing and stopping md arrays. */
/* ---------------------------------------------------------------------------------------------- */

/** Lists the Linux software RAID (md) devices the appliance has found.
 *
 * Upstream: guestfs_list_md_devices(3), since 1.15.4.
 * @param g The handle.
 * @param result Device names such as /dev/md127, sorted; empty when there are none. Ends with
 *        NULL. Free it with gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_list_md_devices(gfs_handle *g, char ***result);

/** Optional arguments of gfs_md_create(). */
struct gfs_md_create_options {
    /** Size of this structure: GFS_MD_CREATE_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** Positions at which a member is absent, one bit each; the lowest bit is the first position.
     * Default 0. With one device, 0x1 gives missing plus device, 0x2 device plus missing.
     */
    int64_t missingbitmap;
    /** Number of active members, 2 or more. Default: the given devices plus the missing ones. */
    int nrdevices;
    /** Number of spare members. Default 0. */
    int spare;
    /** Chunk size in bytes, a multiple of 1024. Not meaningful for raid1. */
    int64_t chunk;
    /** RAID level: raid1 (default), raid0, raid4, raid5, raid6 or raid10, each also as the bare
     * number, or linear, stripe (same as raid0) or mirror (same as raid1).
     */
    const char *level;
};
/** Initialises a struct gfs_md_create_options, in which nothing is set. */
#define GFS_MD_CREATE_OPTIONS_INIT \
    { sizeof(struct gfs_md_create_options), GFS_UNSET64, GFS_UNSET, GFS_UNSET, GFS_UNSET64, NULL }

/** Creates a Linux software RAID (md) array from the given devices, whose data is lost.
 *
 * Given and missing devices together must number exactly nrdevices plus spare.
 *
 * Upstream: guestfs_md_create(3), since 1.15.6.
 * @param g The handle.
 * @param name Name of the array.
 * @param devices Member devices, in order.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (mdadm).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_md_create(gfs_handle *g, const char *name,
    const char *const *devices, const struct gfs_md_create_options *options);

/** Reads the details of a software RAID array from mdadm.
 *
 * Upstream: guestfs_md_detail(3), since 1.15.6.
 * @param g The handle.
 * @param md The array, for example /dev/md127.
 * @param result Values by name; normally level, devices (their number), metadata (format version),
 *        uuid and name are among them. Key, value, key, value..., ended by NULL. Free it with
 *        gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (mdadm).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_md_detail(gfs_handle *g, const char *md, char ***result);

/** Lists the member devices of a software RAID array with their state.
 *
 * Upstream: guestfs_md_stat(3), since 1.17.21.
 * @param g The handle.
 * @param md The array, for example /dev/md127; see gfs_list_md_devices().
 * @param result One entry per member: device, index within the array and flags. Free it with
 *        gfs_mdstat_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (mdadm).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_md_stat(gfs_handle *g, const char *md,
    struct gfs_mdstat_list **result);

/** Stops a software RAID array. The data on its members stays as it is.
 *
 * Upstream: guestfs_md_stop(3), since 1.15.6.
 * @param g The handle.
 * @param md The array, for example /dev/md127.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (mdadm).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_md_stop(gfs_handle *g, const char *md);

/* ---------------------------------------------------------------------------------------------- */
/* Mounting filesystems inside the appliance and exporting them to the host. */
/* ---------------------------------------------------------------------------------------------- */

/** Creates a directory to mount on before anything is mounted on /, for mounting unrelated
 * filesystems side by side. Rarely needed.
 *
 * Does not mix well with gfs_umount_all(), which closing the handle can trigger: unmount such
 * filesystems yourself and call rmmountpoint. If you rely on gfs_umount_all(), give inner mounts
 * the longer paths.
 *
 * Upstream: guestfs_mkmountpoint(3), since 1.0.62.
 * @param g The handle.
 * @param exemptpath Absolute path of the mount point.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_mkmountpoint(gfs_handle *g, const char *exemptpath);

/** Mounts a filesystem for reading and writing. Mount one on / first, then others on directories
 * that exist in it.
 *
 * Use gfs_mount_ro() unless you want to change the filesystem. Unlike upstream it fails with
 * EROFS, and nothing is mounted, where the driver would only mount it read-only, as for the NTFS
 * of a hibernated Windows; filesystems that are made only for reading, such as ISO 9660, are
 * mounted. So is a btrfs subvolume that is read-only itself, such as a snapshot; a warning says
 * that writing to it fails.
 *
 * Upstream: guestfs_mount(3), since 0.0.3.
 * @param g The handle.
 * @param mountable Device such as /dev/sda1 or /dev/VG/LV, or a mountable string from
 *        gfs_list_filesystems() or gfs_inspect_get_mountpoints().
 * @param mountpoint Directory in the guest tree, which must exist; the first filesystem goes on /.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_mount(gfs_handle *g, const char *mountable,
    const char *mountpoint);

/** Optional arguments of gfs_mount_9p(). */
struct gfs_mount_9p_options {
    /** Size of this structure: GFS_MOUNT_9P_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** Mount options. Without effect. */
    const char *options;
};
/** Initialises a struct gfs_mount_9p_options, in which nothing is set. */
#define GFS_MOUNT_9P_OPTIONS_INIT \
    { sizeof(struct gfs_mount_9p_options), NULL }

/** Always fails, because support for 9p filesystems was removed from libguestfs.
 *
 * Upstream: guestfs_mount_9p(3), since 1.11.12.
 * @param g The handle.
 * @param mounttag Tag of the 9p share.
 * @param mountpoint Directory in the guest to mount on.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated By libguestfs, which names no replacement.
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_mount_9p(gfs_handle *g, const char *mounttag,
    const char *mountpoint, const struct gfs_mount_9p_options *options);

/** Optional arguments of gfs_mount_local(). */
struct gfs_mount_local_options {
    /** Size of this structure: GFS_MOUNT_LOCAL_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** True makes writes fail with EROFS. Default false. */
    int readonly;
    /** Comma-separated FUSE mount options, as listed in guestmount(1). */
    const char *options;
    /** How long directory entries are cached, in seconds. Default 60. */
    int cachetimeout;
    /** True prints debugging information for every FUSE call. Default false. */
    int debugcalls;
};
/** Initialises a struct gfs_mount_local_options, in which nothing is set. */
#define GFS_MOUNT_LOCAL_OPTIONS_INIT \
    { sizeof(struct gfs_mount_local_options), GFS_UNSET, NULL, GFS_UNSET, GFS_UNSET }

/** Exports the mounted guest tree to a directory on the host through FUSE. Call
 * gfs_mount_local_run() afterwards to serve it; until then access to the directory blocks.
 *
 * A handle can be exported once at a time. FUSE must be available on the host; a library built
 * without it fails with ENOTSUP. Far slower than ordinary calls on the handle.
 *
 * Upstream: guestfs_mount_local(3), since 1.17.22.
 * @param g The handle.
 * @param localmountpoint Directory on the host. A name that begins with - is refused: guestunmount
 *        would take it for an option.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_mount_local(gfs_handle *g, const char *localmountpoint,
    const struct gfs_mount_local_options *options);

/** Serves the export of gfs_mount_local() and blocks until it is unmounted.
 *
 * A filesystem must be mounted on /. Make no other call on the handle meanwhile: it would wait for
 * this one. To end it, run guestunmount or fusermount -u on the directory from outside.
 *
 * Upstream: guestfs_mount_local_run(3), since 1.17.22.
 * @param g The handle.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_mount_local_run(gfs_handle *g);

/** Mounts a filesystem image that is a file inside the guest.
 *
 * Unlike upstream it fails with EROFS, and nothing is mounted, where the driver would only mount
 * it read-only, as for the NTFS of a hibernated Windows; filesystems that are made only for
 * reading, such as ISO 9660, are mounted. So is a btrfs subvolume that is read-only itself, such
 * as a snapshot; a warning says that writing to it fails.
 *
 * Upstream: guestfs_mount_loop(3), since 1.0.54.
 * @param g The handle.
 * @param file Path of the image in the mounted guest tree.
 * @param mountpoint Directory in the guest tree, which must exist; the first filesystem goes on /.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_mount_loop(gfs_handle *g, const char *file,
    const char *mountpoint);

/** Mounts a filesystem with mount options.
 *
 * Without the option ro: unlike upstream it fails with EROFS, and nothing is mounted, where the
 * driver would only mount it read-only, as for the NTFS of a hibernated Windows; filesystems that
 * are made only for reading, such as ISO 9660, are mounted. So is a btrfs subvolume that is
 * read-only itself, such as a snapshot; a warning says that writing to it fails.
 *
 * Upstream: guestfs_mount_options(3), since 1.0.10.
 * @param g The handle.
 * @param options Comma-separated options as for mount -o, for example ro,noatime; an empty string
 *        gives none.
 * @param mountable Device such as /dev/sda1 or /dev/VG/LV, or a mountable string from
 *        gfs_list_filesystems() or gfs_inspect_get_mountpoints().
 * @param mountpoint Directory in the guest tree, which must exist; the first filesystem goes on /.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_mount_options(gfs_handle *g, const char *options,
    const char *mountable, const char *mountpoint);

/** Mounts a filesystem read-only.
 *
 * Upstream: guestfs_mount_ro(3), since 1.0.10.
 * @param g The handle.
 * @param mountable Device such as /dev/sda1 or /dev/VG/LV, or a mountable string from
 *        gfs_list_filesystems() or gfs_inspect_get_mountpoints().
 * @param mountpoint Directory in the guest tree, which must exist; the first filesystem goes on /.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_mount_ro(gfs_handle *g, const char *mountable,
    const char *mountpoint);

/** Mounts a filesystem with mount options and an explicit filesystem type.
 *
 * Without the option ro: unlike upstream it fails with EROFS, and nothing is mounted, where the
 * driver would only mount it read-only, as for the NTFS of a hibernated Windows; filesystems that
 * are made only for reading, such as ISO 9660, are mounted. So is a btrfs subvolume that is
 * read-only itself, such as a snapshot; a warning says that writing to it fails.
 *
 * Upstream: guestfs_mount_vfs(3), since 1.0.10.
 * @param g The handle.
 * @param options Comma-separated options as for mount -o; an empty string gives none.
 * @param vfstype Filesystem type as for mount -t; an empty string lets it be detected.
 * @param mountable Device such as /dev/sda1 or /dev/VG/LV, or a mountable string from
 *        gfs_list_filesystems() or gfs_inspect_get_mountpoints().
 * @param mountpoint Directory in the guest tree, which must exist; the first filesystem goes on /.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_mount_vfs(gfs_handle *g, const char *options,
    const char *vfstype, const char *mountable, const char *mountpoint);

/** Extracts the device from a mountable string.
 *
 * Upstream: guestfs_mountable_device(3), since 1.33.15.
 * @param g The handle.
 * @param mountable What to use: a block device, or a btrfs subvolume as gfs_list_filesystems()
 *        names it.
 * @param result The device name; for a btrfs subvolume the device that holds it. Free it with
 *        gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_mountable_device(gfs_handle *g, const char *mountable,
    char **result);

/** Extracts the subvolume path from a mountable string.
 *
 * A mountable that is not a btrfs subvolume gives an error with errno EINVAL.
 *
 * Upstream: guestfs_mountable_subvolume(3), since 1.33.15.
 * @param g The handle.
 * @param mountable What to use: a block device, or a btrfs subvolume as gfs_list_filesystems()
 *        names it.
 * @param result Path of the btrfs subvolume. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_mountable_subvolume(gfs_handle *g, const char *mountable,
    char **result);

/** Lists the mounted filesystems together with the places where they are mounted.
 *
 * Of a device that is mounted at several places, as for subvolumes of btrfs, .NET's dictionary has
 * only the last; C has each.
 *
 * Upstream: guestfs_mountpoints(3), since 1.0.62.
 * @param g The handle.
 * @param result Mount points by device; internal mounts are left out. Key, value, key, value...,
 *        ended by NULL. Free it with gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_mountpoints(gfs_handle *g, char ***result);

/** Lists the devices whose filesystems are mounted.
 *
 * Upstream: guestfs_mounts(3), since 0.0.8.
 * @param g The handle.
 * @param result Device names such as /dev/sda1 or /dev/VG/LV; internal mounts are left out. Ends
 *        with NULL. Free it with gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_mounts(gfs_handle *g, char ***result);

/** Optional arguments of gfs_remount(). */
struct gfs_remount_options {
    /** Size of this structure: GFS_REMOUNT_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** True for read-write, false for read-only. Must be given. */
    int rw;
};
/** Initialises a struct gfs_remount_options, in which nothing is set. */
#define GFS_REMOUNT_OPTIONS_INIT \
    { sizeof(struct gfs_remount_options), GFS_UNSET }

/** Switches a mounted filesystem between read-only and read-write.
 *
 * Upstream: guestfs_remount(3), since 1.23.2.
 * @param g The handle.
 * @param mountpoint Directory in the guest tree where the filesystem is mounted.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_remount(gfs_handle *g, const char *mountpoint,
    const struct gfs_remount_options *options);

/** Removes a mount point made by mkmountpoint.
 *
 * Upstream: guestfs_rmmountpoint(3), since 1.0.62.
 * @param g The handle.
 * @param exemptpath Absolute path of the mount point.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_rmmountpoint(gfs_handle *g, const char *exemptpath);

/** Optional arguments of gfs_umount(). */
struct gfs_umount_options {
    /** Size of this structure: GFS_UMOUNT_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** True forces the unmount (umount -f). Default false. */
    int force;
    /** True detaches the filesystem now and cleans up when it is no longer busy (umount -l).
     * Default false.
     */
    int lazyunmount;
};
/** Initialises a struct gfs_umount_options, in which nothing is set. */
#define GFS_UMOUNT_OPTIONS_INIT \
    { sizeof(struct gfs_umount_options), GFS_UNSET, GFS_UNSET }

/** Unmounts a filesystem.
 *
 * Upstream: guestfs_umount(3), since 0.0.8.
 * @param g The handle.
 * @param pathordevice Mount point in the guest tree or device name.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_API gfs_status gfs_umount(gfs_handle *g, const char *pathordevice,
    const struct gfs_umount_options *options);

/** Unmounts all filesystems, innermost first, except for some internal ones. Open Augeas, hivex and
 * journal handles are closed.
 *
 * Upstream: guestfs_umount_all(3), since 0.0.8.
 * @param g The handle.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_API gfs_status gfs_umount_all(gfs_handle *g);

/** Optional arguments of gfs_umount_local(). */
struct gfs_umount_local_options {
    /** Size of this structure: GFS_UMOUNT_LOCAL_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** True tries several times if the directory is busy. Default false. */
    int retry;
};
/** Initialises a struct gfs_umount_local_options, in which nothing is set. */
#define GFS_UMOUNT_LOCAL_OPTIONS_INIT \
    { sizeof(struct gfs_umount_local_options), GFS_UNSET }

/** Unmounts the host directory that gfs_mount_local() exports.
 *
 * Runs the program guestunmount on the host. It cannot end a running gfs_mount_local_run(), since
 * that call holds the lock of the handle; run guestunmount yourself for that.
 *
 * Upstream: guestfs_umount_local(3), since 1.17.22.
 * @param g The handle.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_API gfs_status gfs_umount_local(gfs_handle *g, const struct gfs_umount_local_options *options);

/* ---------------------------------------------------------------------------------------------- */
/* NTFS filesystems: resizing, cloning, fixing and permissions. */
/* ---------------------------------------------------------------------------------------------- */

/** Tests whether an NTFS filesystem could be mounted.
 *
 * Upstream: guestfs_ntfs_3g_probe(3), since 1.0.43.
 * @param g The handle.
 * @param rw True tests a read-write mount, false a read-only one.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param result 0 if it could; otherwise the exit status of ntfs-3g.probe, which says why not.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (ntfs3g).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_ntfs_3g_probe(gfs_handle *g, int rw, const char *device,
    int *result);

/** Optional arguments of gfs_ntfs_chmod(). */
struct gfs_ntfs_chmod_options {
    /** Size of this structure: GFS_NTFS_CHMOD_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** True also changes everything below a directory; default false. */
    int recursive;
};
/** Initialises a struct gfs_ntfs_chmod_options, in which nothing is set. */
#define GFS_NTFS_CHMOD_OPTIONS_INIT \
    { sizeof(struct gfs_ntfs_chmod_options), GFS_UNSET }

/** Changes the permissions of a file or directory on an NTFS filesystem, which must not be mounted.
 *
 * Upstream: guestfs_ntfs_chmod(3), since 1.57.3.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param mode Permission bits as in Unix; octal 0744 is 0x1E4 in C#, which has no octal literals.
 * @param path Path within the NTFS filesystem.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (ntfs3g), GFS_ERR_MISSING_FUNCTION.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_ntfs_chmod(gfs_handle *g, const char *device, int mode,
    const char *path, const struct gfs_ntfs_chmod_options *options);

/** Copies the file with the given inode number from an NTFS filesystem to the host, including
 * system files not reachable otherwise. The filesystem must not be mounted.
 *
 * Upstream: guestfs_ntfscat_i(3), since 1.33.14. Reports progress.
 * @param g The handle.
 * @param device What to use: a block device, or a btrfs subvolume as gfs_list_filesystems() names
 *        it.
 * @param inode Inode number, 0 or greater.
 * @param filename File on the host to write.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_ntfscat_i(gfs_handle *g, const char *device, int64_t inode,
    const char *filename);

/** Restores an NTFS filesystem from a backup. Overwrites everything on the device.
 *
 * Upstream: guestfs_ntfsclone_in(3), since 1.17.9.
 * @param g The handle.
 * @param backupfile File on the host, written by gfs_ntfsclone_out().
 * @param device Block device in the appliance, such as /dev/sda1.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (ntfs3g).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_ntfsclone_in(gfs_handle *g, const char *backupfile,
    const char *device);

/** Optional arguments of gfs_ntfsclone_out(). */
struct gfs_ntfsclone_out_options {
    /** Size of this structure: GFS_NTFSCLONE_OUT_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** True saves metadata only, without the contents of files; default false. */
    int metadataonly;
    /** True ignores read errors and fills unreadable sectors, to save a disk with bad sectors;
     * default false.
     */
    int rescue;
    /** True ignores what the consistency check found; only allowed with metadataonly. */
    int ignorefscheck;
    /** True keeps the timestamps; only meant for use with metadataonly. */
    int preservetimestamps;
    /** True goes on even if the filesystem is marked for a check; default false. */
    int force;
};
/** Initialises a struct gfs_ntfsclone_out_options, in which nothing is set. */
#define GFS_NTFSCLONE_OUT_OPTIONS_INIT \
    { sizeof(struct gfs_ntfsclone_out_options), GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, \
      GFS_UNSET }

/** Saves an NTFS filesystem to a file on the host, in the format of ntfsclone.
 *
 * Upstream: guestfs_ntfsclone_out(3), since 1.17.9.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param backupfile File on the host to write; restore it with gfs_ntfsclone_in().
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (ntfs3g).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_ntfsclone_out(gfs_handle *g, const char *device,
    const char *backupfile, const struct gfs_ntfsclone_out_options *options);

/** Optional arguments of gfs_ntfsfix(). */
struct gfs_ntfsfix_options {
    /** Size of this structure: GFS_NTFSFIX_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** True empties the list of bad sectors, useful after cloning to a new disk; default false. */
    int clearbadsectors;
};
/** Initialises a struct gfs_ntfsfix_options, in which nothing is set. */
#define GFS_NTFSFIX_OPTIONS_INIT \
    { sizeof(struct gfs_ntfsfix_options), GFS_UNSET }

/** Repairs basic NTFS problems, resets the journal and has Windows check the filesystem at its next
 * boot. No replacement for chkdsk: it does not search for problems.
 *
 * Upstream: guestfs_ntfsfix(3), since 1.17.9.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (ntfs3g).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_ntfsfix(gfs_handle *g, const char *device,
    const struct gfs_ntfsfix_options *options);

/** Optional arguments of gfs_ntfsresize(). */
struct gfs_ntfsresize_options {
    /** Size of this structure: GFS_NTFSRESIZE_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** New size in bytes, greater than 0; default the size of the device. */
    int64_t size;
    /** True resizes even if the filesystem is marked for a check; default false. */
    int force;
};
/** Initialises a struct gfs_ntfsresize_options, in which nothing is set. */
#define GFS_NTFSRESIZE_OPTIONS_INIT \
    { sizeof(struct gfs_ntfsresize_options), GFS_UNSET64, GFS_UNSET }

/** Grows or shrinks an NTFS filesystem, to the size of its device unless a size is given.
 *
 * Afterwards the filesystem is marked for a check, which only Windows clears; a second resize
 * before that needs force.
 *
 * Upstream: guestfs_ntfsresize(3), since 1.3.2.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (ntfsprogs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_ntfsresize(gfs_handle *g, const char *device,
    const struct gfs_ntfsresize_options *options);

/** Resizes an NTFS filesystem to the given size.
 *
 * Upstream: guestfs_ntfsresize_size(3), since 1.3.14.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param size New size in bytes, greater than 0.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (ntfsprogs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_ntfsresize().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_ntfsresize_size(gfs_handle *g,
    const char *device, int64_t size);

/* ---------------------------------------------------------------------------------------------- */
/* Partition tables: creating, listing and changing partitions. */
/* ---------------------------------------------------------------------------------------------- */

/** Adds a partition to an existing partition table. Sector numbers count in units of the logical
 * sector size of the disk.
 *
 * Create the table with gfs_part_init() first. On GPT disks the partition is named after prlogex;
 * change that with gfs_part_set_name(). For one partition over the whole disk use gfs_part_disk().
 *
 * Upstream: guestfs_part_add(3), since 1.0.78.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param prlogex Kind of partition: primary (or p); on MBR disks also logical (or l) and extended
 *        (or e).
 * @param startsect First sector, not negative.
 * @param endsect Last sector, inclusive; negative counts back from the end of the disk, so that -1
 *        is the last sector.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_part_add(gfs_handle *g, const char *device,
    const char *prlogex, int64_t startsect, int64_t endsect);

/** Deletes a partition from the partition table.
 *
 * On MBR disks an extended partition takes its logical partitions with it.
 *
 * Upstream: guestfs_part_del(3), since 1.3.2.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param partnum Partition number, counted from 1.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_part_del(gfs_handle *g, const char *device, int partnum);

/** Writes a new partition table with one primary partition that covers the disk. Existing
 * partitions are lost.
 *
 * The partition starts at sector 128, and about as many sectors are left free at the end.
 *
 * Upstream: guestfs_part_disk(3), since 1.0.78.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param parttype Type of table, normally mbr or gpt; see gfs_part_init().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_part_disk(gfs_handle *g, const char *device,
    const char *parttype);

/** Moves the backup copy of the GPT to where the disk now ends, for use after the disk image has
 * been enlarged.
 *
 * Upstream: guestfs_part_expand_gpt(3), since 1.33.2.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (gdisk).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_part_expand_gpt(gfs_handle *g, const char *device);

/** Reads the bootable flag of a partition.
 *
 * Upstream: guestfs_part_get_bootable(3), since 1.3.2.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param partnum Partition number, counted from 1.
 * @param result True if the flag is set. 1 for yes, 0 for no.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_part_get_bootable(gfs_handle *g, const char *device,
    int partnum, int *result);

/** Reads the disk GUID of a GPT disk.
 *
 * Upstream: guestfs_part_get_disk_guid(3), since 1.33.2.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param result The GUID as text; undefined for other partition tables. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_part_get_disk_guid(gfs_handle *g, const char *device,
    char **result);

/** Reads the attribute bits of a GPT partition. MBR partitions give an error.
 *
 * Upstream: guestfs_part_get_gpt_attributes(3), since 1.21.1.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param partnum Partition number, counted from 1.
 * @param result 64 bits: 0 required by the platform, 1 no block I/O protocol, 2 legacy BIOS
 *        bootable, 48 to 63 specific to the partition type.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_part_get_gpt_attributes(gfs_handle *g, const char *device,
    int partnum, int64_t *result);

/** Reads the unique GUID of a GPT partition.
 *
 * Upstream: guestfs_part_get_gpt_guid(3), since 1.29.25.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param partnum Partition number, counted from 1.
 * @param result The GUID as text. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_part_get_gpt_guid(gfs_handle *g, const char *device,
    int partnum, char **result);

/** Reads the type GUID of a GPT partition.
 *
 * Upstream: guestfs_part_get_gpt_type(3), since 1.21.1.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param partnum Partition number, counted from 1.
 * @param result The type GUID as text. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_part_get_gpt_type(gfs_handle *g, const char *device,
    int partnum, char **result);

/** Reads the type byte of an MBR partition.
 *
 * Upstream: guestfs_part_get_mbr_id(3), since 1.3.2.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param partnum Partition number, counted from 1.
 * @param result The type byte, for example 0x83 for Linux; undefined if the table is not MBR.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_part_get_mbr_id(gfs_handle *g, const char *device,
    int partnum, int *result);

/** Tells which kind of partition an MBR partition is.
 *
 * Upstream: guestfs_part_get_mbr_part_type(3), since 1.29.32.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param partnum Partition number, counted from 1.
 * @param result primary, extended or logical. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_part_get_mbr_part_type(gfs_handle *g, const char *device,
    int partnum, char **result);

/** Reads the name of a partition. Works with GPT but fails with MBR, which has no names.
 *
 * Upstream: guestfs_part_get_name(3), since 1.25.33.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param partnum Partition number, counted from 1.
 * @param result The name. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_part_get_name(gfs_handle *g, const char *device, int partnum,
    char **result);

/** Finds out the type of the partition table on a disk.
 *
 * A disk without a partition table gives an error.
 *
 * Upstream: guestfs_part_get_parttype(3), since 1.0.78.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param result msdos for MBR, gpt, or one of the rarer names listed at gfs_part_init(). Free it
 *        with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_part_get_parttype(gfs_handle *g, const char *device,
    char **result);

/** Writes a new, empty partition table. Existing partitions are lost.
 *
 * Add partitions with gfs_part_add().
 *
 * Upstream: guestfs_part_init(3), since 1.0.78.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param parttype gpt (or efi), or msdos (or mbr), which is limited to disks of 2 TB. Accepted but
 *        unsupported: aix, amiga (or rdb), bsd, dasd, dvh, mac, pc98, sun.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_part_init(gfs_handle *g, const char *device,
    const char *parttype);

/** Lists the partitions in the partition table of a disk.
 *
 * Divide by gfs_blockdev_getss() to get sectors. A disk without a partition table gives an error.
 *
 * Upstream: guestfs_part_list(3), since 1.0.78.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param result Number, start, end and size of each partition; positions and sizes are in bytes,
 *        not sectors. Free it with gfs_partition_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_part_list(gfs_handle *g, const char *device,
    struct gfs_partition_list **result);

/** Moves the end of a partition. A filesystem inside is not adjusted.
 *
 * Shrink the filesystem before the partition, but grow it after. See resize2fs.
 *
 * Upstream: guestfs_part_resize(3), since 1.37.20.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param partnum Partition number, counted from 1.
 * @param endsect New last sector, inclusive; negative counts back from the end of the disk.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_part_resize(gfs_handle *g, const char *device, int partnum,
    int64_t endsect);

/** Sets or clears the bootable flag of a partition, which some systems look at to find the boot
 * partition.
 *
 * Upstream: guestfs_part_set_bootable(3), since 1.0.78.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param partnum Partition number, counted from 1.
 * @param bootable Whether the partition is active.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_part_set_bootable(gfs_handle *g, const char *device,
    int partnum, int bootable);

/** Sets the disk GUID of a GPT disk.
 *
 * Fails if the disk is not GPT.
 *
 * Upstream: guestfs_part_set_disk_guid(3), since 1.33.2.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param guid The GUID as text; a malformed one gives an error.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_part_set_disk_guid(gfs_handle *g, const char *device,
    const char *guid);

/** Gives a GPT disk a new random disk GUID.
 *
 * Fails if the disk is not GPT.
 *
 * Upstream: guestfs_part_set_disk_guid_random(3), since 1.33.2.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_part_set_disk_guid_random(gfs_handle *g, const char *device);

/** Sets the attribute bits of a GPT partition, replacing the previous ones.
 *
 * Fails if the disk is not GPT.
 *
 * Upstream: guestfs_part_set_gpt_attributes(3), since 1.21.1.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param partnum Partition number, counted from 1.
 * @param attributes The bits as described at gfs_part_get_gpt_attributes(); 3 to 47 are reserved
 *        and must be 0.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_part_set_gpt_attributes(gfs_handle *g, const char *device,
    int partnum, int64_t attributes);

/** Sets the unique GUID of a GPT partition.
 *
 * Fails if the disk is not GPT.
 *
 * Upstream: guestfs_part_set_gpt_guid(3), since 1.29.25.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param partnum Partition number, counted from 1.
 * @param guid The GUID as text; a malformed one gives an error.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_part_set_gpt_guid(gfs_handle *g, const char *device,
    int partnum, const char *guid);

/** Sets the type GUID of a GPT partition.
 *
 * Fails if the disk is not GPT.
 *
 * Upstream: guestfs_part_set_gpt_type(3), since 1.21.1.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param partnum Partition number, counted from 1.
 * @param guid The type GUID as text, for example C12A7328-F81F-11D2-BA4B-00A0C93EC93B for an EFI
 *        system partition.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_part_set_gpt_type(gfs_handle *g, const char *device,
    int partnum, const char *guid);

/** Sets the type byte of an MBR partition.
 *
 * Other partition tables have no type byte; the outcome is then undefined.
 *
 * Upstream: guestfs_part_set_mbr_id(3), since 1.3.2.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param partnum Partition number, counted from 1.
 * @param idbyte The type byte, for example 0x83 for Linux. Published lists give these numbers in
 *        hexadecimal.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_part_set_mbr_id(gfs_handle *g, const char *device,
    int partnum, int idbyte);

/** Sets the name of a partition. Works with GPT but not with MBR, which has no names.
 *
 * Upstream: guestfs_part_set_name(3), since 1.0.78.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param partnum Partition number, counted from 1.
 * @param name New name.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_part_set_name(gfs_handle *g, const char *device, int partnum,
    const char *name);

/** Finds the disk that a partition belongs to, for example /dev/sdb for /dev/sdb1.
 *
 * Upstream: guestfs_part_to_dev(3), since 1.5.15.
 * @param g The handle.
 * @param partition Device name of an existing partition.
 * @param result Device name of the disk. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_part_to_dev(gfs_handle *g, const char *partition,
    char **result);

/** Finds the number of a partition from its device name, for example 1 for /dev/sdb1.
 *
 * Upstream: guestfs_part_to_partnum(3), since 1.13.25.
 * @param g The handle.
 * @param partition Device name of an existing partition.
 * @param result The partition number, counted from 1.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_part_to_partnum(gfs_handle *g, const char *partition,
    int *result);

/** Partitions a disk by feeding lines to sfdisk(8). Existing partitions are replaced.
 *
 * Upstream: guestfs_sfdisk(3), since 0.0.8.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param cyls Cylinders: the number reported to sfdisk(8); 0 leaves it out, as is usual.
 * @param heads Heads: the number reported to sfdisk(8); 0 leaves it out, as is usual.
 * @param sectors Sectors per track: the number reported to sfdisk(8); 0 leaves it out, as is
 *        usual.
 * @param lines Input lines in sfdisk(8) syntax; a single , makes one partition of the whole disk.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_part_add().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_sfdisk(gfs_handle *g, const char *device,
    int cyls, int heads, int sectors, const char *const *lines);

/** Partitions a disk by feeding lines to sfdisk(8), with sizes in megabytes. Existing partitions
 * are replaced.
 *
 * Relies on the sfdisk option -uM, which current versions of that program refuse.
 *
 * Upstream: guestfs_sfdiskM(3), since 1.0.55.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param lines Input lines in sfdisk(8) syntax.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_part_add().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_sfdiskM(gfs_handle *g, const char *device,
    const char *const *lines);

/** Changes a single partition by feeding one line to sfdisk(8).
 *
 * Upstream: guestfs_sfdisk_N(3), since 1.0.26.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param partnum Partition number, counted from 1.
 * @param cyls Cylinders: the number reported to sfdisk(8); 0 leaves it out, as is usual.
 * @param heads Heads: the number reported to sfdisk(8); 0 leaves it out, as is usual.
 * @param sectors Sectors per track: the number reported to sfdisk(8); 0 leaves it out, as is
 *        usual.
 * @param line Input line in sfdisk(8) syntax.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_part_add().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_sfdisk_N(gfs_handle *g, const char *device,
    int partnum, int cyls, int heads, int sectors, const char *line);

/** Reads the disk geometry recorded in the partition table. It can differ from that of
 * gfs_sfdisk_kernel_geometry(), for instance after a resize.
 *
 * Upstream: guestfs_sfdisk_disk_geometry(3), since 1.0.26.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param result Text for people, not meant for parsing. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_sfdisk_disk_geometry(gfs_handle *g, const char *device,
    char **result);

/** Reads the geometry of a disk as the kernel sees it.
 *
 * Upstream: guestfs_sfdisk_kernel_geometry(3), since 1.0.26.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param result Text for people, not meant for parsing. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_sfdisk_kernel_geometry(gfs_handle *g, const char *device,
    char **result);

/** Prints the partition table of a disk with sfdisk(8).
 *
 * Upstream: guestfs_sfdisk_l(3), since 1.0.26.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param result Text for people, not meant for parsing; programs use gfs_part_list(). Free it with
 *        gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_part_list().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_sfdisk_l(gfs_handle *g, const char *device,
    char **result);

/* ---------------------------------------------------------------------------------------------- */
/* Permissions: modes, owners, times, ACLs, capabilities, extended attributes, SELinux labels, device nodes. */
/* ---------------------------------------------------------------------------------------------- */

/** Deletes the default access control list (POSIX ACL) of a guest directory.
 *
 * Upstream: guestfs_acl_delete_def_file(3), since 1.19.63.
 * @param g The handle.
 * @param dir Absolute path in the guest.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (acl).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_acl_delete_def_file(gfs_handle *g, const char *dir);

/** Reads the POSIX access control list of a guest path.
 *
 * Upstream: guestfs_acl_get_file(3), since 1.19.63.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param acltype access for the ordinary list, or default for the one new files in a directory
 *        inherit.
 * @param result The list in the long text form of acl(5). Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (acl).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_acl_get_file(gfs_handle *g, const char *path,
    const char *acltype, char **result);

/** Replaces the POSIX access control list of a guest path.
 *
 * Give numeric ids: names are not resolved as the guest would do it.
 *
 * Upstream: guestfs_acl_set_file(3), since 1.19.63.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param acltype access for the ordinary list, or default for the one new files in a directory
 *        inherit.
 * @param acl Whole list in long or short text form, for example u::rwx,g::r-x,o::r-x. Entries for
 *        single users or groups also need a mask, such as m::rwx.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (acl).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_acl_set_file(gfs_handle *g, const char *path,
    const char *acltype, const char *acl);

/** Reads the Linux capabilities attached to a guest file.
 *
 * Upstream: guestfs_cap_get_file(3), since 1.19.63.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param result The set in the text form of cap_to_text(3); empty if the file has none. Free it
 *        with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (linuxcaps).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_cap_get_file(gfs_handle *g, const char *path, char **result);

/** Attaches Linux capabilities to a guest file, replacing those it has.
 *
 * Upstream: guestfs_cap_set_file(3), since 1.19.63.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param cap The set in the text form of cap_from_text(3), for example cap_net_raw+ep.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (linuxcaps).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_cap_set_file(gfs_handle *g, const char *path, const char *cap);

/** Changes the permission bits of a guest path. Symbolic links are followed.
 *
 * Upstream: guestfs_chmod(3), since 0.0.8.
 * @param g The handle.
 * @param mode New bits as a number. C# has no octal literals: octal 0644 is 0x1A4, 0755 is 0x1ED.
 * @param path Absolute path in the guest.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_chmod(gfs_handle *g, int mode, const char *path);

/** Changes owner and group of a guest path. Symbolic links are followed.
 *
 * Names are not accepted: look them up in /etc/passwd and /etc/group of the guest.
 *
 * Upstream: guestfs_chown(3), since 0.0.8.
 * @param g The handle.
 * @param owner Numeric user id.
 * @param group Numeric group id.
 * @param path Absolute path in the guest.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_chown(gfs_handle *g, int owner, int group, const char *path);

/** Optional arguments of gfs_copy_attributes(). */
struct gfs_copy_attributes_options {
    /** Size of this structure: GFS_COPY_ATTRIBUTES_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** True turns on each of the other options that is not given. Default false. */
    int all;
    /** True copies permission, setuid, setgid and sticky bits. Default false. */
    int mode;
    /** True copies extended attributes, where the appliance supports them. Default false. */
    int xattributes;
    /** True copies the user and group ids. Default false. */
    int ownership;
};
/** Initialises a struct gfs_copy_attributes_options, in which nothing is set. */
#define GFS_COPY_ATTRIBUTES_OPTIONS_INIT \
    { sizeof(struct gfs_copy_attributes_options), GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET }

/** Copies mode, owner or extended attributes from one guest path to another. Without options
 * nothing is copied.
 *
 * Upstream: guestfs_copy_attributes(3), since 1.25.21.
 * @param g The handle.
 * @param src Path to read from.
 * @param dest Existing path to change.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_copy_attributes(gfs_handle *g, const char *src,
    const char *dest, const struct gfs_copy_attributes_options *options);

/** Reads the mask set by umask.
 *
 * Upstream: guestfs_get_umask(3), since 1.3.4.
 * @param g The handle.
 * @param result The current mask; octal 022 (18) unless changed.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_get_umask(gfs_handle *g, int *result);

/** Reads the SELinux context of the daemon inside the appliance.
 *
 * Upstream: guestfs_getcon(3), since 1.0.67.
 * @param g The handle.
 * @param result The context as text. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (selinux).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_selinux_relabel().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_getcon(gfs_handle *g, char **result);

/** Reads one extended attribute of a guest file. Symbolic links are followed.
 *
 * A missing attribute is an error. Filesystems such as ntfs-3g cannot list attributes, so
 * getxattrs may not show what this finds.
 *
 * Upstream: guestfs_getxattr(3), since 1.7.24.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param name Full name with its namespace, for example user.comment or security.selinux.
 * @param result The raw value. Free it with gfs_free().
 * @param result_size Length of the result in bytes.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (linuxxattrs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_getxattr(gfs_handle *g, const char *path, const char *name,
    char **result, size_t *result_size);

/** Reads all extended attributes of a guest file or directory. Symbolic links are followed.
 *
 * lgetxattrs reads those of a link itself.
 *
 * Upstream: guestfs_getxattrs(3), since 1.0.59.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param result The attributes, sorted by name, with their raw values. Free it with
 *        gfs_xattr_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (linuxxattrs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_getxattrs(gfs_handle *g, const char *path,
    struct gfs_xattr_list **result);

/** Changes owner and group of a guest path, or of the link itself if it is a symbolic link.
 *
 * Names are not accepted: look them up in /etc/passwd and /etc/group of the guest.
 *
 * Upstream: guestfs_lchown(3), since 1.0.77.
 * @param g The handle.
 * @param owner Numeric user id.
 * @param group Numeric group id.
 * @param path Absolute path in the guest.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_lchown(gfs_handle *g, int owner, int group, const char *path);

/** Reads one extended attribute of a guest file, or of the link itself if the path is a symbolic
 * link.
 *
 * A missing attribute is an error. Filesystems such as ntfs-3g cannot list attributes, so
 * lgetxattrs may not show what this finds.
 *
 * Upstream: guestfs_lgetxattr(3), since 1.7.24.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param name Full name with its namespace, for example user.comment or security.selinux.
 * @param result The raw value. Free it with gfs_free().
 * @param result_size Length of the result in bytes.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (linuxxattrs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_lgetxattr(gfs_handle *g, const char *path, const char *name,
    char **result, size_t *result_size);

/** Reads all extended attributes of a guest file, or of the link itself if the path is a symbolic
 * link.
 *
 * Upstream: guestfs_lgetxattrs(3), since 1.0.59.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param result The attributes, sorted by name, with their raw values. Free it with
 *        gfs_xattr_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (linuxxattrs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_lgetxattrs(gfs_handle *g, const char *path,
    struct gfs_xattr_list **result);

/** Removes one extended attribute of a guest file, or of the link itself if the path is a symbolic
 * link.
 *
 * Upstream: guestfs_lremovexattr(3), since 1.0.59.
 * @param g The handle.
 * @param xattr Full name with its namespace, for example user.comment or security.selinux.
 * @param path Absolute path in the guest.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (linuxxattrs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_lremovexattr(gfs_handle *g, const char *xattr,
    const char *path);

/** Sets one extended attribute of a guest file, or of the link itself if the path is a symbolic
 * link.
 *
 * Upstream: guestfs_lsetxattr(3), since 1.0.59.
 * @param g The handle.
 * @param xattr Full name with its namespace, for example user.comment or security.selinux.
 * @param val New value. It travels as a C string, so it cannot hold zero bytes.
 * @param vallen Length of val in bytes, not in characters.
 * @param path Absolute path in the guest.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (linuxxattrs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_lsetxattr(gfs_handle *g, const char *xattr, const char *val,
    int vallen, const char *path);

/** Reads the extended attributes of many files of one guest directory in one go. Symbolic links are
 * not followed.
 *
 * The decimal text may end with a zero byte.
 *
 * Upstream: guestfs_lxattrlist(3), since 1.0.77.
 * @param g The handle.
 * @param path The directory.
 * @param names File names inside it, without slashes.
 * @param result A flat list. Each file starts with an entry of empty name whose value is the
 *        number of entries that follow for it, as decimal text; an empty value means that the file
 *        could not be read. Free it with gfs_xattr_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (linuxxattrs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_lxattrlist(gfs_handle *g, const char *path,
    const char *const *names, struct gfs_xattr_list **result);

/** Creates a named pipe in the guest.
 *
 * The bits of the umask are cleared from the mode.
 *
 * Upstream: guestfs_mkfifo(3), since 1.0.55.
 * @param g The handle.
 * @param mode Permission bits only, no file type. C# has no octal literals: octal 0644 is 0x1A4,
 *        0755 is 0x1ED.
 * @param path Absolute path in the guest.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (mknod).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_mkfifo(gfs_handle *g, int mode, const char *path);

/** Creates a device node, a named pipe or a socket in the guest.
 *
 * The bits of the umask are cleared from the mode. gfs_mknod_b(), gfs_mknod_c() and mkfifo supply
 * the type.
 *
 * Upstream: guestfs_mknod(3), since 1.0.55.
 * @param g The handle.
 * @param mode File type plus permission bits: 0x6000 block, 0x2000 character, 0x1000 FIFO, 0xC000
 *        socket; without a type a regular file results.
 * @param devmajor Major device number; unused for other types.
 * @param devminor Minor device number; unused for other types.
 * @param path Absolute path in the guest.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (mknod).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_mknod(gfs_handle *g, int mode, int devmajor, int devminor,
    const char *path);

/** Creates a block device node in the guest.
 *
 * The bits of the umask are cleared from the mode.
 *
 * Upstream: guestfs_mknod_b(3), since 1.0.55.
 * @param g The handle.
 * @param mode Permission bits only, no file type. C# has no octal literals: octal 0644 is 0x1A4,
 *        0755 is 0x1ED.
 * @param devmajor Major device number.
 * @param devminor Minor device number.
 * @param path Absolute path in the guest.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (mknod).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_mknod_b(gfs_handle *g, int mode, int devmajor, int devminor,
    const char *path);

/** Creates a character device node in the guest.
 *
 * The bits of the umask are cleared from the mode.
 *
 * Upstream: guestfs_mknod_c(3), since 1.0.55.
 * @param g The handle.
 * @param mode Permission bits only, no file type. C# has no octal literals: octal 0644 is 0x1A4,
 *        0755 is 0x1ED.
 * @param devmajor Major device number.
 * @param devminor Minor device number.
 * @param path Absolute path in the guest.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (mknod).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_mknod_c(gfs_handle *g, int mode, int devmajor, int devminor,
    const char *path);

/** Removes one extended attribute of a guest file. Symbolic links are followed.
 *
 * Upstream: guestfs_removexattr(3), since 1.0.59.
 * @param g The handle.
 * @param xattr Full name with its namespace, for example user.comment or security.selinux.
 * @param path Absolute path in the guest.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (linuxxattrs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_removexattr(gfs_handle *g, const char *xattr,
    const char *path);

/** Optional arguments of gfs_selinux_relabel(). */
struct gfs_selinux_relabel_options {
    /** Size of this structure: GFS_SELINUX_RELABEL_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** True also resets files with customizable labels and the user, role and range of each label.
     * Default false.
     */
    int force;
};
/** Initialises a struct gfs_selinux_relabel_options, in which nothing is set. */
#define GFS_SELINUX_RELABEL_OPTIONS_INIT \
    { sizeof(struct gfs_selinux_relabel_options), GFS_UNSET }

/** Resets the SELinux labels of a guest directory and everything below it.
 *
 * Upstream: guestfs_selinux_relabel(3), since 1.33.43.
 * @param g The handle.
 * @param specfile Guest path of the file_contexts of the policy, usually
 *        /etc/selinux/TYPE/contexts/files/file_contexts with the type read from
 *        /etc/selinux/config.
 * @param path Where to start, usually /.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (selinuxrelabel).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_setfiles().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_selinux_relabel(gfs_handle *g,
    const char *specfile, const char *path, const struct gfs_selinux_relabel_options *options);

/** Sets the SELinux context of the daemon inside the appliance.
 *
 * Upstream: guestfs_setcon(3), since 1.0.67.
 * @param g The handle.
 * @param context The context as text.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (selinux).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_selinux_relabel().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_setcon(gfs_handle *g, const char *context);

/** Optional arguments of gfs_setfiles(). */
struct gfs_setfiles_options {
    /** Size of this structure: GFS_SETFILES_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** True also resets files with customizable labels and the user, role and range of each label.
     * Default false.
     */
    int force;
};
/** Initialises a struct gfs_setfiles_options, in which nothing is set. */
#define GFS_SETFILES_OPTIONS_INIT \
    { sizeof(struct gfs_setfiles_options), GFS_UNSET }

/** Resets the SELinux labels below one or more guest directories by running setfiles.
 *
 * Upstream: guestfs_setfiles(3), since 1.57.1.
 * @param g The handle.
 * @param specfile Guest path of the file_contexts of the policy, usually
 *        /etc/selinux/TYPE/contexts/files/file_contexts with the type read from
 *        /etc/selinux/config.
 * @param paths Directories to start from, one for each mounted filesystem, since no start crosses
 *        into another filesystem. An empty list does nothing.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (selinuxrelabel), GFS_ERR_MISSING_FUNCTION.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_setfiles(gfs_handle *g, const char *specfile,
    const char *const *paths, const struct gfs_setfiles_options *options);

/** Sets one extended attribute of a guest file, creating or replacing it. Symbolic links are
 * followed.
 *
 * Upstream: guestfs_setxattr(3), since 1.0.59.
 * @param g The handle.
 * @param xattr Full name with its namespace, for example user.comment or security.selinux.
 * @param val New value. It travels as a C string, so it cannot hold zero bytes.
 * @param vallen Length of val in bytes, not in characters.
 * @param path Absolute path in the guest.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (linuxxattrs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_setxattr(gfs_handle *g, const char *xattr, const char *val,
    int vallen, const char *path);

/** Sets the mask of permission bits that are cleared when this handle creates files, directories
 * and device nodes in the guest.
 *
 * Set it to 0 before creating directories or device nodes with an exact mode.
 *
 * Upstream: guestfs_umask(3), since 1.0.55.
 * @param g The handle.
 * @param mask 0 to octal 0777. C# has no octal literals: octal 022 is 0x12.
 * @param result The mask that was set before; initially octal 022.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_umask(gfs_handle *g, int mask, int *result);

/** Sets the access and modification times of a guest path. A symbolic link is changed itself.
 *
 * Upstream: guestfs_utimens(3), since 1.0.77.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param atsecs Access time, seconds since 1970-01-01 UTC.
 * @param atnsecs Nanoseconds of the access time; -1 means now and -2 leaves that time alone,
 *        atsecs being ignored.
 * @param mtsecs Modification time, seconds since 1970-01-01 UTC.
 * @param mtnsecs Nanoseconds of the modification time; -1 means now and -2 leaves that time alone,
 *        mtsecs being ignored.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_utimens(gfs_handle *g, const char *path, int64_t atsecs,
    int64_t atnsecs, int64_t mtsecs, int64_t mtnsecs);

/* ---------------------------------------------------------------------------------------------- */
/* Searching: grep, find, glob, strings and the kind of a file. */
/* ---------------------------------------------------------------------------------------------- */

/** Returns the lines of a guest file that match an extended regular expression, respecting case.
 *
 * The result must fit into one protocol message, a little under 4 MB.
 *
 * Upstream: guestfs_egrep(3), since 1.0.66. Transfers at most about 4 MB, the size of a protocol
 * message.
 * @param g The handle.
 * @param regex Extended regular expression of grep -E.
 * @param path Absolute path in the guest.
 * @param result The matching lines; empty if none matches. Ends with NULL. Free it with
 *        gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_grep().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_egrep(gfs_handle *g, const char *regex,
    const char *path, char ***result);

/** Returns the lines of a guest file that match an extended regular expression, ignoring case.
 *
 * The result must fit into one protocol message, a little under 4 MB.
 *
 * Upstream: guestfs_egrepi(3), since 1.0.66. Transfers at most about 4 MB, the size of a protocol
 * message.
 * @param g The handle.
 * @param regex Extended regular expression of grep -E.
 * @param path Absolute path in the guest.
 * @param result The matching lines; empty if none matches. Ends with NULL. Free it with
 *        gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_grep().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_egrepi(gfs_handle *g, const char *regex,
    const char *path, char ***result);

/** Returns the lines of a guest file that contain a fixed string, respecting case.
 *
 * The result must fit into one protocol message, a little under 4 MB.
 *
 * Upstream: guestfs_fgrep(3), since 1.0.66. Transfers at most about 4 MB, the size of a protocol
 * message.
 * @param g The handle.
 * @param pattern Plain text, not a regular expression.
 * @param path Absolute path in the guest.
 * @param result The matching lines; empty if none matches. Ends with NULL. Free it with
 *        gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_grep().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_fgrep(gfs_handle *g, const char *pattern,
    const char *path, char ***result);

/** Returns the lines of a guest file that contain a fixed string, ignoring case.
 *
 * The result must fit into one protocol message, a little under 4 MB.
 *
 * Upstream: guestfs_fgrepi(3), since 1.0.66. Transfers at most about 4 MB, the size of a protocol
 * message.
 * @param g The handle.
 * @param pattern Plain text, not a regular expression.
 * @param path Absolute path in the guest.
 * @param result The matching lines; empty if none matches. Ends with NULL. Free it with
 *        gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_grep().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_fgrepi(gfs_handle *g, const char *pattern,
    const char *path, char ***result);

/** Describes the contents of a guest file or a device in words, as the file program does. Looks
 * inside compressed files.
 *
 * A symbolic link is not followed.
 *
 * Upstream: guestfs_file(3), since 1.9.1.
 * @param g The handle.
 * @param path Guest path or device such as /dev/sda1.
 * @param result The description without the file name, for example directory or symbolic link. For
 *        a regular file or a device the wording depends on the version of file. Free it with
 *        gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_file(gfs_handle *g, const char *path, char **result);

/** Finds the processor architecture that a binary of the guest is made for.
 *
 * Static libraries, x86 vmlinuz kernels and ext2 initrds are not understood.
 *
 * Upstream: guestfs_file_architecture(3), since 1.5.3.
 * @param g The handle.
 * @param filename Guest path of an executable, shared library, Windows EXE or DLL, kernel module,
 *        initramfs or non-x86 kernel.
 * @param result For example x86_64, i386 (any 32-bit x86), aarch64, arm, ppc64le, riscv64 or
 *        s390x. More names may be added. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_file_architecture(gfs_handle *g, const char *filename,
    char **result);

/** Lists everything below a guest directory, recursively, files and directories alike.
 *
 * Let directory end with /, otherwise each result starts with one. Use find0 for very large trees.
 *
 * Upstream: guestfs_find(3), since 1.0.27.
 * @param g The handle.
 * @param directory Where to start; anything but a directory is an error.
 * @param result The paths with the text of directory cut off their front, sorted by byte value;
 *        the directory itself is not listed. Ends with NULL. Free it with gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_find(gfs_handle *g, const char *directory, char ***result);

/** Lists everything below a guest directory, recursively, and writes the names to a file of the
 * host.
 *
 * The paths come unsorted and, unless directory ends with /, start with a slash. find returns a
 * sorted list instead.
 *
 * Upstream: guestfs_find0(3), since 1.0.74.
 * @param g The handle.
 * @param directory Where to start; anything but a directory is an error.
 * @param files File on the host to write, overwritten. Each path is followed by a zero byte.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_find0(gfs_handle *g, const char *directory, const char *files);

/** Optional arguments of gfs_glob_expand(). */
struct gfs_glob_expand_options {
    /** Size of this structure: GFS_GLOB_EXPAND_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** True ends the names of directories with /. Default true. */
    int directoryslash;
};
/** Initialises a struct gfs_glob_expand_options, in which nothing is set. */
#define GFS_GLOB_EXPAND_OPTIONS_INIT \
    { sizeof(struct gfs_glob_expand_options), GFS_UNSET }

/** Returns the guest paths that match a shell wildcard pattern.
 *
 * Upstream: guestfs_glob_expand(3), since 1.0.50.
 * @param g The handle.
 * @param pattern Absolute path pattern with *, ?, [...] and {a,b}. Device names are not matched;
 *        see gfs_list_devices().
 * @param options Optional arguments, or NULL for none.
 * @param result The matching paths; empty if there are none. Ends with NULL. Free it with
 *        gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_glob_expand(gfs_handle *g, const char *pattern,
    const struct gfs_glob_expand_options *options, char ***result);

/** Optional arguments of gfs_grep(). */
struct gfs_grep_options {
    /** Size of this structure: GFS_GREP_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** True takes regex as an extended regular expression (grep -E). Default false. */
    int extended;
    /** True takes regex as plain text (grep -F); not together with extended. Default false. */
    int fixed;
    /** True ignores case. Default false. */
    int insensitive;
    /** True searches with zgrep, which reads files packed by gzip or compress. Default false. */
    int compressed;
};
/** Initialises a struct gfs_grep_options, in which nothing is set. */
#define GFS_GREP_OPTIONS_INIT \
    { sizeof(struct gfs_grep_options), GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET }

/** Returns the lines of a guest file that match a regular expression, using grep inside the
 * appliance.
 *
 * The result must fit into one protocol message, a little under 4 MB.
 *
 * Upstream: guestfs_grep(3), since 1.0.66. Transfers at most about 4 MB, the size of a protocol
 * message.
 * @param g The handle.
 * @param regex Basic regular expression, unless extended or fixed says otherwise.
 * @param path Absolute path in the guest.
 * @param options Optional arguments, or NULL for none.
 * @param result The matching lines; empty if none matches. Ends with NULL. Free it with
 *        gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_grep(gfs_handle *g, const char *regex, const char *path,
    const struct gfs_grep_options *options, char ***result);

/** Returns the lines of a guest file that match a basic regular expression, ignoring case.
 *
 * The result must fit into one protocol message, a little under 4 MB.
 *
 * Upstream: guestfs_grepi(3), since 1.0.66. Transfers at most about 4 MB, the size of a protocol
 * message.
 * @param g The handle.
 * @param regex Basic regular expression of grep.
 * @param path Absolute path in the guest.
 * @param result The matching lines; empty if none matches. Ends with NULL. Free it with
 *        gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_grep().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_grepi(gfs_handle *g, const char *regex,
    const char *path, char ***result);

/** Returns the printable ASCII strings found in a guest file, using the strings program.
 *
 * The result must fit into one protocol message, a little under 4 MB. Use gfs_strings_e() for
 * other encodings.
 *
 * Upstream: guestfs_strings(3), since 1.0.22. Transfers at most about 4 MB, the size of a protocol
 * message.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param result The strings in order of appearance. Ends with NULL. Free it with
 *        gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_strings(gfs_handle *g, const char *path, char ***result);

/** Returns the printable strings of a chosen encoding found in a guest file.
 *
 * The result must fit into one protocol message, a little under 4 MB.
 *
 * Upstream: guestfs_strings_e(3), since 1.0.22. Transfers at most about 4 MB, the size of a
 * protocol message.
 * @param g The handle.
 * @param encoding One letter: s 7-bit ASCII, S 8-bit, b and l 16-bit big and little endian, B and
 *        L 32-bit big and little endian. Use l for Windows binaries.
 * @param path Absolute path in the guest.
 * @param result The strings, converted to UTF-8. Ends with NULL. Free it with
 *        gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_strings_e(gfs_handle *g, const char *encoding,
    const char *path, char ***result);

/** Returns the lines of a possibly compressed guest file that match an extended regular expression,
 * respecting case.
 *
 * The result must fit into one protocol message, a little under 4 MB.
 *
 * Upstream: guestfs_zegrep(3), since 1.0.66. Transfers at most about 4 MB, the size of a protocol
 * message.
 * @param g The handle.
 * @param regex Extended regular expression of grep -E.
 * @param path Absolute path in the guest.
 * @param result The matching lines; empty if none matches. Ends with NULL. Free it with
 *        gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_grep().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_zegrep(gfs_handle *g, const char *regex,
    const char *path, char ***result);

/** Returns the lines of a possibly compressed guest file that match an extended regular expression,
 * ignoring case.
 *
 * The result must fit into one protocol message, a little under 4 MB.
 *
 * Upstream: guestfs_zegrepi(3), since 1.0.66. Transfers at most about 4 MB, the size of a protocol
 * message.
 * @param g The handle.
 * @param regex Extended regular expression of grep -E.
 * @param path Absolute path in the guest.
 * @param result The matching lines; empty if none matches. Ends with NULL. Free it with
 *        gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_grep().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_zegrepi(gfs_handle *g, const char *regex,
    const char *path, char ***result);

/** Returns the lines of a possibly compressed guest file that contain a fixed string, respecting
 * case.
 *
 * The result must fit into one protocol message, a little under 4 MB.
 *
 * Upstream: guestfs_zfgrep(3), since 1.0.66. Transfers at most about 4 MB, the size of a protocol
 * message.
 * @param g The handle.
 * @param pattern Plain text, not a regular expression.
 * @param path Absolute path in the guest.
 * @param result The matching lines; empty if none matches. Ends with NULL. Free it with
 *        gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_grep().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_zfgrep(gfs_handle *g, const char *pattern,
    const char *path, char ***result);

/** Returns the lines of a possibly compressed guest file that contain a fixed string, ignoring
 * case.
 *
 * The result must fit into one protocol message, a little under 4 MB.
 *
 * Upstream: guestfs_zfgrepi(3), since 1.0.66. Transfers at most about 4 MB, the size of a protocol
 * message.
 * @param g The handle.
 * @param pattern Plain text, not a regular expression.
 * @param path Absolute path in the guest.
 * @param result The matching lines; empty if none matches. Ends with NULL. Free it with
 *        gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_grep().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_zfgrepi(gfs_handle *g, const char *pattern,
    const char *path, char ***result);

/** Decompresses a guest file and describes what is inside in the words of the file program.
 *
 * file looks into compressed files on its own.
 *
 * Upstream: guestfs_zfile(3), since 1.0.59.
 * @param g The handle.
 * @param meth gzip, compress or bzip2.
 * @param path Absolute path in the guest.
 * @param result The description without the file name. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_file().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_zfile(gfs_handle *g, const char *meth,
    const char *path, char **result);

/** Returns the lines of a possibly compressed guest file that match a basic regular expression,
 * respecting case.
 *
 * The result must fit into one protocol message, a little under 4 MB.
 *
 * Upstream: guestfs_zgrep(3), since 1.0.66. Transfers at most about 4 MB, the size of a protocol
 * message.
 * @param g The handle.
 * @param regex Basic regular expression of grep.
 * @param path Absolute path in the guest.
 * @param result The matching lines; empty if none matches. Ends with NULL. Free it with
 *        gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_grep().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_zgrep(gfs_handle *g, const char *regex,
    const char *path, char ***result);

/** Returns the lines of a possibly compressed guest file that match a basic regular expression,
 * ignoring case.
 *
 * The result must fit into one protocol message, a little under 4 MB.
 *
 * Upstream: guestfs_zgrepi(3), since 1.0.66. Transfers at most about 4 MB, the size of a protocol
 * message.
 * @param g The handle.
 * @param regex Basic regular expression of grep.
 * @param path Absolute path in the guest.
 * @param result The matching lines; empty if none matches. Ends with NULL. Free it with
 *        gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_grep().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_zgrepi(gfs_handle *g, const char *regex,
    const char *path, char ***result);

/* ---------------------------------------------------------------------------------------------- */
/* Life cycle of the appliance: launching, shutting down, state, features, version and debugging. */
/* ---------------------------------------------------------------------------------------------- */

/** Checks that the appliance supports all the given feature groups, and fails if it does not. Needs
 * gfs_launch() first.
 *
 * An unknown group name also is an error. gfs_feature_available() gives a Boolean answer.
 *
 * Upstream: guestfs_available(3), since 1.0.80.
 * @param g The handle.
 * @param groups Group names such as augeas or inotify, see gfs_available_all_groups().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_available(gfs_handle *g, const char *const *groups);

/** Lists the names of all feature groups the appliance knows, whether it supports them or not.
 *
 * Upstream: guestfs_available_all_groups(3), since 1.3.15.
 * @param g The handle.
 * @param result Group names, to be tested with gfs_feature_available(). Ends with NULL. Free it
 *        with gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_available_all_groups(gfs_handle *g, char ***result);

/** Gets the address of the native handle, for passing it to other native libraries.
 *
 * Upstream: guestfs_c_pointer(3), since 1.29.17.
 * @param g The handle.
 * @param result The guestfs_h pointer as an integer.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_c_pointer(gfs_handle *g, int64_t *result);

/** Runs an internal debugging command of the appliance daemon. Not a stable interface.
 *
 * Upstream: guestfs_debug(3), since 1.0.11.
 * @param g The handle.
 * @param subcmd Command name; help lists the names.
 * @param extraargs Arguments of the command.
 * @param result Output of the command, whose form depends on the command. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_debug(gfs_handle *g, const char *subcmd,
    const char *const *extraargs, char **result);

/** Lists the drives as the library holds them internally. For debugging; may change or vanish at
 * any time.
 *
 * Upstream: guestfs_debug_drives(3), since 1.13.22.
 * @param g The handle.
 * @param result One line of text per drive, describing its file and options. Ends with NULL. Free
 *        it with gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_debug_drives(gfs_handle *g, char ***result);

/** Uploads a host file into the appliance itself, not into the mounted guest filesystem, and
 * overwrites an existing file. Internal, for debugging.
 *
 * Upstream: guestfs_debug_upload(3), since 1.3.5.
 * @param g The handle.
 * @param filename File on the host.
 * @param tmpname Destination path in the root filesystem of the appliance.
 * @param mode Permission bits of a newly created file, for example octal 0644.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_debug_upload(gfs_handle *g, const char *filename,
    const char *tmpname, int mode);

/** Reads the kernel messages of the appliance.
 *
 * The messages also appear in the verbose output, see gfs_set_verbose().
 *
 * Upstream: guestfs_dmesg(3), since 1.0.18.
 * @param g The handle.
 * @param result Output of dmesg. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_dmesg(gfs_handle *g, char **result);

/** Writes pending data to disk and then makes the appliance kernel drop its caches.
 *
 * Upstream: guestfs_drop_caches(3), since 1.0.18.
 * @param g The handle.
 * @param whattodrop Linux gfs_drop_caches() value: 1 for the page cache, 2 for dentries and
 *        inodes, 3 for both.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_drop_caches(gfs_handle *g, int whattodrop);

/** Sends words to the appliance daemon and gets them back, as a test of the connection.
 *
 * Upstream: guestfs_echo_daemon(3), since 1.0.69.
 * @param g The handle.
 * @param words Words to send.
 * @param result The words joined with single spaces. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_echo_daemon(gfs_handle *g, const char *const *words,
    char **result);

/** Tells whether the appliance supports all the given feature groups. Needs gfs_launch() first.
 *
 * An unknown group name is an error. Functions of a supported group can still fail for other
 * reasons.
 *
 * Upstream: guestfs_feature_available(3), since 1.21.26.
 * @param g The handle.
 * @param groups Group names such as augeas or inotify, see gfs_available_all_groups().
 * @param result True if every group is supported. 1 for yes, 0 for no.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_feature_available(gfs_handle *g, const char *const *groups,
    int *result);

/** Gets the process ID of the hypervisor on the host. Meant for debugging.
 *
 * Fails if no hypervisor is running.
 *
 * Upstream: guestfs_get_pid(3), since 1.0.56.
 * @param g The handle.
 * @param result The process ID.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_get_pid(gfs_handle *g, int *result);

/** Gets the state of the handle as a number, useful only in debug output.
 *
 * Upstream: guestfs_get_state(3), since 1.0.2.
 * @param g The handle.
 * @param result An opaque number; use gfs_is_config(), gfs_is_launching() or gfs_is_ready() in
 *        code.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_get_state(gfs_handle *g, int *result);

/** Makes the appliance daemon exit. Internal, for tests of libguestfs itself.
 *
 * Upstream: guestfs_internal_exit(3), since 1.23.30.
 * @param g The handle.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_internal_exit(gfs_handle *g);

/** Always reports false; do not use it.
 *
 * Upstream: guestfs_is_busy(3), since 1.0.2.
 * @param g The handle.
 * @param result False. 1 for yes, 0 for no.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_is_busy(gfs_handle *g, int *result);

/** Tells whether the handle is still being configured, that is, not launched.
 *
 * Upstream: guestfs_is_config(3), since 1.0.2.
 * @param g The handle.
 * @param result True before gfs_launch(). 1 for yes, 0 for no.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_is_config(gfs_handle *g, int *result);

/** Tells whether the appliance is being started.
 *
 * Upstream: guestfs_is_launching(3), since 1.0.2.
 * @param g The handle.
 * @param result True while gfs_launch() runs. 1 for yes, 0 for no.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_is_launching(gfs_handle *g, int *result);

/** Tells whether the appliance is up and accepts operations.
 *
 * Upstream: guestfs_is_ready(3), since 1.0.2.
 * @param g The handle.
 * @param result True after a successful gfs_launch(), until shutdown. 1 for yes, 0 for no.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_is_ready(gfs_handle *g, int *result);

/** Stops the hypervisor. Do not use it.
 *
 * Upstream: guestfs_kill_subprocess(3), since 0.0.3.
 * @param g The handle.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_shutdown().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_kill_subprocess(gfs_handle *g);

/** Starts the appliance. Add the drives and change settings before it; operations on disks and
 * filesystems are possible only after it.
 *
 * Launch a handle once and create another one for the next session. Starting takes seconds and can
 * report progress events.
 *
 * Upstream: guestfs_launch(3), since 0.0.3. Reports progress.
 * @param g The handle.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_LAUNCH, GFS_ERR_APPLIANCE,
 *         GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_launch(gfs_handle *g);

/** Loads a module into the kernel of the appliance.
 *
 * Upstream: guestfs_modprobe(3), since 1.0.68.
 * @param g The handle.
 * @param modulename Module name without path or extension.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (linuxmodules).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_modprobe(gfs_handle *g, const char *modulename);

/** Checks that the appliance daemon answers, without touching any disk.
 *
 * Upstream: guestfs_ping_daemon(3), since 1.0.18.
 * @param g The handle.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_ping_daemon(gfs_handle *g);

/** Stops the appliance in an orderly way, synchronizing the disks first unless autosync is off. The
 * handle still has to be closed.
 *
 * Do not ignore an error, because written data may be lost; closing without this call hides such
 * errors. Repeated calls are harmless. It also fails, like sync, if the host could not write
 * something of which no call has told.
 *
 * Upstream: guestfs_shutdown(3), since 1.19.16.
 * @param g The handle.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_shutdown(gfs_handle *g);

/** Waits for the given time.
 *
 * Upstream: guestfs_sleep(3), since 1.0.41.
 * @param g The handle.
 * @param secs Time in seconds.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_sleep(gfs_handle *g, int secs);

/** Flushes all pending writes through to the disk images.
 *
 * Call it before closing a handle whose disks were modified. It fails if the host could not write
 * something of which no call has told: the appliance writes in its own time.
 *
 * Upstream: guestfs_sync(3), since 0.0.3.
 * @param g The handle.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_sync(gfs_handle *g);

/** Cancels the upload or download in progress. May be called from any thread.
 *
 * The cancelled operation fails with errno EINTR. A partly written file is left behind for the
 * caller to remove.
 *
 * It only asks, and never ends the appliance: a call that is no transfer, or one that hangs, goes
 * on. Use gfs_cancel() to end any call, at the price of the appliance where nothing else stops it.
 * A signal handler calls neither: it sets a flag, on which a thread does.
 *
 * Upstream: guestfs_user_cancel(3), since 1.11.18.
 * @param g The handle.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; does not wait.
 * @since 0.1
 */
GFS_API gfs_status gfs_user_cancel(gfs_handle *g);

/** Gets the kernel identification of the appliance. Useful only for debugging.
 *
 * Upstream: guestfs_utsname(3), since 1.19.27.
 * @param g The handle.
 * @param result Name, release, version and machine of the appliance kernel; their content is not
 *        guaranteed. Free it with gfs_utsname_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_utsname(gfs_handle *g, struct gfs_utsname **result);

/** Gets the version of the native libguestfs library loaded at run time. Works without
 * gfs_launch().
 *
 * Do not derive features from it, because distributions backport them; use
 * gfs_feature_available().
 *
 * Upstream: guestfs_version(3), since 1.0.58.
 * @param g The handle.
 * @param result major, minor and release numbers, and in extra a suffix from the distribution,
 *        usually empty. Free it with gfs_version_free().
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_version(gfs_handle *g, struct gfs_version **result);

/** Does nothing useful: gfs_launch() already waits until the appliance is ready.
 *
 * Upstream: guestfs_wait_ready(3), since 0.0.3.
 * @param g The handle.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated By libguestfs, which names no replacement.
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_wait_ready(gfs_handle *g);

/* ---------------------------------------------------------------------------------------------- */
/* Settings of the handle and its appliance: backend, hypervisor, memory, CPUs, directories, tracing and environment. */
/* ---------------------------------------------------------------------------------------------- */

/** Removes the backend settings equal to NAME or of the form NAME=VALUE. Must be called before
 * gfs_launch().
 *
 * Upstream: guestfs_clear_backend_setting(3), since 1.27.2.
 * @param g The handle.
 * @param name Setting name, without =.
 * @param result Number of settings removed, possibly 0.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_clear_backend_setting(gfs_handle *g, const char *name,
    int *result);

/** Gets the extra kernel command line options of the appliance.
 *
 * Upstream: guestfs_get_append(3), since 1.0.26.
 * @param g The handle.
 * @param result The options set with gfs_set_append(), or null if there are none. Belongs to the
 *        handle: valid until the setting is changed or the handle freed. NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_get_append(gfs_handle *g, const char **result);

/** Gets the name of the backend.
 *
 * Upstream: guestfs_get_attach_method(3), since 1.9.8.
 * @param g The handle.
 * @param result Backend name; the direct backend is reported under its old name appliance. Free it
 *        with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_get_backend().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_get_attach_method(gfs_handle *g, char **result);

/** Tells whether disks are synchronized automatically on shutdown and close.
 *
 * Upstream: guestfs_get_autosync(3), since 0.0.3.
 * @param g The handle.
 * @param result True (the default) if autosync is on. 1 for yes, 0 for no.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_get_autosync(gfs_handle *g, int *result);

/** Gets the name of the backend that runs the appliance.
 *
 * Upstream: guestfs_get_backend(3), since 1.21.26.
 * @param g The handle.
 * @param result Backend name, for example direct or libvirt. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_get_backend(gfs_handle *g, char **result);

/** Gets the value of one backend setting.
 *
 * Fails with errno ESRCH if the setting is absent.
 *
 * Upstream: guestfs_get_backend_setting(3), since 1.27.2.
 * @param g The handle.
 * @param name Setting name, without =.
 * @param result The text after =, possibly empty, or 1 for a setting that stands without a value.
 *        Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_get_backend_setting(gfs_handle *g, const char *name,
    char **result);

/** Lists all backend settings.
 *
 * Upstream: guestfs_get_backend_settings(3), since 1.25.24.
 * @param g The handle.
 * @param result Settings, each NAME or NAME=VALUE; empty if there are none. Ends with NULL. Free
 *        it with gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_get_backend_settings(gfs_handle *g, char ***result);

/** Gets the host directory in which the appliance is cached.
 *
 * Upstream: guestfs_get_cachedir(3), since 1.19.58.
 * @param g The handle.
 * @param result Host directory set with gfs_set_cachedir(), or the default. Free it with
 *        gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_get_cachedir(gfs_handle *g, char **result);

/** Gets the direct mode flag, which ties the appliance console to the standard streams of the
 * process.
 *
 * Upstream: guestfs_get_direct(3), since 1.0.72.
 * @param g The handle.
 * @param result True if direct mode is on. Default false. 1 for yes, 0 for no.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated By libguestfs, which names no replacement.
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_get_direct(gfs_handle *g, int *result);

/** Gets the hypervisor binary that runs the appliance.
 *
 * If no binary was set, this can fail before gfs_launch(), when the default is not yet known.
 *
 * Upstream: guestfs_get_hv(3), since 1.23.17.
 * @param g The handle.
 * @param result File name set with gfs_set_hv(), or else the default one. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_get_hv(gfs_handle *g, char **result);

/** Gets the identifier that marks this handle in debug output.
 *
 * Upstream: guestfs_get_identifier(3), since 1.31.14.
 * @param g The handle.
 * @param result The identifier; an empty string if none was set. Belongs to the handle: valid
 *        until the setting is changed or the handle freed.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_get_identifier(gfs_handle *g, const char **result);

/** Gets how much memory the appliance is given.
 *
 * Upstream: guestfs_get_memsize(3), since 1.0.55.
 * @param g The handle.
 * @param result Memory size in megabytes.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_get_memsize(gfs_handle *g, int *result);

/** Tells whether the appliance has network access.
 *
 * Upstream: guestfs_get_network(3), since 1.5.4.
 * @param g The handle.
 * @param result True if the network is enabled. Default false. 1 for yes, 0 for no.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_get_network(gfs_handle *g, int *result);

/** Gets the host search path for the appliance files.
 *
 * Upstream: guestfs_get_path(3), since 0.0.3.
 * @param g The handle.
 * @param result Search path set with gfs_set_path(), or the default one; never null. Belongs to
 *        the handle: valid until the setting is changed or the handle freed.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_get_path(gfs_handle *g, const char **result);

/** Tells whether child processes run in a process group of their own.
 *
 * Upstream: guestfs_get_pgroup(3), since 1.11.18.
 * @param g The handle.
 * @param result True if they do. Default false. 1 for yes, 0 for no.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_get_pgroup(gfs_handle *g, int *result);

/** Gets the program name stored in the handle.
 *
 * Upstream: guestfs_get_program(3), since 1.21.29.
 * @param g The handle.
 * @param result The program name, by default that of the running executable. Belongs to the
 *        handle: valid until the setting is changed or the handle freed.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_get_program(gfs_handle *g, const char **result);

/** Gets the hypervisor binary that runs the appliance.
 *
 * Upstream: guestfs_get_qemu(3), since 1.0.6.
 * @param g The handle.
 * @param result File name of the hypervisor, usually QEMU. Belongs to the handle: valid until the
 *        setting is changed or the handle freed.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_get_hv().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_get_qemu(gfs_handle *g, const char **result);

/** Tells whether gfs_launch() starts a recovery process next to the hypervisor.
 *
 * Upstream: guestfs_get_recovery_proc(3), since 1.0.77.
 * @param g The handle.
 * @param result True (the default) if it does. 1 for yes, 0 for no.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_get_recovery_proc(gfs_handle *g, int *result);

/** Gets the SELinux flag of the appliance kernel.
 *
 * Upstream: guestfs_get_selinux(3), since 1.0.67.
 * @param g The handle.
 * @param result True if SELinux is enabled in the appliance. Default false. 1 for yes, 0 for no.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_selinux_relabel().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_get_selinux(gfs_handle *g, int *result);

/** Gets the number of virtual CPUs of the appliance.
 *
 * Upstream: guestfs_get_smp(3), since 1.13.15.
 * @param g The handle.
 * @param result CPU count. Default 1.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_get_smp(gfs_handle *g, int *result);

/** Gets the host directory for temporary sockets and PID files. It is kept apart from
 * gfs_get_tmpdir() because paths of Unix sockets must be short.
 *
 * Upstream: guestfs_get_sockdir(3), since 1.33.8.
 * @param g The handle.
 * @param result Host directory: XDG_RUNTIME_DIR if set, otherwise /tmp. Current versions always
 *        use /tmp for root. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_get_sockdir(gfs_handle *g, char **result);

/** Gets the host directory for temporary files of the handle.
 *
 * Upstream: guestfs_get_tmpdir(3), since 1.19.58.
 * @param g The handle.
 * @param result Host directory set with gfs_set_tmpdir(), or the default. Free it with gfs_free().
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_get_tmpdir(gfs_handle *g, char **result);

/** Tells whether API calls are traced.
 *
 * Upstream: guestfs_get_trace(3), since 1.0.69.
 * @param g The handle.
 * @param result True if tracing is on. Default false. 1 for yes, 0 for no.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_get_trace(gfs_handle *g, int *result);

/** Tells whether verbose messages are produced.
 *
 * Upstream: guestfs_get_verbose(3), since 0.0.3.
 * @param g The handle.
 * @param result True if they are. Default false. 1 for yes, 0 for no.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_get_verbose(gfs_handle *g, int *result);

/** Applies the LIBGUESTFS_* and related environment variables of the process to the handle, for
 * example LIBGUESTFS_DEBUG=1. Rarely needed: creating a handle normally does it.
 *
 * Upstream: guestfs_parse_environment(3), since 1.19.53.
 * @param g The handle.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_parse_environment(gfs_handle *g);

/** Applies settings to the handle from a given list of variables in place of the process
 * environment.
 *
 * gfs_parse_environment() reads the real environment.
 *
 * Upstream: guestfs_parse_environment_list(3), since 1.19.53.
 * @param g The handle.
 * @param environment Strings of the form NAME=VALUE, for example LIBGUESTFS_DEBUG=1.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_parse_environment_list(gfs_handle *g,
    const char *const *environment);

/** Sets extra options for the kernel command line of the appliance. Must be called before
 * gfs_launch().
 *
 * The environment variable LIBGUESTFS_APPEND provides the initial value.
 *
 * Upstream: guestfs_set_append(3), since 1.0.26.
 * @param g The handle.
 * @param append Kernel options, or null for none beyond those libguestfs adds itself.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_set_append(gfs_handle *g, const char *append);

/** Selects the backend that runs the appliance. Must be called before gfs_launch().
 *
 * Upstream: guestfs_set_attach_method(3), since 1.9.8.
 * @param g The handle.
 * @param backend Backend name, see gfs_set_backend().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_set_backend().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_set_attach_method(gfs_handle *g,
    const char *backend);

/** Turns the automatic synchronization of disks on or off. When on, which is the default,
 * filesystems are brought to a consistent state on shutdown, on closing the handle and, as far as
 * possible, at program exit.
 *
 * Upstream: guestfs_set_autosync(3), since 0.0.3.
 * @param g The handle.
 * @param autosync Whether to sync.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_set_autosync(gfs_handle *g, int autosync);

/** Selects the backend that runs the appliance. Must be called before gfs_launch().
 *
 * The default is chosen when libguestfs is built, usually direct; the environment variable
 * LIBGUESTFS_BACKEND overrides it.
 *
 * Upstream: guestfs_set_backend(3), since 1.21.26.
 * @param g The handle.
 * @param backend direct starts QEMU itself; libvirt goes through libvirt, and libvirt:URI does so
 *        over the given connection.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_set_backend(gfs_handle *g, const char *backend);

/** Adds one backend setting as NAME=VALUE, replacing an earlier value of the same name. Must be
 * called before gfs_launch().
 *
 * Other settings stay as they are; gfs_set_backend_settings() replaces them all.
 *
 * Upstream: guestfs_set_backend_setting(3), since 1.27.2.
 * @param g The handle.
 * @param name Setting name, for example force_tcg.
 * @param val Value, for example 1.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_set_backend_setting(gfs_handle *g, const char *name,
    const char *val);

/** Replaces the whole list of backend settings. Must be called before gfs_launch().
 *
 * The environment variable LIBGUESTFS_BACKEND_SETTINGS, with colons between settings, provides the
 * initial list.
 *
 * Upstream: guestfs_set_backend_settings(3), since 1.25.24.
 * @param g The handle.
 * @param settings Settings, each NAME or NAME=VALUE, for example force_tcg. What the backend does
 *        not know it ignores.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_set_backend_settings(gfs_handle *g,
    const char *const *settings);

/** Sets the host directory where the appliance is cached, shared by all handles of the same user.
 * Must be called before gfs_launch().
 *
 * By default LIBGUESTFS_CACHEDIR, then TMPDIR, then /var/tmp is used.
 *
 * Upstream: guestfs_set_cachedir(3), since 1.19.58.
 * @param g The handle.
 * @param cachedir Existing host directory, or null for the default.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_set_cachedir(gfs_handle *g, const char *cachedir);

/** Connects the standard input and output of the process directly to the appliance. Must be called
 * before gfs_launch().
 *
 * In direct mode log messages bypass the library and are written to standard output.
 *
 * Upstream: guestfs_set_direct(3), since 1.0.72.
 * @param g The handle.
 * @param direct True to turn direct mode on. Default false.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated By libguestfs, which names no replacement.
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_set_direct(gfs_handle *g, int direct);

/** Sets the hypervisor binary, usually QEMU, that runs the appliance. Must be called before
 * gfs_launch().
 *
 * Set it right after creating the handle, since features are probed once and not again. The
 * environment variable LIBGUESTFS_HV has the same effect and is the safest way.
 *
 * Upstream: guestfs_set_hv(3), since 1.23.17.
 * @param g The handle.
 * @param hv Path of the binary on the host.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_set_hv(gfs_handle *g, const char *hv);

/** Sets a name that marks the messages of this handle in trace and debug output.
 *
 * Upstream: guestfs_set_identifier(3), since 1.31.14.
 * @param g The handle.
 * @param identifier ASCII letters, digits, _ and - only; empty for none.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_set_identifier(gfs_handle *g, const char *identifier);

/** Sets the memory size of the appliance. Must be called before gfs_launch().
 *
 * The environment variable LIBGUESTFS_MEMSIZE provides the initial value.
 *
 * Upstream: guestfs_set_memsize(3), since 1.0.55.
 * @param g The handle.
 * @param memsize Size in megabytes. Very small values are refused.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_set_memsize(gfs_handle *g, int memsize);

/** Enables or disables network access for the appliance, and so for commands run in the guest. Off
 * by default. Must be called before gfs_launch().
 *
 * Upstream: guestfs_set_network(3), since 1.5.4.
 * @param g The handle.
 * @param network Whether to have a network.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_set_network(gfs_handle *g, int network);

/** Sets the host search path for the kernel and initrd of the appliance. Must be called before
 * gfs_launch().
 *
 * The environment variable LIBGUESTFS_PATH provides the initial value.
 *
 * Upstream: guestfs_set_path(3), since 0.0.3.
 * @param g The handle.
 * @param searchpath Search path, or null for the built-in default.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_set_path(gfs_handle *g, const char *searchpath);

/** Controls whether child processes get a process group of their own, so that Ctrl+C (SIGINT) does
 * not reach the hypervisor. Off by default. Must be called before gfs_launch().
 *
 * Turn it on for programs that handle Ctrl+C themselves, for example with gfs_user_cancel().
 *
 * Upstream: guestfs_set_pgroup(3), since 1.11.18.
 * @param g The handle.
 * @param pgroup Whether to use a process group of its own.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_set_pgroup(gfs_handle *g, int pgroup);

/** Sets the program name stored in the handle, which is informational only.
 *
 * Upstream: guestfs_set_program(3), since 1.21.29.
 * @param g The handle.
 * @param program Name; must not be null. By default the name of the executable.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_set_program(gfs_handle *g, const char *program);

/** Sets the hypervisor binary, usually QEMU, that runs the appliance. Must be called before
 * gfs_launch().
 *
 * Upstream: guestfs_set_qemu(3), since 1.0.6.
 * @param g The handle.
 * @param hv Path of the binary on the host, or null for the default.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_set_hv().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_set_qemu(gfs_handle *g, const char *hv);

/** Controls whether gfs_launch() starts a recovery process, which kills the hypervisor if the main
 * program dies. On by default. Must be called before gfs_launch().
 *
 * Turn it off only if the program forks into the background, since that looks like its death.
 *
 * Upstream: guestfs_set_recovery_proc(3), since 1.0.77.
 * @param g The handle.
 * @param recoveryproc Whether to start the recovery process.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_set_recovery_proc(gfs_handle *g, int recoveryproc);

/** Enables or disables SELinux, always in permissive mode, in the appliance kernel. Off by default.
 * Must be called before gfs_launch().
 *
 * Upstream: guestfs_set_selinux(3), since 1.0.67.
 * @param g The handle.
 * @param selinux Whether to boot with SELinux.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_selinux_relabel().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_set_selinux(gfs_handle *g, int selinux);

/** Sets the number of virtual CPUs of the appliance. Must be called before gfs_launch().
 *
 * More CPUs seldom make operations faster.
 *
 * Upstream: guestfs_set_smp(3), since 1.13.15.
 * @param g The handle.
 * @param smp CPU count, from 1 to 255. Default 1.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_set_smp(gfs_handle *g, int smp);

/** Sets the host directory for temporary files of the handle. Must be called before gfs_launch().
 *
 * By default LIBGUESTFS_TMPDIR, then TMPDIR, then /tmp is used.
 *
 * Upstream: guestfs_set_tmpdir(3), since 1.19.58.
 * @param g The handle.
 * @param tmpdir Existing host directory, or null for the default.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_set_tmpdir(gfs_handle *g, const char *tmpdir);

/** Turns tracing of API calls, with their parameters and results, on or off. Off by default.
 *
 * Traces go to standard error unless an event callback takes them. The environment variable
 * LIBGUESTFS_TRACE=1 turns tracing on from the start.
 *
 * Upstream: guestfs_set_trace(3), since 1.0.69.
 * @param g The handle.
 * @param trace Whether to trace.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_set_trace(gfs_handle *g, int trace);

/** Turns verbose messages on or off. Off by default.
 *
 * Messages go to standard error unless an event callback takes them. The environment variable
 * LIBGUESTFS_DEBUG=1 turns them on from the start.
 *
 * Upstream: guestfs_set_verbose(3), since 0.0.3.
 * @param g The handle.
 * @param verbose Whether to be verbose.
 * @return GFS_OK, or GFS_ERR_FAILED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_set_verbose(gfs_handle *g, int verbose);

/* ---------------------------------------------------------------------------------------------- */
/* Swap space: formatting it and using it within the appliance. */
/* ---------------------------------------------------------------------------------------------- */

/** Optional arguments of gfs_mkswap(). */
struct gfs_mkswap_options {
    /** Size of this structure: GFS_MKSWAP_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** Label of the swap space, at most 16 bytes. */
    const char *label;
    /** UUID of the swap space; random if omitted. */
    const char *uuid;
};
/** Initialises a struct gfs_mkswap_options, in which nothing is set. */
#define GFS_MKSWAP_OPTIONS_INIT \
    { sizeof(struct gfs_mkswap_options), NULL, NULL }

/** Formats a device as Linux swap space. Its contents are lost.
 *
 * Upstream: guestfs_mkswap(3), since 1.0.55.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_mkswap(gfs_handle *g, const char *device,
    const struct gfs_mkswap_options *options);

/** Formats a partition as Linux swap space with a label. Its contents are lost.
 *
 * Upstream: guestfs_mkswap_L(3), since 1.0.55.
 * @param g The handle.
 * @param label Label, at most 16 bytes.
 * @param device A partition; whole disks cannot carry a swap label.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_mkswap().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_mkswap_L(gfs_handle *g, const char *label,
    const char *device);

/** Formats a device as Linux swap space with a given UUID. Its contents are lost.
 *
 * Upstream: guestfs_mkswap_U(3), since 1.0.55.
 * @param g The handle.
 * @param uuid UUID for the swap area.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (linuxfsuuid).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_mkswap().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_mkswap_U(gfs_handle *g, const char *uuid,
    const char *device);

/** Writes a swap signature into an existing file, making it a swap file.
 *
 * Create the file first, for instance with fallocate64.
 *
 * Upstream: guestfs_mkswap_file(3), since 1.0.66.
 * @param g The handle.
 * @param path The file in the mounted guest filesystem; its contents are lost.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_mkswap_file(gfs_handle *g, const char *path);

/** Stops the appliance from swapping to a device.
 *
 * Upstream: guestfs_swapoff_device(3), since 1.0.66.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_swapoff_device(gfs_handle *g, const char *device);

/** Stops the appliance from swapping to a file.
 *
 * Upstream: guestfs_swapoff_file(3), since 1.0.66.
 * @param g The handle.
 * @param file Absolute path in the guest.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_swapoff_file(gfs_handle *g, const char *file);

/** Stops the appliance from swapping to the partition with a given swap label.
 *
 * Upstream: guestfs_swapoff_label(3), since 1.0.66.
 * @param g The handle.
 * @param label Swap label, at most 16 bytes.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_swapoff_label(gfs_handle *g, const char *label);

/** Stops the appliance from swapping to the partition with a given UUID.
 *
 * Upstream: guestfs_swapoff_uuid(3), since 1.0.66.
 * @param g The handle.
 * @param uuid UUID to look for.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (linuxfsuuid).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_swapoff_uuid(gfs_handle *g, const char *uuid);

/** Lets the appliance swap to a device, which gives its commands, among them command and sh, more
 * memory.
 *
 * Using a swap partition of a guest destroys what it holds, such as a hibernation image, and may
 * leak host data into it; attach a scratch disk instead.
 *
 * Upstream: guestfs_swapon_device(3), since 1.0.66.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_swapon_device(gfs_handle *g, const char *device);

/** Lets the appliance swap to a swap file in the mounted filesystem.
 *
 * See gfs_swapon_device() for the risks.
 *
 * Upstream: guestfs_swapon_file(3), since 1.0.66.
 * @param g The handle.
 * @param file Absolute path in the guest.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_swapon_file(gfs_handle *g, const char *file);

/** Lets the appliance swap to the partition with a given swap label.
 *
 * See gfs_swapon_device() for the risks.
 *
 * Upstream: guestfs_swapon_label(3), since 1.0.66.
 * @param g The handle.
 * @param label Swap label, at most 16 bytes.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_swapon_label(gfs_handle *g, const char *label);

/** Lets the appliance swap to the partition with a given UUID.
 *
 * See gfs_swapon_device() for the risks.
 *
 * Upstream: guestfs_swapon_uuid(3), since 1.0.66.
 * @param g The handle.
 * @param uuid UUID to look for.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (linuxfsuuid).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_swapon_uuid(gfs_handle *g, const char *uuid);

/* ---------------------------------------------------------------------------------------------- */
/* Moving bytes: upload, download and raw copies between files and devices. */
/* ---------------------------------------------------------------------------------------------- */

/** Decodes a base64 file of the host and writes the bytes to a guest file, overwriting it.
 *
 * Upstream: guestfs_base64_in(3), since 1.3.5.
 * @param g The handle.
 * @param base64file Base64 text on the host.
 * @param filename Guest file to write.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_base64_in(gfs_handle *g, const char *base64file,
    const char *filename);

/** Writes the contents of a guest file, encoded as base64, to a file of the host.
 *
 * Upstream: guestfs_base64_out(3), since 1.3.5.
 * @param g The handle.
 * @param filename Guest file to read.
 * @param base64file File on the host to write; an existing one is overwritten.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_base64_out(gfs_handle *g, const char *filename,
    const char *base64file);

/** Optional arguments of gfs_copy_device_to_device(). */
struct gfs_copy_device_to_device_options {
    /** Size of this structure: GFS_COPY_DEVICE_TO_DEVICE_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** Start in the source, in bytes. Default 0. */
    int64_t srcoffset;
    /** Start in the destination, in bytes. Default 0. */
    int64_t destoffset;
    /** Bytes to copy; it is an error if the source ends sooner. Default: everything up to the end
     * of the source.
     */
    int64_t size;
    /** True skips writing blocks of zeroes. Correct only if the destination is zeroed already.
     * Default false.
     */
    int sparse;
    /** Must not be true here: a device cannot be appended to. */
    int append;
};
/** Initialises a struct gfs_copy_device_to_device_options, in which nothing is set. */
#define GFS_COPY_DEVICE_TO_DEVICE_OPTIONS_INIT \
    { sizeof(struct gfs_copy_device_to_device_options), GFS_UNSET64, GFS_UNSET64, GFS_UNSET64, \
      GFS_UNSET, GFS_UNSET }

/** Copies bytes from one block device of the appliance to another, overwriting the destination
 * range.
 *
 * Copying within one device is allowed, but not between overlapping ranges.
 *
 * Upstream: guestfs_copy_device_to_device(3), since 1.13.25. Reports progress.
 * @param g The handle.
 * @param src Block device in the appliance, such as /dev/sda1.
 * @param dest Block device in the appliance, such as /dev/sda1.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_copy_device_to_device(gfs_handle *g, const char *src,
    const char *dest, const struct gfs_copy_device_to_device_options *options);

/** Optional arguments of gfs_copy_device_to_file(). */
struct gfs_copy_device_to_file_options {
    /** Size of this structure: GFS_COPY_DEVICE_TO_FILE_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** Start in the source, in bytes. Default 0. */
    int64_t srcoffset;
    /** Start in the destination, in bytes. Default 0. */
    int64_t destoffset;
    /** Bytes to copy; it is an error if the source ends sooner. Default: everything up to the end
     * of the source.
     */
    int64_t size;
    /** True skips writing blocks of zeroes. Correct only if the destination is zeroed already.
     * Default false.
     */
    int sparse;
    /** True adds to the end of the destination file instead of truncating it first. Default false.
     */
    int append;
};
/** Initialises a struct gfs_copy_device_to_file_options, in which nothing is set. */
#define GFS_COPY_DEVICE_TO_FILE_OPTIONS_INIT \
    { sizeof(struct gfs_copy_device_to_file_options), GFS_UNSET64, GFS_UNSET64, GFS_UNSET64, \
      GFS_UNSET, GFS_UNSET }

/** Copies bytes of a block device into a guest file, which is created if missing and truncated
 * unless append is set.
 *
 * Upstream: guestfs_copy_device_to_file(3), since 1.13.25. Reports progress.
 * @param g The handle.
 * @param src Block device in the appliance, such as /dev/sda1.
 * @param dest Guest path of the file.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_copy_device_to_file(gfs_handle *g, const char *src,
    const char *dest, const struct gfs_copy_device_to_file_options *options);

/** Optional arguments of gfs_copy_file_to_device(). */
struct gfs_copy_file_to_device_options {
    /** Size of this structure: GFS_COPY_FILE_TO_DEVICE_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** Start in the source, in bytes. Default 0. */
    int64_t srcoffset;
    /** Start in the destination, in bytes. Default 0. */
    int64_t destoffset;
    /** Bytes to copy; it is an error if the source ends sooner. Default: everything up to the end
     * of the source.
     */
    int64_t size;
    /** True skips writing blocks of zeroes. Correct only if the destination is zeroed already.
     * Default false.
     */
    int sparse;
    /** Must not be true here: a device cannot be appended to. */
    int append;
};
/** Initialises a struct gfs_copy_file_to_device_options, in which nothing is set. */
#define GFS_COPY_FILE_TO_DEVICE_OPTIONS_INIT \
    { sizeof(struct gfs_copy_file_to_device_options), GFS_UNSET64, GFS_UNSET64, GFS_UNSET64, \
      GFS_UNSET, GFS_UNSET }

/** Copies bytes of a guest file onto a block device, overwriting the destination range.
 *
 * Upstream: guestfs_copy_file_to_device(3), since 1.13.25. Reports progress.
 * @param g The handle.
 * @param src Guest path of the file.
 * @param dest Block device in the appliance, such as /dev/sda1.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_copy_file_to_device(gfs_handle *g, const char *src,
    const char *dest, const struct gfs_copy_file_to_device_options *options);

/** Optional arguments of gfs_copy_file_to_file(). */
struct gfs_copy_file_to_file_options {
    /** Size of this structure: GFS_COPY_FILE_TO_FILE_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** Start in the source, in bytes. Default 0. */
    int64_t srcoffset;
    /** Start in the destination, in bytes. Default 0. */
    int64_t destoffset;
    /** Bytes to copy; it is an error if the source ends sooner. Default: everything up to the end
     * of the source.
     */
    int64_t size;
    /** True skips writing blocks of zeroes. Correct only if the destination is zeroed already.
     * Default false.
     */
    int sparse;
    /** True adds to the end of the destination file instead of truncating it first. Default false.
     */
    int append;
};
/** Initialises a struct gfs_copy_file_to_file_options, in which nothing is set. */
#define GFS_COPY_FILE_TO_FILE_OPTIONS_INIT \
    { sizeof(struct gfs_copy_file_to_file_options), GFS_UNSET64, GFS_UNSET64, GFS_UNSET64, \
      GFS_UNSET, GFS_UNSET }

/** Copies a range of bytes from one guest file to another, which is created if missing and
 * truncated unless append is set.
 *
 * Use cp, gfs_cp_a() or mv to copy or move whole files. When the copy fails half way, the
 * destination is deleted.
 *
 * Upstream: guestfs_copy_file_to_file(3), since 1.13.25. Reports progress.
 * @param g The handle.
 * @param src Guest path of the source file.
 * @param dest Guest path of the destination file.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_copy_file_to_file(gfs_handle *g, const char *src,
    const char *dest, const struct gfs_copy_file_to_file_options *options);

/** Copies an exact number of bytes from the start of one file or device to another, overwriting it.
 *
 * Upstream: guestfs_copy_size(3), since 1.0.87. Reports progress.
 * @param g The handle.
 * @param src Guest path or device.
 * @param dest Guest path or device; a file is created or truncated.
 * @param size Bytes to copy; a shorter source or a too small destination is an error.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_copy_device_to_device().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_copy_size(gfs_handle *g, const char *src,
    const char *dest, int64_t size);

/** Copies a whole file or device over another.
 *
 * A part cannot be copied; see gfs_copy_device_to_device() and its siblings.
 *
 * Upstream: guestfs_dd(3), since 1.0.80.
 * @param g The handle.
 * @param src Guest path or device.
 * @param dest Guest path or device; on a device that is smaller than the source the copy fails.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_copy_device_to_device().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_dd(gfs_handle *g, const char *src,
    const char *dest);

/** Downloads a guest file, or a whole device, to a file of the host.
 *
 * There is no size limit.
 *
 * Upstream: guestfs_download(3), since 1.0.2. Reports progress.
 * @param g The handle.
 * @param remotefilename Guest path or device such as /dev/sda1; not a directory.
 * @param filename File or named pipe on the host to write; an existing file is overwritten.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_download(gfs_handle *g, const char *remotefilename,
    const char *filename);

/** Downloads a range of bytes of a guest file or device to a file of the host.
 *
 * There is no size limit, unlike with pread.
 *
 * Upstream: guestfs_download_offset(3), since 1.5.17. Reports progress.
 * @param g The handle.
 * @param remotefilename Guest path or device; not a directory.
 * @param filename File or named pipe on the host to write; an existing file is overwritten.
 * @param offset First byte to read, counted from 0.
 * @param size Number of bytes; the range has to lie inside the source.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_download_offset(gfs_handle *g, const char *remotefilename,
    const char *filename, int64_t offset, int64_t size);

/** Reads part of a guest file.
 *
 * The result must fit into one protocol message, a little under 4 MB. Use gfs_download_offset()
 * for more.
 *
 * Upstream: guestfs_pread(3), since 1.0.77. Transfers at most about 4 MB, the size of a protocol
 * message.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param count Number of bytes wanted.
 * @param offset First byte, counted from 0.
 * @param result The bytes read: fewer than count at the end of the file, none past it. Free it
 *        with gfs_free().
 * @param result_size Length of the result in bytes.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_pread(gfs_handle *g, const char *path, int count,
    int64_t offset, char **result, size_t *result_size);

/** Reads part of a block device.
 *
 * The result must fit into one protocol message, a little under 4 MB. Use gfs_download_offset()
 * for more.
 *
 * Upstream: guestfs_pread_device(3), since 1.5.21. Transfers at most about 4 MB, the size of a
 * protocol message.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param count Number of bytes wanted.
 * @param offset First byte, counted from 0.
 * @param result The bytes read, possibly fewer than count. Free it with gfs_free().
 * @param result_size Length of the result in bytes.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_pread_device(gfs_handle *g, const char *device, int count,
    int64_t offset, char **result, size_t *result_size);

/** Overwrites part of an existing guest file; the file is not truncated.
 *
 * Use gfs_upload_offset() for larger data or for a guarantee that everything is written.
 *
 * Upstream: guestfs_pwrite(3), since 1.3.14. Transfers at most about 4 MB, the size of a protocol
 * message.
 * @param g The handle.
 * @param path Absolute path in the guest.
 * @param content Bytes to write, less than about 4 MB.
 * @param content_size Length of content in bytes; where it is 0, content may be NULL.
 * @param offset Position of the first byte, counted from 0.
 * @param result The number of bytes written, which may be smaller than the length of content, even
 *        0.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_pwrite(gfs_handle *g, const char *path, const char *content,
    size_t content_size, int64_t offset, int *result);

/** Overwrites part of a block device.
 *
 * Use gfs_upload_offset() for larger data.
 *
 * Upstream: guestfs_pwrite_device(3), since 1.5.20. Transfers at most about 4 MB, the size of a
 * protocol message.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param content Bytes to write, less than about 4 MB.
 * @param content_size Length of content in bytes; where it is 0, content may be NULL.
 * @param offset Position of the first byte, counted from 0.
 * @param result The number of bytes written; in theory it may be smaller than the length of
 *        content.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_pwrite_device(gfs_handle *g, const char *device,
    const char *content, size_t content_size, int64_t offset, int *result);

/** Uploads a file of the host to a guest file, which is created or overwritten, or onto a block
 * device.
 *
 * There is no size limit. Existing guest contents are lost.
 *
 * Upstream: guestfs_upload(3), since 1.0.2. Reports progress.
 * @param g The handle.
 * @param filename File or named pipe on the host to read.
 * @param remotefilename Guest path or device such as /dev/sda1.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_upload(gfs_handle *g, const char *filename,
    const char *remotefilename);

/** Uploads a file of the host into a guest file or device from a given position on, leaving the
 * bytes before and after as they are.
 *
 * There is no size limit, and all data is written unless an error is raised; compare pwrite.
 *
 * Upstream: guestfs_upload_offset(3), since 1.5.17. Reports progress.
 * @param g The handle.
 * @param filename File or named pipe on the host to read.
 * @param remotefilename Guest path or device; a missing file is created with a hole up to offset.
 * @param offset First byte to overwrite, counted from 0.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_upload_offset(gfs_handle *g, const char *filename,
    const char *remotefilename, int64_t offset);

/* ---------------------------------------------------------------------------------------------- */
/* XFS filesystems: geometry, parameters, growing and repair. */
/* ---------------------------------------------------------------------------------------------- */

/** Optional arguments of gfs_xfs_admin(). */
struct gfs_xfs_admin_options {
    /** Size of this structure: GFS_XFS_ADMIN_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** True switches unwritten extents on; false does nothing. */
    int extunwritten;
    /** True says that the filesystem is in an image file rather than on a device. */
    int imgfile;
    /** True switches to version 2 logs; false does nothing. */
    int v2log;
    /** True switches to 32-bit project IDs; false does nothing. */
    int projid32bit;
    /** True switches lazy counters on, false off; no effect on version 5 filesystems. */
    int lazycounter;
    /** New label, 12 bytes at most. */
    const char *label;
    /** New UUID, or generate for a random one. */
    const char *uuid;
};
/** Initialises a struct gfs_xfs_admin_options, in which nothing is set. */
#define GFS_XFS_ADMIN_OPTIONS_INIT \
    { sizeof(struct gfs_xfs_admin_options), GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, \
      GFS_UNSET, NULL, NULL }

/** Changes parameters of an XFS filesystem, which must not be mounted.
 *
 * Upstream: guestfs_xfs_admin(3), since 1.19.33.
 * @param g The handle.
 * @param device Block device in the appliance, such as /dev/sda1.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (xfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_xfs_admin(gfs_handle *g, const char *device,
    const struct gfs_xfs_admin_options *options);

/** Optional arguments of gfs_xfs_growfs(). */
struct gfs_xfs_growfs_options {
    /** Size of this structure: GFS_XFS_GROWFS_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** True grows the data section. */
    int datasec;
    /** True grows the log section. */
    int logsec;
    /** True grows the realtime section. */
    int rtsec;
    /** New size of the data section in filesystem blocks; left out, datasec grows it as far as
     * possible.
     */
    int64_t datasize;
    /** New size of the log section in filesystem blocks. */
    int64_t logsize;
    /** New size of the realtime section in filesystem blocks. */
    int64_t rtsize;
    /** Realtime extent size in filesystem blocks. */
    int64_t rtextsize;
    /** Largest share of space for inodes, in percent. */
    int maxpct;
};
/** Initialises a struct gfs_xfs_growfs_options, in which nothing is set. */
#define GFS_XFS_GROWFS_OPTIONS_INIT \
    { sizeof(struct gfs_xfs_growfs_options), GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET64, \
      GFS_UNSET64, GFS_UNSET64, GFS_UNSET64, GFS_UNSET }

/** Makes a mounted XFS filesystem larger.
 *
 * Extend the underlying device first. Sizes must not be negative.
 *
 * Upstream: guestfs_xfs_growfs(3), since 1.19.28.
 * @param g The handle.
 * @param path Path inside the guest where the filesystem is mounted.
 * @param options Optional arguments, or NULL for none.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (xfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_xfs_growfs(gfs_handle *g, const char *path,
    const struct gfs_xfs_growfs_options *options);

/** Returns the geometry of an XFS filesystem.
 *
 * Upstream: guestfs_xfs_info(3), since 1.19.21.
 * @param g The handle.
 * @param pathordevice Mount point inside the guest, or device with the filesystem.
 * @param result The geometry. Free it with gfs_xfsinfo_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (xfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 * @deprecated Use gfs_xfs_info2().
 */
GFS_DEPRECATED GFS_WARN_UNUSED GFS_API gfs_status gfs_xfs_info(gfs_handle *g,
    const char *pathordevice, struct gfs_xfsinfo **result);

/** Returns the metadata of an XFS filesystem as the gfs_xfs_info() tool prints it.
 *
 * Upstream: guestfs_xfs_info2(3), since 1.59.2.
 * @param g The handle.
 * @param pathordevice Mount point inside the guest, or device with the filesystem.
 * @param result Section and field to value, for example data.bsize to 4096; some values end in a
 *        unit such as blks. Key, value, key, value..., ended by NULL. Free it with
 *        gfs_string_list_free().
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (xfs), GFS_ERR_MISSING_FUNCTION.
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_xfs_info2(gfs_handle *g, const char *pathordevice,
    char ***result);

/** Optional arguments of gfs_xfs_repair(). */
struct gfs_xfs_repair_options {
    /** Size of this structure: GFS_XFS_REPAIR_OPTIONS_INIT sets it. */
    size_t struct_size;
    /** True zeroes the log even if it is in use, which can lose data. */
    int forcelogzero;
    /** True only checks and changes nothing. */
    int nomodify;
    /** True switches prefetching off. */
    int noprefetch;
    /** True goes on even if the geometry cannot be confirmed. */
    int forcegeometry;
    /** Memory to use at most, in megabytes. */
    int64_t maxmem;
    /** Size of the inode cache hash table. */
    int64_t ihashsize;
    /** Size of the buffer cache hash table. */
    int64_t bhashsize;
    /** Stride of allocation groups for parallel processing. */
    int64_t agstride;
    /** Device with the external log. */
    const char *logdev;
    /** Device with the realtime section. */
    const char *rtdev;
};
/** Initialises a struct gfs_xfs_repair_options, in which nothing is set. */
#define GFS_XFS_REPAIR_OPTIONS_INIT \
    { sizeof(struct gfs_xfs_repair_options), GFS_UNSET, GFS_UNSET, GFS_UNSET, GFS_UNSET, \
      GFS_UNSET64, GFS_UNSET64, GFS_UNSET64, GFS_UNSET64, NULL, NULL }

/** Checks and repairs an XFS filesystem, which must not be mounted.
 *
 * The exit status of the tool is returned as it is, so other non-zero values are possible and do
 * not raise an error.
 *
 * Upstream: guestfs_xfs_repair(3), since 1.19.36.
 * @param g The handle.
 * @param device Device with the filesystem, or guest path of an image file with one.
 * @param options Optional arguments, or NULL for none.
 * @param result 0 if no corruption was detected, 1 if it was.
 * @return GFS_OK, or GFS_ERR_FAILED, GFS_ERR_STATE, GFS_ERR_APPLIANCE_DIED, GFS_ERR_CANCELLED,
 *         GFS_ERR_FEATURE (xfs).
 * @par Threads
 * Any; waits for another call on the handle.
 * @since 0.1
 */
GFS_WARN_UNUSED GFS_API gfs_status gfs_xfs_repair(gfs_handle *g, const char *device,
    const struct gfs_xfs_repair_options *options, int *result);

#ifdef __cplusplus
}
#endif

#endif
