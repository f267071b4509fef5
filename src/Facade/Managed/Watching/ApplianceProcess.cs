using Guestfs.Interop;

namespace Guestfs;

/// <summary>The qemu of a launched handle: whether it still lives, and which call is to say that it does not.</summary>
internal sealed unsafe class ApplianceProcess : IDisposable
{
    private static readonly object Reported = new();

    private readonly ProcessReference? process;
    private object? diedIn;

    /// <summary>That of a handle that has just been launched.</summary>
    // Now, because asking for its number waits for calls, one of which may be to be ended.
    internal ApplianceProcess(guestfs_h* handle)
    {
        int id = LibGuestfs.guestfs_get_pid(handle);
        process = id > 0 ? ProcessReference.TryOpen(id) : null;
    }

    /// <summary>Whether it has ended. libguestfs notices that with the next call only.</summary>
    internal bool HasEnded => process?.HasEnded == true;

    /// <summary>Ends it.</summary>
    /// <returns>Whether that was possible: with libvirt it is not known which process that is.</returns>
    internal bool Kill()
    {
        process?.Kill();
        return process is not null;
    }

    /// <summary>The call that runs in this thread has found that it died.</summary>
    internal void NoteDeath() => Volatile.Write(ref diedIn, ThreadToken.Current);

    /// <summary>Whether the call of this thread is the one to report the death: once, in the call that noticed.</summary>
    internal bool TakeDeath() =>
        diedIn is not null && ReferenceEquals(Interlocked.CompareExchange(ref diedIn, Reported, ThreadToken.Current), ThreadToken.Current);

    public void Dispose() => process?.Dispose();
}
