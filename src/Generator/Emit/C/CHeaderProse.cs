namespace Guestfs.Generator.Emit.C;

/// <summary>The fixed text of the header.</summary>
internal static class CHeaderProse
{
    internal const string Top = """
        /** @file guestfs_facade.h
         * libguestfs behind one ABI that does not change with its version.
         *
         * Generated from src/Interop/Model and src/Facade/Exports/abi.json (functions of libguestfs @UPSTREAM@).
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
        #define GFS_VERSION_MAJOR @MAJOR@
        /** Second number of the version of this header. */
        #define GFS_VERSION_MINOR @MINOR@
        /** Third number of the version of this header. */
        #define GFS_VERSION_PATCH @PATCH@

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

        """;

    internal const string Bottom = """
        #ifdef __cplusplus
        }
        #endif

        #endif
        """;
}
