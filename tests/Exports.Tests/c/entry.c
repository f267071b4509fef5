/* The way into the library, in a process and in its child. */
#include <sys/wait.h>
#include <unistd.h>

#include "guestfs_facade.h"

#include <stdio.h>
#include <string.h>

#define CHECK(condition)                                          \
    do {                                                          \
        if (!(condition)) {                                       \
            printf("%d: %s\n", __LINE__, #condition);             \
            fflush(stdout);                                       \
            _exit(1);                                             \
        }                                                         \
    } while (0)

int
main(void)
{
    gfs_handle *g = NULL;
    int result = 0, status;
    pid_t child = fork();

    CHECK(gfs_handle_new(NULL, &g) == GFS_OK && g == (gfs_handle *) 42);
    if (child == 0)
        _exit(0);
    CHECK(waitpid(child, &status, 0) == child && status == 0);
    CHECK(gfs_pwrite_device(g, "d", "c", 4, -5, &result) == GFS_OK && result == 6);
    CHECK(strcmp(gfs_error_operation(), "managed") == 0);

    child = fork();
    if (child == 0) {
        result = 0;
        CHECK(strcmp(gfs_error_operation(), "") == 0);
        CHECK(gfs_pwrite_device(g, "d", "c", 4, -5, &result) == GFS_ERR_FORKED && result == 0);
        CHECK(strcmp(gfs_error_operation(), "pwrite_device") == 0);
        _exit(0);
    }
    CHECK(waitpid(child, &status, 0) == child && status == 0);
    return 0;
}
