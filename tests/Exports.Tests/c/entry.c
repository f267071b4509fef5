/* The way into the library, in a process and in its child. */
#include <unistd.h>

#include "check.h"

int
main(void)
{
    gfs_handle *g = NULL;
    int result = 0;
    pid_t child = fork();

    CHECK(gfs_handle_new(NULL, &g) == GFS_OK && g == (gfs_handle *) 42);
    if (child == 0)
        _exit(0);
    must_succeed(child);
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
    must_succeed(child);
    return 0;
}
