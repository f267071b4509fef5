// Whether KVM works: /dev/kvm may exist, and may even be opened, and qemu still dies of it (nested virtualisation, missing
// MSRs, seccomp). So qemu itself is asked to make a machine with all its processors' features, which takes under 100 ms.
using System.Runtime.InteropServices;

namespace Guestfs;

/// <summary>Tries KVM with a qemu.</summary>
internal static class KvmProbe
{
    private const string Device = "/dev/kvm";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>What keeps this process from KVM before any qemu is tried; null if nothing does.</summary>
    internal static KvmAnswer? WithoutTrial()
    {
        try
        {
            using FileStream device = new(Device, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
            return null;
        }
        catch (FileNotFoundException)
        {
            return new KvmAnswer(false, $"there is no {Device}");
        }
        catch (UnauthorizedAccessException)
        {
            return new KvmAnswer(false, $"{Device} may not be opened by user {Environment.UserName}; add the user to the device's group");
        }
        catch (IOException e)
        {
            return new KvmAnswer(false, $"{Device} cannot be opened: {e.Message.TrimEnd('.')}");
        }
    }

    /// <summary>Has a qemu make a machine with KVM; null when it did not end in time, which proves nothing.</summary>
    internal static KvmAnswer? Try(string hypervisor)
    {
        // The machine and processor that libguestfs asks for.
        string machine = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "virt,accel=kvm" : "accel=kvm";
        (string Output, bool Ended)? run = ChildCommand.Run(
            [hypervisor, "-machine", machine, "-cpu", "max", "-nodefaults", "-no-user-config", "-display", "none", "-S", "-qmp", "stdio"],
            "{\"execute\":\"qmp_capabilities\"}{\"execute\":\"quit\"}"u8,
            Limit);
        if (run is not { } result)
        {
            return new KvmAnswer(false, $"{hypervisor} could not be started");
        }

        if (!result.Ended)
        {
            return null;
        }

        // Its exit status may have gone to whoever reaps children here; only a machine that stands answers the second command.
        string[] lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Count(line => line.StartsWith("{\"return\"", StringComparison.Ordinal)) == 2)
        {
            return new KvmAnswer(true, $"{hypervisor} started a machine with KVM");
        }

        string? complaint = lines.FirstOrDefault(line => !line.StartsWith('{'));
        return new KvmAnswer(false, $"{hypervisor} cannot use KVM here{(complaint is null ? "" : ": " + complaint)}");
    }
}
