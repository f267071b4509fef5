// Owns bytes that libguestfs returned, so that they need not be copied into an array to live on.
using System.Runtime.InteropServices;

namespace Guestfs;

/// <summary>Memory from malloc(3).</summary>
internal sealed unsafe class NativeBlock : SafeHandle
{
    public NativeBlock()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    internal void Own(byte* bytes) => SetHandle((nint)bytes);

    protected override bool ReleaseHandle()
    {
        NativeMemory.Free((void*)handle);
        return true;
    }
}
