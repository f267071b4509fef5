// The options that say how the appliance is run. They mean the same in every command that runs one.
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

using Guestfs.Cli.Help;

namespace Guestfs.Cli.Guests;

/// <summary>Reads them.</summary>
internal static class ApplianceOptions
{
    private const int MaxMemory = 1 << 20, MaxProcessors = 255;

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

    private static readonly Flag VerboseOption = new("--verbose", "-v")
    {
        Description = "Show what the appliance says, on standard error.",
    };

    private static readonly Flag TraceOption = new("--trace")
    {
        Description = "Show the calls of libguestfs, on standard error.",
    };

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="namesAppliance">Whether one of them names the appliance.</param>
    internal static void AddTo(Command command, bool namesAppliance = true)
    {
        Option[] options =
        [
            .. namesAppliance ? (Option[])[ApplianceDirectory] : [], Acceleration, Memory, Processors, LaunchTimeout, VerboseOption,
            TraceOption,
        ];
        HelpPage.Group(OptionGroup.Appliance, options);
        foreach (Option option in options)
        {
            command.Add(option);
        }
    }

    /// <summary>One of them that is given; null where none is.</summary>
    internal static Option? GivenOf(CommandResult result) =>
        new Option[] { ApplianceDirectory, Acceleration, Memory, Processors, LaunchTimeout, VerboseOption, TraceOption }
            .FirstOrDefault(result.IsGiven);

    /// <summary>What the options say.
    internal static ApplianceRequest Read(ParseResult result) => new()
    {
        Directory = result.GetValue(ApplianceDirectory),
        Accelerator = result.GetValue(Acceleration) ?? Accelerator.Auto,
        Memory = result.GetValue(Memory),
        Processors = result.GetValue(Processors),
        LaunchTimeout = result.GetValue(LaunchTimeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        Verbose = result.GetValue(VerboseOption),
        Trace = result.GetValue(TraceOption),
    };

    private static int? Number(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most
            ? value
            : null;
}
