// The options by which every command that looks into a guest names its disks and says how they are opened. They mean the same everywhere.
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Guestfs.Cli.Guests;

/// <summary>Reads them.</summary>
internal static class DiskOptions
{
    private const int MaxMemory = 1 << 20, MaxProcessors = 255;

    private static readonly Option<string[]> Add = new("--add", "-a")
    {
        HelpName = "file[:format]",
        Description = "A disk image or block device; again for each further disk. Then the other arguments are paths in the guest.",
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

    private static readonly Option<string?> ApplianceDirectory = new("--appliance")
    {
        HelpName = "directory|system",
        Description = "The appliance: a directory, or 'system' for the one of the installed libguestfs. Default: one that gfs builds.",
    };

    private static readonly Option<Accelerator?> Acceleration = CommandLine.Option<Accelerator>(
        "--accelerator", "auto|kvm|tcg", "Whether the appliance runs under KVM or is emulated. Default: auto, which tries.",
        "an accelerator: auto, kvm or tcg",
        text => text switch
        {
            "auto" => Accelerator.Auto,
            "kvm" => Accelerator.Kvm,
            "tcg" => Accelerator.Tcg,
            _ => null,
        });

    private static readonly Option<int?> Memory = CommandLine.Option<int>(
        "--memory", "megabytes", "The appliance's memory.", $"a number of megabytes, 256 to {MaxMemory}",
        text => Number(text, 256, MaxMemory));

    private static readonly Option<int?> Processors = CommandLine.Option<int>(
        "--smp", "number", "How many processors the appliance has. Default: 1.", $"a number of processors, 1 to {MaxProcessors}",
        text => Number(text, 1, MaxProcessors));

    private static readonly Option<int?> LaunchTimeout = CommandLine.Option<int>(
        "--timeout", "seconds", "The most time that the start of the appliance may take.", "a number of seconds, 1 to 86400",
        text => Number(text, 1, 86400));

    private static readonly Option<bool> VerboseOption = new("--verbose", "-v")
    {
        Description = "Show what the appliance says, on standard error.",
    };

    private static readonly Option<bool> TraceOption = new("--trace")
    {
        Description = "Show the calls of libguestfs, on standard error.",
    };

    internal static void AddTo(Command command)
    {
        foreach (Option option in (Option[])[
            Add, Domain, Format, BlockSize, Mount, Root, Keys, ApplianceDirectory, Acceleration, Memory, Processors, LaunchTimeout,
            VerboseOption, TraceOption])
        {
            command.Add(option);
        }

        command.Validators.Add(CheckTogether);
    }

    /// <summary>Whether options name the disks, so that no argument does.</summary>
    internal static bool HaveDisks(CommandResult result) => result.IsGiven(Add) || result.IsGiven(Domain);

    /// <summary>What the options say.</summary>
    internal static GuestRequest Read(ParseResult result) => new()
    {
        Disks = [.. (result.GetValue(Add) ?? []).Select(disk => DiskName.Parse(disk, result.GetValue(Format)))],
        Domain = result.GetValue(Domain),
        Format = result.GetValue(Format),
        BlockSize = result.GetValue(BlockSize),
        Root = result.GetValue(Root),
        Mounts = [.. (result.GetValue(Mount) ?? []).Select(MountChoice.Parse)],
        Keys = [.. (result.GetValue(Keys) ?? []).Select(KeySource.Read)],
        Appliance = result.GetValue(ApplianceDirectory),
        Accelerator = result.GetValue(Acceleration) ?? Accelerator.Auto,
        Memory = result.GetValue(Memory),
        Processors = result.GetValue(Processors),
        LaunchTimeout = result.GetValue(LaunchTimeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        Verbose = result.GetValue(VerboseOption),
        Trace = result.GetValue(TraceOption),
    };

    private static void CheckTogether(CommandResult result)
    {
        if (result.IsGiven(Mount) && result.IsGiven(Root))
        {
            result.AddError($"{Root.Name} and {Mount.Name} exclude each other: what is mounted is chosen by one of them.");
        }
    }

    private static int? Number(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most
            ? value
            : null;
}
