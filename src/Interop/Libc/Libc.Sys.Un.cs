#pragma warning disable CS8981 // The names are those of C.
namespace Guestfs.Interop;

internal unsafe struct sockaddr_un
{
    public ushort sun_family;
    public fixed byte sun_path[108];
}
