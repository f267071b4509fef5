namespace Guestfs;

/// <summary>How the appliance's processor is made.</summary>
public enum Accelerator
{
    /// <summary>KVM where a guest has been seen to run under it, emulation elsewhere.
    /// The handle's qemu boots the appliance's kernel for that: once for each of the two and each boot of the host,
    /// for 5 seconds at most.</summary>
    Auto,

    /// <summary>The host's processor through <c>/dev/kvm</c>; the launch fails at once where it was seen not to work.
    /// The backend setting <c>force_kvm</c>.</summary>
    Kvm,

    /// <summary>qemu's emulation: works everywhere, and takes several times as long. The backend setting <c>force_tcg</c>.</summary>
    Tcg,
}
