// What runs the appliance's instructions.
namespace Guestfs;

/// <summary>How the appliance's processor is made.</summary>
public enum Accelerator
{
    /// <summary>KVM where a short trial of the handle's qemu shows that it works, emulation elsewhere.</summary>
    Auto,

    /// <summary>The host's processor through <c>/dev/kvm</c>; the launch fails where that does not work. The backend setting <c>force_kvm</c>.</summary>
    Kvm,

    /// <summary>qemu's emulation: works everywhere, and takes several times as long. The backend setting <c>force_tcg</c>.</summary>
    Tcg,
}
