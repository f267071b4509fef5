using System.Runtime.InteropServices;

namespace Guestfs.Interop;

/// <summary>The descriptor of a handle, which stays open until this is disposed, whatever other threads do meanwhile.</summary>
internal readonly ref struct BorrowedDescriptor : IDisposable
{
    private readonly SafeHandle handle;
    private readonly bool added;

    /// <summary>Borrows it.</summary>
    /// <exception cref="ObjectDisposedException">The handle is closed.</exception>
    internal BorrowedDescriptor(SafeHandle handle)
    {
        this.handle = handle;
        handle.DangerousAddRef(ref added);
    }

    public static implicit operator int(BorrowedDescriptor descriptor) => (int)descriptor.handle.DangerousGetHandle();

    public void Dispose()
    {
        if (added)
        {
            handle.DangerousRelease();
        }
    }
}
