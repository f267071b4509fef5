namespace Guestfs;

/// <summary>What a handle's qemu is kept from, so that a disk that takes it over gets no further.</summary>
[Flags]
public enum Confinement
{
    /// <summary>Nothing: qemu may do whatever its user may.</summary>
    None = 0,

    /// <summary>System calls that it does not need, starting programs among them: qemu's own option <c>-sandbox</c>.</summary>
    SystemCalls = 1,

    /// <summary>All files but the handle's disks, the appliance and what qemu is made of; other processes; and the network, unless the
    /// handle has one or a disk is on a server. The kernel's Landlock, and a filter for what it does not know.</summary>
    Files = 2,

    /// <summary>Both.</summary>
    Full = SystemCalls | Files,
}
