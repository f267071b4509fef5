namespace Guestfs.Exports;

/// <summary>How a failure comes from the library of the builder to the one that C callers know; all zero is none.
/// The message is freed with free(3).</summary>
internal unsafe struct BuilderError
{
    public gfs_status Status;
    public int Problem;
    public byte* Message;
}
