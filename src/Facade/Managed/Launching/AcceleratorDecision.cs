using Guestfs.Interop;

namespace Guestfs;

/// <summary>Decides between KVM and emulation before a launch, and sets the handle accordingly.</summary>
internal sealed unsafe class AcceleratorDecision
{
    private const string ForceTcg = "force_tcg", ForceKvm = "force_kvm";

    private readonly GuestfsHandle handle;
    private readonly string device;

    /// <summary>Decides.</summary>
    /// <param name="handle">The handle, before its launch.</param>
    /// <param name="wanted">What the options of the handle say.</param>
    /// <param name="device">The device that a machine with KVM has.</param>
    /// <exception cref="GuestfsLaunchException">KVM was asked for, and was seen not to work.</exception>
    internal AcceleratorDecision(GuestfsHandle handle, Accelerator wanted, string device = KvmTrial.Device)
    {
        this.handle = handle;
        this.device = device;
        Choice = Choose(wanted);
    }

    /// <summary>What was decided, and why.</summary>
    internal AcceleratorChoice Choice { get; private set; }

    /// <summary>Whether it is KVM, because that was seen to work, and not because the user asked for it.</summary>
    internal bool IsOwnKvm { get; private set; }

    /// <summary>The option or backend setting by which the user asked for KVM; null if nobody did.</summary>
    internal string? KvmDemand { get; private set; }

    /// <summary>Whether KVM works with a handle's qemu and appliance.</summary>
    internal static KvmAnswer TryKvm(GuestfsHandle handle, string device = KvmTrial.Device) =>
        KvmAnswers.OfUser().Get(new KvmTrial(FindHypervisor(handle), device), KernelToTry(handle));

    /// <summary>For later launches, of other processes too: the trial said otherwise.</summary>
    internal void RefuteKvm(string reason, KvmProof proof)
    {
        if (KvmDemand is null)
        {
            KvmAnswers.OfUser().Refute(FindHypervisor(handle), KernelToTry(handle), reason, proof);
        }
    }

    /// <summary>Decides for emulation after all.</summary>
    internal void Emulate(string reason)
    {
        handle.SetBackendSetting(ForceTcg, "1");
        Choice = new AcceleratorChoice(Accelerator.Tcg, reason);
        IsOwnKvm = false;
    }

    // Settings and backends that the user chose are his; KVM that does not work is refused all the same: under it a launch may
    // wait for ever.
    private AcceleratorChoice Choose(Accelerator wanted)
    {
        if (BackendSetting(ForceTcg) is { } tcg)
        {
            return new AcceleratorChoice(tcg == "1" ? Accelerator.Tcg : Accelerator.Auto, $"the backend setting {ForceTcg}={tcg}");
        }

        bool isDirect = handle.GetBackend() == "direct";
        if (BackendSetting(ForceKvm) is { } kvm)
        {
            return kvm == "1"
                ? Forced($"the backend setting {ForceKvm}=1", isDirect)
                : new AcceleratorChoice(Accelerator.Auto, $"the backend setting {ForceKvm}={kvm}");
        }

        if (wanted != Accelerator.Auto)
        {
            string option = ApiName.Option(nameof(GuestfsHandleOptions), nameof(GuestfsHandleOptions.Accelerator));
            handle.SetBackendSetting(wanted == Accelerator.Tcg ? ForceTcg : ForceKvm, "1");
            return wanted == Accelerator.Tcg ? new AcceleratorChoice(Accelerator.Tcg, option) : Forced(option, isDirect);
        }

        if (!isDirect)
        {
            return new AcceleratorChoice(Accelerator.Auto, $"left to the backend '{handle.GetBackend()}'");
        }

        KvmAnswer answer = TryKvm(handle, device);
        IsOwnKvm = answer.Works;
        if (!answer.Works)
        {
            handle.SetBackendSetting(ForceTcg, "1");
        }

        return new AcceleratorChoice(answer.Works ? Accelerator.Kvm : Accelerator.Tcg, answer.Reason);
    }

    private AcceleratorChoice Forced(string demand, bool isDirect)
    {
        KvmDemand = demand;
        return isDirect && TryKvm(handle, device) is { Works: false, Proof: KvmProof.Lasting } answer
            ? throw LaunchDiagnosis.WithoutKvm(answer.Reason, demand).ToException(0, "launch: KVM was asked for.", [])
            : new AcceleratorChoice(Accelerator.Kvm, demand);
    }

    private string? BackendSetting(string name)
    {
        using Call call = new(handle, stackalloc byte[Call.StackSize]);
        byte* value = LibGuestfs.guestfs_get_backend_setting(call.Handle, call.String(name));
        return value == null ? null : NativeResult.TakeString(value);
    }

    // Its full name where there is one; a name without a slash that is nowhere on PATH stays as it is.
    private static string FindHypervisor(GuestfsHandle handle) =>
        handle.GetHv() is var name && HostProgram.Find(name, HostEnvironment.Variable("PATH")) is { } program ? program : name;

    private static string? KernelToTry(GuestfsHandle handle) =>
        ApplianceFiles.Find(handle.GetPath()) is { } directory ? ApplianceFiles.KernelOf(directory, handle.GetCachedir()) : null;
}
