// A launch as the other commands make it, and what libguestfs is for: a disk is partitioned, formatted, mounted and written to.
using System.Diagnostics;
using System.Globalization;

using Guestfs.Cli.Guests;

namespace Guestfs.Cli.Diagnosis;

/// <summary>Launches, and measures.</summary>
internal sealed class LaunchTrial : IDisposable
{
    private const long DiskSize = 64 << 20;
    private const string Launch = "guestfs.launch", Prefix = Launch + ".";

    private readonly List<(string Name, TimeSpan Time)> stages = [];
    private readonly ActivityListener listener;

    internal LaunchTrial()
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == GuestfsTelemetry.ActivitySourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.OperationName.StartsWith(Prefix, StringComparison.Ordinal) && IsOwn(activity))
                {
                    stages.Add((activity.OperationName[Prefix.Length..], activity.Duration));
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
    }

    /// <summary>What the launch did, one after another; a failed one as far as it came.</summary>
    internal IReadOnlyList<(string Name, TimeSpan Time)> Stages => stages;

    /// <summary>What the appliance said last, where the launch failed.</summary>
    internal IReadOnlyList<string> Console { get; private set; } = [];

    /// <summary>Launches and writes.</summary>
    internal async Task<IReadOnlyList<Finding>> RunAsync(
        ApplianceRequest request, IProgress<Appliances.ApplianceProgress>? progress, CancellationToken cancellationToken)
    {
        List<Finding> findings = [];
        using GuestfsHandle g = request.CreateHandle(progress, alwaysBoot: true);
        try
        {
            g.AddDriveScratch(DiskSize);
            long start = Stopwatch.GetTimestamp();
            await g.LaunchAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            string launched = Seconds(start);
            findings.Add(Accelerator(g.AcceleratorChoice!));
            findings.Add(Finding.Good("confinement", $"{g.ConfinementChoice!.Confinement}: {g.ConfinementChoice.Reason}"));
            findings.Add(Finding.Good("launch", $"The appliance booted in {launched}"));
            start = Stopwatch.GetTimestamp();
            await g.RunAsync(Write, cancellationToken: cancellationToken).ConfigureAwait(false);
            await g.ShutdownAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            findings.Add(Finding.Good("session", $"A disk was partitioned, formatted, mounted and written to in {Seconds(start)}"));
        }
        catch (GuestfsLaunchException e)
        {
            Console = e.Console;
            string text = e.Remedy is null ? e.Message : e.Message.Replace(e.Remedy, "", StringComparison.Ordinal).TrimEnd();
            findings.Add(new Finding("launch", Condition.Problem, text, e.Remedy ?? "The appliance's console says more: gfs doctor -v."));
        }
        catch (GuestfsException e)
        {
            findings.Add(new Finding("session", Condition.Problem, e.Message, "The appliance's console says more: gfs doctor -v."));
        }

        return findings;
    }

    public void Dispose() => listener.Dispose();

    // An appliance that is used for the first time is tried before: that is a launch within the first stage of this one.
    private static bool IsOwn(Activity activity)
    {
        int launches = 0;
        for (Activity? above = activity.Parent; above is not null; above = above.Parent)
        {
            launches += above.OperationName == Launch ? 1 : 0;
        }

        return launches == 1;
    }

    private static void Write(GuestfsHandle g)
    {
        g.PartDisk("/dev/sda", "gpt");
        g.Mkfs("ext4", "/dev/sda1");
        g.Mount("/dev/sda1", "/");
        g.Write("/test", "written by gfs doctor"u8);
        g.UmountAll();
    }

    private static Finding Accelerator(AcceleratorChoice choice) => choice.Accelerator == global::Guestfs.Accelerator.Kvm
        ? Finding.Good("KVM", $"is used: {choice.Reason}")
        : new Finding(
            "KVM",
            Condition.Notice,
            $"is not used: {choice.Reason}",
            !File.Exists("/dev/kvm")
                ? "Nothing needs it. On hardware, turn on virtualisation in the firmware; in a virtual machine, nested virtualisation; "
                    + "in a container, pass the device: --device /dev/kvm."
                : "Nothing needs it: what is emulated gives the same answers, more slowly.");

    private static string Seconds(long start) =>
        string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(start).TotalSeconds:0.00} s");
}
