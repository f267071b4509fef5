// The options by which every command that looks into a guest names its disks and says how they are opened. They mean the same everywhere.
using System.CommandLine;
using System.CommandLine.Parsing;

using Guestfs.Cli.Commands;
using Guestfs.Cli.Help;

namespace Guestfs.Cli.Guests;

/// <summary>Reads them.</summary>
internal static class DiskOptions
{
    private static readonly Option<string[]> Add = new("--add", "-a")
    {
        HelpName = "file|address[:format]",
        Description = "A disk image or block device, or the address of a disk elsewhere, such as nbd://host/export or "
            + "ssh://user@host/disk.img; again for each further disk. Then the other arguments are paths in the guest.",
    };

    private static readonly Option<string?> Domain = new("--domain", "-d")
    {
        HelpName = "name", Description = "The disks of a machine of libvirt.",
    };

    private static readonly Option<string?> Format = new("--format")
    {
        HelpName = "raw|qcow2|...", Description = "The format of the disks that do not name one. Default: what their contents say.",
    };

    private static readonly Option<int?> BlockSize = CommandLine.Option<int>(
        "--blocksize", "512|4096", "The size of the disks' sectors. Default: 512.", "a size of sectors: 512 or 4096",
        text => text switch { "512" => 512, "4096" => 4096, _ => null });

    private static readonly Option<string?> Snapshot = new("--snapshot")
    {
        HelpName = "name", Description = "The disks as they were at this snapshot within their qcow2 files. Nothing can be written then.",
    };

    private const string InspectDescription =
        "Mount what the guest mounts, and fail where there is no system.";

    private static readonly Flag Inspect = new("--inspect", "-i") { Description = InspectDescription };

    // For what has -i from a program that everybody knows.
    private static readonly Flag LongInspect = new("--inspect") { Description = InspectDescription };

    private static readonly Option<string[]> Mount = new("--mount", "-m")
    {
        HelpName = "device[:path[:options[:type]]]",
        Description = "Mount this filesystem, at / or at a path, in place of what the guest mounts; again for each further one.",
    };

    private static readonly Option<string?> Root = new("--root")
    {
        HelpName = "device", Description = "The root filesystem of the system that is meant, where the disks have several.",
    };

    private static readonly Option<string[]> Keys = new("--key")
    {
        HelpName = "[device:]source",
        Description = "Where the key of an encrypted device is, named as device or UUID, or of all: file:NAME, fd:NUMBER, or prompt.",
    };

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="choice">What part of the disks it can be told to work on.</param>
    internal static void AddTo(Command command, DiskChoice choice = DiskChoice.Mounts)
    {
        Option[] chosen = choice switch
        {
            DiskChoice.Mounts => [command.Options.Any(option => option.Aliases.Contains("-i")) ? LongInspect : Inspect, Mount, Root],
            DiskChoice.System => [Root],
            _ => [],
        };
        Option[] options = [Add, Domain, Format, BlockSize, Snapshot, .. chosen, Keys];
        HelpPage.Group(OptionGroup.Disks, options);
        foreach (Option option in options)
        {
            command.Add(option);
        }

        ApplianceOptions.AddTo(command);
        if (choice == DiskChoice.Mounts)
        {
            command.Validators.Add(CheckTogether);
        }
    }

    /// <summary>Adds those of a command that makes a disk, or names its disks in another way.</summary>
    internal static void AddToMaker(Command command)
    {
        HelpPage.Group(OptionGroup.Disks, BlockSize);
        command.Add(BlockSize);
        ApplianceOptions.AddTo(command);
    }

    /// <summary>Adds those of a command that reads one disk to make another.</summary>
    internal static void AddToCopier(Command command)
    {
        HelpPage.Group(OptionGroup.Disks, Format, Keys);
        command.Add(Format);
        command.Add(Keys);
        AddToMaker(command);
    }

    /// <summary>Whether options name the disks, or those of the script, so that no argument does.</summary>
    internal static bool HaveDisks(ParseResult result) =>
        result.CommandResult.IsGiven(Add) || result.CommandResult.IsGiven(Domain) || ScriptReading.Of(result) is not null;

    /// <summary>One of these options, or of those of the appliance, that is given; null where none is.</summary>
    internal static Option? GivenOf(CommandResult result) =>
        new Option[] { Add, Domain, Format, BlockSize, Snapshot, Inspect, LongInspect, Mount, Root, Keys }.FirstOrDefault(result.IsGiven)
        ?? ApplianceOptions.GivenOf(result);

    /// <summary>What the options say.</summary>
    internal static GuestRequest Read(ParseResult result) => new()
    {
        Disks = [.. (result.GetValue(Add) ?? []).Select(disk => DiskName.Parse(disk, result.GetValue(Format)))],
        Domain = result.GetValue(Domain),
        Format = result.GetValue(Format),
        BlockSize = result.GetValue(BlockSize),
        Snapshot = result.GetValue(Snapshot),
        Inspects = Inspects(result.CommandResult),
        Root = result.GetValue(Root),
        Mounts = [.. (result.GetValue(Mount) ?? []).Select(MountChoice.Parse)],
        Keys = [.. (result.GetValue(Keys) ?? []).Select(KeySource.Read)],
        Appliance = ApplianceOptions.Read(result),
    };

    private static void CheckTogether(CommandResult result)
    {
        Option? other = result.IsGiven(Root) ? Root : Inspects(result) ? Inspect : null;
        if (result.IsGiven(Mount) && other is not null)
        {
            result.AddError($"{other.Name} and {Mount.Name} exclude each other: what is mounted is chosen by one of them.");
        }
    }

    private static bool Inspects(CommandResult result) => result.IsGiven(Inspect) || result.IsGiven(LongInspect);
}
