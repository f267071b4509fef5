// How a failure comes from the builder's library to the one that C callers know.
namespace Guestfs.Exports;

/// <summary>A failure; all zero is none. The message is freed with free(3).</summary>
internal unsafe struct BuilderError
{
    public gfs_status Status;
    public int Problem;
    public byte* Message;
}
