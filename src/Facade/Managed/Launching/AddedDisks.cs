using Guestfs.Interop;

namespace Guestfs;

/// <summary>
/// The disks of a handle that is not launched yet, so that they can be added again: libguestfs forgets those of a launch that fails
/// after qemu has connected.
/// </summary>
internal sealed unsafe class AddedDisks(GuestfsHandle handle)
{
    private readonly Lock gate = new();

    // Made with the first disk: a program that adds none is trimmed of it.
    private List<Action<GuestfsHandle>>? added;
    private bool unrepeatable;

    /// <summary>Whether all that were added can be added again.</summary>
    internal bool AreRepeatable
    {
        get
        {
            lock (gate)
            {
                return !unrepeatable;
            }
        }
    }

    /// <summary>Disks were added.</summary>
    /// <param name="again">Adds them again.</param>
    internal void Note(Action<GuestfsHandle> again)
    {
        // What is added to an appliance that runs is gone with it.
        if (CallFailure.ReadState(handle.Calls.Pointer) != GuestfsState.Config)
        {
            return;
        }

        lock (gate)
        {
            (added ??= []).Add(again);
        }
    }

    /// <summary>Disks were added that cannot be added again, because they were named by something that may be gone then.</summary>
    internal void NoteUnrepeatable()
    {
        lock (gate)
        {
            unrepeatable = true;
        }
    }

    /// <summary>Adds those again, if libguestfs has forgotten them.</summary>
    internal void AddAgain()
    {
        List<Action<GuestfsHandle>>? forgotten;
        if (handle.DebugDrives().Length > 0)
        {
            return;
        }

        lock (gate)
        {
            (forgotten, added) = (added, null);
        }

        forgotten?.ForEach(again => again(handle));
    }

    /// <summary>The launch is over, and what was added before it is of no use for another one.</summary>
    internal void Forget()
    {
        lock (gate)
        {
            added = null;
            unrepeatable = false;
        }
    }
}
