using System.CommandLine;
using System.Text.Json;

using Guestfs.Cli.Guests;
using Guestfs.Cli.Output;

namespace Guestfs.Cli.Commands;

/// <summary>Tells what systems are on disks: virt-inspector's job.</summary>
internal static class InspectCommand
{
    private static readonly Option<bool> Json = new("--json") { Description = "The facts as a JSON document." };

    private static readonly Option<bool> NoApplications = new("--no-applications") { Description = "Leave out what is installed." };

    internal static Command Create() => GuestCommand.Create(
        "inspect", "Tells what operating systems are on the disks.", null, least: 0, [Json, NoApplications], writes: false, RunAsync);

    private static async Task RunAsync(ParseResult result, GuestSession session, string[] paths, CancellationToken cancellationToken)
    {
        GuestInspection found = await session.InspectAsync(cancellationToken).ConfigureAwait(false);
        Dictionary<GuestOperatingSystem, GuestApplicationReport> applications = [];
        IReadOnlyList<GuestOperatingSystem> toBeListed = result.GetValue(NoApplications) || result.GetValue(Json) ? [] : found;
        foreach (GuestOperatingSystem os in toBeListed)
        {
            await session.Guestfs.MountAllAsync(os, cancellationToken: cancellationToken).ConfigureAwait(false);
            applications[os] = await session.Guestfs.ListApplicationsAsync(os, cancellationToken: cancellationToken).ConfigureAwait(false);
            foreach (GuestfsException problem in applications[os].Problems)
            {
                StandardStreams.Tell($"gfs: warning: {problem.Message}");
            }

            await session.Guestfs.UmountAllAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        }

        using TextOutput output = new();
        if (result.GetValue(Json))
        {
            output.Stream.Write(JsonSerializer.SerializeToUtf8Bytes(found, GuestfsJsonContext.Default.GuestInspection));
            output.Stream.WriteByte((byte)'\n');
        }
        else
        {
            foreach (GuestOperatingSystem os in found)
            {
                Write(output, os, Facts(os, applications.GetValueOrDefault(os)));
            }
        }

        if (found.Count == 0)
        {
            StandardStreams.Tell("gfs: No operating system was found.");
            session.FoundNothing();
        }
    }

    // For people a block for each system; for programs each fact in a line, after the system's root.
    private static void Write(TextOutput output, GuestOperatingSystem os, List<(string Name, string[] Values)> facts)
    {
        if (!TextOutput.IsTerminal)
        {
            facts.ForEach(fact => output.WriteFields([os.Root, fact.Name, .. fact.Values]));
            return;
        }

        output.WriteLine($"{os.Root}: {os.PrettyName ?? os.ProductName ?? os.Distro ?? os.Type ?? "unknown system"}");
        int width = facts.Max(fact => fact.Name.Length);
        string last = "";
        foreach ((string name, string[] values) in facts)
        {
            output.WriteLine($"  {(name == last ? "" : name).PadRight(width)}  {string.Join("  ", values)}");
            last = name;
        }
    }

    private static List<(string Name, string[] Values)> Facts(GuestOperatingSystem os, GuestApplicationReport? applications)
    {
        List<(string, string[])> facts = [];
        Add("type", os.Type);
        Add("distro", os.Distro);
        Add("product", os.ProductName);
        Add("variant", os.ProductVariant);
        Add("version", os.Version?.ToString());
        Add("build", os.BuildId);
        Add("architecture", os.Architecture);
        Add("hostname", os.HostName);
        Add("machine-id", os.MachineId);
        Add("osinfo", os.OsinfoId);
        Add("package-format", os.PackageFormat);
        Add("package-management", os.PackageManagement);
        Add("windows-systemroot", os.Windows?.SystemRoot);
        foreach (GuestMountpoint mountpoint in os.Mountpoints)
        {
            Add("mountpoint", mountpoint.Path, mountpoint.Mountable, mountpoint.FilesystemType ?? "");
        }

        foreach (string filesystem in os.Filesystems)
        {
            Add("filesystem", filesystem);
        }

        foreach ((string letter, string device) in os.DriveMappings)
        {
            Add("drive", letter, device);
        }

        foreach (string snapshot in os.Snapshots)
        {
            Add("snapshot", snapshot);
        }

        foreach (GuestApplication application in applications?.Applications ?? [])
        {
            Add("application", application.Name, application.FullVersion ?? "", application.Architecture ?? "");
        }

        return facts;

        void Add(string name, params string?[] values)
        {
            if (values[0] is not null)
            {
                facts.Add((name, [.. values.Select(value => value ?? "")]));
            }
        }
    }
}
