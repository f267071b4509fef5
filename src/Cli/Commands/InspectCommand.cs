using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;

using Guestfs.Cli.Guests;
using Guestfs.Cli.Inspection;
using Guestfs.Cli.Output;

namespace Guestfs.Cli.Commands;

/// <summary>Tells what systems are on disks: virt-inspector's job.</summary>
internal static class InspectCommand
{
    private static readonly Flag Xml = new("--xml") { Description = "The XML document of virt-inspector." };

    private static readonly Flag Icon = new("--icon") { Description = "With --xml: the system's icon, too, which takes longer." };

    private static readonly Flag NoApplications = new("--no-applications") { Description = "Leave out what is installed." };

    internal static Command Create()
    {
        Command command = GuestCommand.Create(
            "inspect", "Tells what operating systems are on the disks.", null, least: 0, [Xml, Icon, NoApplications], writes: false,
            RunAsync, choice: DiskChoice.System);
        command.Validators.Add(result =>
        {
            if (result.IsJson() && result.IsGiven(Xml))
            {
                result.AddError("JSON and --xml exclude each other.");
            }

            if (result.IsGiven(Icon) && !result.IsGiven(Xml))
            {
                result.AddError("--icon is for --xml.");
            }
        });
        return command;
    }

    private static async Task RunAsync(ParseResult result, GuestSession session, string[] paths, CancellationToken cancellationToken)
    {
        GuestInspection found = await session.InspectAsync(cancellationToken).ConfigureAwait(false);
        List<FoundSystem> systems = [];
        foreach (GuestOperatingSystem os in session.Choose(found))
        {
            IReadOnlyList<GuestApplication>? applications = result.GetValue(NoApplications)
                ? null
                : await ListApplicationsAsync(session, os, cancellationToken).ConfigureAwait(false);
            systems.Add(new FoundSystem(os, applications));
        }

        using TextOutput output = new();
        if (result.IsJson())
        {
            WriteJson(output.Stream, found, systems);
        }
        else if (result.GetValue(Xml))
        {
            InspectionXml xml = new(session.Guestfs, result.GetValue(Icon));
            await session.Guestfs.RunAsync(_ => xml.Write(output.Stream, systems), cancellationToken: cancellationToken)
                .ConfigureAwait(false);
        }
        else
        {
            InspectionText.Write(output, systems);
        }

        if (found.Count == 0)
        {
            session.FoundNothing("No operating system was found.");
        }
    }

    private static async Task<IReadOnlyList<GuestApplication>> ListApplicationsAsync(
        GuestSession session, GuestOperatingSystem os, CancellationToken cancellationToken)
    {
        await session.Guestfs.MountAllAsync(os, cancellationToken: cancellationToken).ConfigureAwait(false);
        using ProgressBar bar = new();
        GuestApplicationReport report = await bar.WhileAsync(
            session.Guestfs.ListApplicationsAsync(os, cancellationToken: cancellationToken), "reading what is installed")
            .ConfigureAwait(false);
        foreach (GuestfsException problem in report.Problems)
        {
            Messages.Warn(problem.Message);
        }

        await session.Guestfs.UmountAllAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        return report.Applications;
    }

    // The library's document, with the applications in the systems.
    private static void WriteJson(Stream stream, GuestInspection found, List<FoundSystem> systems)
    {
        JsonObject document = JsonSerializer.SerializeToNode(found, GuestfsJsonContext.Default.GuestInspection)!.AsObject();
        JsonArray written = document["systems"]!.AsArray();
        for (int i = found.Count - 1; i >= 0; i--)
        {
            if (systems.Find(system => system.System == found[i]) is not { } shown)
            {
                written.RemoveAt(i);
            }
            else if (shown.Applications is { } applications)
            {
                written[i]!["applications"] = JsonSerializer.SerializeToNode(
                    new GuestApplicationReport(applications, []), GuestfsJsonContext.Default.GuestApplicationReport)!["applications"]!
                    .DeepClone();
            }
        }

        JsonOutput.WriteDocument(stream, writer => document.WriteTo(writer));
    }
}
