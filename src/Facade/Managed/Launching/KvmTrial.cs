// Whether KVM works. /dev/kvm may exist, and may even be opened, and qemu still dies of it (nested virtualisation, missing
// MSRs, seccomp); qemu may start the machine, and the guest never gets anywhere (kvm modules without hardware support); it may
// run, and be slower than emulation. So a guest has to be seen to run: the appliance's own kernel, until its first process.
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

using Guestfs.Interop;

namespace Guestfs;

/// <summary>Boots a kernel under KVM until its first process reports.</summary>
/// <param name="hypervisor">The qemu to try it with.</param>
/// <param name="device">The device that must be there.</param>
internal sealed class KvmTrial(string hypervisor, string device = KvmTrial.Device)
{
    /// <summary>What a machine with KVM has.</summary>
    internal const string Device = "/dev/kvm";

    private const string Initrd = "initrd";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50), AfterEnd = TimeSpan.FromSeconds(1);

    /// <summary>The qemu.</summary>
    internal string Hypervisor => hypervisor;

    /// <summary>
    /// How much processor time the guest gets. Where KVM works, a kernel reaches its first process within 0.1 to 0.5 s of it;
    /// emulation takes 2 to 4 s. What needs more than this is no better than emulation, or does not run at all: a guest that
    /// stalls in its decompressor keeps a processor busy, so that this ends the trial, and not the other limit.
    /// </summary>
    internal TimeSpan ProcessorLimit { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the trial takes at most, on a machine that has little time for it too.</summary>
    internal TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What keeps this process from KVM before any qemu is tried; null if nothing does. As good as lasting:
    /// it is asked each time.</summary>
    internal KvmAnswer? WithoutTrial()
    {
        try
        {
            using FileStream opened = new(device, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
            return null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new KvmAnswer(false, $"there is no {device}", KvmProof.Lasting);
        }
        catch (UnauthorizedAccessException)
        {
            return new KvmAnswer(
                false, $"{device} may not be opened by user {HostEnvironment.User}; add the user to the device's group", KvmProof.Lasting);
        }
        catch (IOException e)
        {
            return new KvmAnswer(false, $"{device} cannot be opened: {e.Message.TrimEnd('.')}", KvmProof.Lasting);
        }
    }

    /// <summary>Boots a kernel.</summary>
    /// <param name="kernel">The kernel; the processor's that this process runs on.</param>
    internal KvmAnswer Run(string kernel)
    {
        string? directory = null;
        try
        {
            directory = Directory.CreateTempSubdirectory("guestfs-kvm-").FullName;
            File.WriteAllBytes(Path.Combine(directory, Initrd), TrialGuest.Initrd());
            return Run(Arguments(kernel, Path.Combine(directory, Initrd)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new KvmAnswer(false, $"KVM cannot be tried: {e.Message.TrimEnd('.')}", KvmProof.None);
        }
        finally
        {
            Delete(directory);
        }
    }

    // The machine and the processor that libguestfs asks for, and next to nothing in it. What the kernel prints is lost time.
    private string[] Arguments(string kernel, string initrd)
    {
        bool arm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;
        return
        [
            hypervisor, "-machine", arm ? "virt,gic-version=host,accel=kvm" : "accel=kvm", "-cpu", "max", "-m", "256",
            "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot",
            "-kernel", kernel, "-initrd", initrd, "-append", $"console={(arm ? "ttyAMA0" : "ttyS0")} quiet panic=-1",
            "-add-fd", $"set=1,fd={Subprocess.Extra}", "-chardev", "file,id=console,path=/dev/fdset/1,append=on", "-serial",
            "chardev:console",
            "-qmp", "stdio",
        ];
    }

    private KvmAnswer Run(string[] arguments)
    {
        long start = Stopwatch.GetTimestamp();
        using Subprocess? machine = Subprocess.TryStart(arguments, "{\"execute\":\"qmp_capabilities\"}"u8);
        if (machine is null)
        {
            return new KvmAnswer(false, $"{hypervisor} could not be started", KvmProof.None);
        }

        bool open = true;
        while (open)
        {
            open = machine.Read(Look);
            if (machine.ExtraOutput.IndexOf(TrialGuest.Report) >= 0)
            {
                return new KvmAnswer(true, Told("a guest ran under KVM after", Stopwatch.GetElapsedTime(start)), KvmProof.Lasting);
            }

            if (IsStopped(machine.Output))
            {
                return Broken("KVM stopped a guest of {0}", machine.Output);
            }

            if (machine.ProcessorTime >= ProcessorLimit)
            {
                return new KvmAnswer(false, Told(
                    "a guest under KVM had not started its first process after", ProcessorLimit,
                    " of processor time, in which emulation gets further"), KvmProof.Lasting);
            }

            if (Stopwatch.GetElapsedTime(start) >= Limit)
            {
                return new KvmAnswer(false, Told("a guest under KVM had not started its first process after", Limit), KvmProof.Passing);
            }
        }

        // Killed from outside, as when the launch is cancelled, it proves nothing.
        return machine.WaitForEnd(AfterEnd)
            ? Broken("{0} cannot use KVM here", machine.Output)
            : new KvmAnswer(false, $"{hypervisor} was killed when it was tried with KVM", KvmProof.None);
    }

    // QMP: nobody here asks for it, so that it was qemu itself, after an error of KVM (run state "internal-error").
    private static bool IsStopped(string output) =>
        Lines(output).Any(line => line[0] == '{' && line.Contains("\"STOP\"", StringComparison.Ordinal));

    private KvmAnswer Broken(string text, string output)
    {
        string? complaint = Lines(output).FirstOrDefault(line => line[0] != '{');
        return new KvmAnswer(
            false,
            string.Format(CultureInfo.InvariantCulture, text, hypervisor) + (complaint is null ? "" : ": " + complaint.TrimEnd('.')),
            KvmProof.Lasting);
    }

    private static string[] Lines(string output) =>
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Told(string text, TimeSpan time, string rest = "") =>
        string.Create(CultureInfo.InvariantCulture, $"{text} {time.TotalSeconds:0.0} s{rest}");

    private static void Delete(string? directory)
    {
        try
        {
            if (directory is not null)
            {
                File.Delete(Path.Combine(directory, Initrd));
                Directory.Delete(directory);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A kilobyte in the directory for temporary files.
        }
    }
}
