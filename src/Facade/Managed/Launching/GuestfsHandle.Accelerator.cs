// Decides between KVM and emulation before a launch.
using Guestfs.Interop;

namespace Guestfs;

public sealed unsafe partial class GuestfsHandle
{
    private const string ForceTcg = "force_tcg", ForceKvm = "force_kvm";

    private readonly Accelerator accelerator;

    // Who asked for KVM: an option or a backend setting; null if nobody did.
    private string? kvmDemand;

    /// <summary>
    /// What the launch decided about KVM, and why; null before <see cref="Launch"/>. A subscriber of <see cref="LibraryMessageReceived"/> is
    /// told too.
    /// </summary>
    /// <remarks>guestfs(3), BACKEND SETTINGS: <c>force_kvm</c> and <c>force_tcg</c>.</remarks>
    public AcceleratorChoice? AcceleratorChoice { get; private set; }

    // Settings and backends that the user chose are his; KVM that does not work is refused all the same: under it a launch may
    // wait for ever.
    private AcceleratorChoice ChooseAccelerator()
    {
        if (BackendSetting(ForceTcg) is { } tcg)
        {
            return new AcceleratorChoice(tcg == "1" ? Accelerator.Tcg : Accelerator.Auto, $"the backend setting {ForceTcg}={tcg}");
        }

        bool isDirect = GetBackend() == "direct";
        if (BackendSetting(ForceKvm) is { } kvm)
        {
            return kvm == "1" ? Forced($"the backend setting {ForceKvm}=1", isDirect) : new AcceleratorChoice(Accelerator.Auto, $"the backend setting {ForceKvm}={kvm}");
        }

        if (accelerator != Accelerator.Auto)
        {
            string option = ApiName.Option(nameof(GuestfsHandleOptions), nameof(GuestfsHandleOptions.Accelerator));
            SetBackendSetting(accelerator == Accelerator.Tcg ? ForceTcg : ForceKvm, "1");
            return accelerator == Accelerator.Tcg ? new AcceleratorChoice(Accelerator.Tcg, option) : Forced(option, isDirect);
        }

        if (!isDirect)
        {
            return new AcceleratorChoice(Accelerator.Auto, $"left to the backend '{GetBackend()}'");
        }

        KvmAnswer answer = TryKvm();
        if (!answer.Works)
        {
            SetBackendSetting(ForceTcg, "1");
        }

        return new AcceleratorChoice(answer.Works ? Accelerator.Kvm : Accelerator.Tcg, answer.Reason);
    }

    private AcceleratorChoice Forced(string demand, bool isDirect)
    {
        kvmDemand = demand;
        return isDirect && TryKvm() is { Works: false, Proof: KvmProof.Lasting } answer
            ? throw LaunchException(0, "launch: KVM was asked for.", LaunchDiagnosis.WithoutKvm(answer.Reason, demand), [])
            : new AcceleratorChoice(Accelerator.Kvm, demand);
    }

    // For later launches, of other processes too: the trial said otherwise.
    private void RefuteKvm(string reason)
    {
        if (kvmDemand is null)
        {
            KvmAnswers.OfUser().Refute(FindHypervisor(), KernelToTry(), reason);
        }
    }

    /// <summary>Whether KVM works with this handle's qemu and appliance.</summary>
    internal KvmAnswer TryKvm() => KvmAnswers.OfUser().Get(new KvmTrial(FindHypervisor()), KernelToTry());

    // Its full name where there is one; a name without a slash that is nowhere on PATH stays as it is.
    private string FindHypervisor() => GetHv() is var name && HostProgram.Find(name, HostEnvironment.Variable("PATH")) is { } program ? program : name;

    private string? KernelToTry() => ApplianceFiles.Find(GetPath()) is { } directory ? ApplianceFiles.KernelOf(directory, GetCachedir()) : null;

    private string? BackendSetting(string name)
    {
        using Call call = new(this, stackalloc byte[Call.StackSize]);
        byte* value = LibGuestfs.guestfs_get_backend_setting(call.Handle, call.String(name));
        return value == null ? null : NativeResult.TakeString(value);
    }
}
