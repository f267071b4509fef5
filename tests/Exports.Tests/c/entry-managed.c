/* In place of the compiled C# code: functions whose answers show that all arguments came through. */
#include "guestfs_facade.h"

gfs_status managed_gfs_handle_new(const struct gfs_handle_options *options, gfs_handle **result);
gfs_status managed_gfs_pwrite_device(gfs_handle *g, const char *device, const char *content, size_t content_size, int64_t offset,
                                     int *result);
const char *managed_gfs_error_operation(void);

gfs_status managed_gfs_handle_new(const struct gfs_handle_options *options, gfs_handle **result)
{
  *result = (gfs_handle *)42;
  return options == NULL ? GFS_OK : GFS_ERR_ARGUMENT;
}

gfs_status managed_gfs_pwrite_device(gfs_handle *g, const char *device, const char *content, size_t content_size, int64_t offset,
                                     int *result)
{
  *result = 6;
  return g == (gfs_handle *)42 && device[0] == 'd' && content[0] == 'c' && content_size == 4 && offset == -5 ? GFS_OK : GFS_ERR_ARGUMENT;
}

const char *managed_gfs_error_operation(void) { return "managed"; }
