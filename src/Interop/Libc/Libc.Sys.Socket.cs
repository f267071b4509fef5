using System.Runtime.InteropServices;

namespace Guestfs.Interop;

internal static unsafe partial class Libc
{
    internal const int AF_UNIX = 1, SOCK_STREAM = 1, SOCK_NONBLOCK = 0x800, SOCK_CLOEXEC = 0x80000, MSG_NOSIGNAL = 0x4000;

    internal const int SOL_SOCKET = 1, SO_PEERCRED = 17;

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int socket(int domain, int type, int protocol);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int bind(int sockfd, sockaddr_un* addr, uint addrlen);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int listen(int sockfd, int backlog);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int accept4(int sockfd, sockaddr_un* addr, uint* addrlen, int flags);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint recv(int sockfd, void* buf, nuint len, int flags);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint send(int sockfd, void* buf, nuint len, int flags);

    [LibraryImport(Library)]
    internal static partial int getsockopt(int sockfd, int level, int optname, void* optval, uint* optlen);
}
