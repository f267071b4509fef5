// A program that calls what is newer than libguestfs 1.48, and keeps the answers.
using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

namespace Guestfs.IntegrationTests.Session;

/// <summary>Calls the functions that are newer than libguestfs 1.48.</summary>
public sealed class NewerFunctionAnswers : IDisposable
{
    private readonly List<string> lines = [];

    /// <summary>Calls them.</summary>
    public NewerFunctionAnswers()
    {
        using GuestfsHandle g = NewHandle.ForAppliance();
        foreach (string image in Disks.Images)
        {
            g.AddDrive(image, new() { Format = "raw" });
        }

        // An older library has none of them; what it lacks it says at once.
        bool isLaunched = NewerFunctions.Present.Count > 0;
        if (isLaunched)
        {
            g.Launch();
            lines.Add("programs: " + g.Debug("sh", [$"for p in {NewerFunctions.FeaturePrograms}; do command -v $p; done | tr '\\n' ' '"]));
        }

        Call(g, isLaunched);
        if (isLaunched)
        {
            g.Shutdown();
        }
    }

    internal NewerFunctions Disks { get; } = new();

    internal IReadOnlyList<string> Lines => lines;

    /// <inheritdoc/>
    public void Dispose() => Disks.Dispose();

    private void Call(GuestfsHandle g, bool isLaunched)
    {
        Ask("device_name", () => g.DeviceName(4) is var device ? $"{device} {g.BlockdevGetsize64(device)}" : "");
        Ask("findfs_partlabel", () => g.FindfsPartlabel(NewerFunctions.PolicyLabel));
        Ask("findfs_partuuid", () => g.FindfsPartuuid(NewerFunctions.PlainUuid));
        Ask("xfs_info2", () => g.XfsInfo2("/dev/sdd") is var info ? $"{info["meta-data.agcount"]} {info["data.blocks"]}" : "");
        Ask("ntfs_chmod", () => g.NtfsChmod("/dev/sde", NewerFunctions.NtfsMode, "/hello", new() { Recursive = false }));
        Ask("clevis_luks_unlock", () => g.ClevisLuksUnlock("/dev/sde", "unlocked"));
        foreach (string device in isLaunched ? g.InspectOs() : ["/dev/sda1"])
        {
            Ask("inspect_get_build_id", () => g.InspectGetBuildId(device));
            Ask("inspect_get_windows_group_policy", () => g.InspectGetWindowsGroupPolicy(device) ? "1" : "0");
        }

        foreach (string device in isLaunched ? ["/dev/sdb", "/dev/sdc"] : (string[])[""])
        {
            On(device, () => Ask("btrfs_scrub_full", () => g.BtrfsScrubFull("/", new() { ReadOnly = true })));
        }

        On("/dev/sda1", () =>
        {
            Ask("command_out", () => g.CommandOut(["/usr/bin/seq", "1", "700000"], Path.Combine(Disks.Output, "command_out")));
            Ask("sh_out", () => g.ShOut(NewerFunctions.ShellCommand, Path.Combine(Disks.Output, "sh_out")));
            Ask("setfiles", () => g.Setfiles("/etc/selinux/targeted/contexts/files/file_contexts", ["/etc"], new() { Force = true }));
        });

        void On(string device, Action action)
        {
            if (isLaunched)
            {
                g.Mount(device, "/");
            }

            action();
            if (isLaunched)
            {
                g.UmountAll();
            }
        }
    }

    private void Ask(string function, Action call) => Ask(function, () =>
    {
        call();
        return "done";
    });

    private void Ask(string function, Func<string> call)
    {
        string answer;
        try
        {
            answer = call();
        }
        catch (GuestfsMissingFunctionException e)
        {
            answer = $"missing: {e.Message}";
        }
        catch (GuestfsFeatureException e)
        {
            answer = $"no feature {e.Feature}";
        }
        catch (GuestfsException e) when (e.Operation == function)
        {
            answer = "error";
        }

        lines.Add($"{function}: {answer}");
    }
}
