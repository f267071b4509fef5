namespace Guestfs.Interop;

internal static unsafe partial class Libc
{
    internal const int EPERM = 1, ENOENT = 2, EINTR = 4, EIO = 5, ENXIO = 6, EBADF = 9, ECHILD = 10, EAGAIN = 11, ENOMEM = 12, EACCES = 13,
        EBUSY = 16, EEXIST = 17,
        ENOTDIR = 20, EISDIR = 21, EINVAL = 22, ENOSPC = 28, EROFS = 30, EPIPE = 32, ENAMETOOLONG = 36, ENOTEMPTY = 39, ELOOP = 40,
        EILSEQ = 84, ENOTSUP = 95, ECONNABORTED = 103, ESTALE = 116, EUCLEAN = 117, EDQUOT = 122;
}
