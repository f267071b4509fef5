// Decides between KVM and emulation before a launch.
using Guestfs.Interop;

namespace Guestfs;

public sealed unsafe partial class GuestfsHandle
{
    private const string ForceTcg = "force_tcg", ForceKvm = "force_kvm";

    private readonly Accelerator accelerator;

    /// <summary>
    /// What the launch decided about KVM, and why; null before <see cref="Launch"/>. A subscriber of <see cref="Library"/> is
    /// told too.
    /// </summary>
    /// <remarks>guestfs(3), BACKEND SETTINGS: <c>force_kvm</c> and <c>force_tcg</c>.</remarks>
    public AcceleratorChoice? AcceleratorChoice { get; private set; }

    // Settings and backends that the user chose are his.
    private AcceleratorChoice ChooseAccelerator()
    {
        foreach ((string name, Accelerator forced) in ((string, Accelerator)[])[(ForceTcg, Accelerator.Tcg), (ForceKvm, Accelerator.Kvm)])
        {
            if (BackendSetting(name) is { } value)
            {
                return new AcceleratorChoice(value == "1" ? forced : Accelerator.Auto, $"the backend setting {name}={value}");
            }
        }

        if (accelerator != Accelerator.Auto)
        {
            SetBackendSetting(accelerator == Accelerator.Tcg ? ForceTcg : ForceKvm, "1");
            return new AcceleratorChoice(accelerator, ApiName.Option(nameof(GuestfsHandleOptions), nameof(GuestfsHandleOptions.Accelerator)));
        }

        if (GetBackend() is var backend && backend != "direct")
        {
            return new AcceleratorChoice(Accelerator.Auto, $"left to the backend '{backend}'");
        }

        KvmAnswer answer = KvmAnswers.Get(GetHv(), KvmAnswers.PrivateDirectory());
        if (!answer.Works)
        {
            SetBackendSetting(ForceTcg, "1");
        }

        return new AcceleratorChoice(answer.Works ? Accelerator.Kvm : Accelerator.Tcg, answer.Reason);
    }

    private string? BackendSetting(string name)
    {
        using Call call = new(this, stackalloc byte[Call.StackSize]);
        byte* value = LibGuestfs.guestfs_get_backend_setting(call.Handle, call.String(name));
        return value == null ? null : NativeResult.TakeString(value);
    }
}
