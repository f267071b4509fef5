// The commands of gfs, and which of them a run makes: all of them would take longer than what most runs do before they start qemu.
using System.CommandLine;
using System.CommandLine.Help;

using Guestfs.Cli.Commands;
using Guestfs.Cli.Commands.Appliances;
using Guestfs.Cli.Commands.Bundles;
using Guestfs.Cli.Help;
using Guestfs.Cli.Output;

namespace Guestfs.Cli;

/// <summary>Makes the commands.</summary>
internal static class CommandTree
{
    // In the order of the help.
    private static readonly (string Name, Func<RootCommand, Command> Create)[] All =
    [
        ("doctor", static _ => DoctorCommand.Create()),
        ("inspect", static _ => InspectCommand.Create()),
        ("df", static _ => DfCommand.Create()),
        ("filesystems", static _ => FilesystemsCommand.Create()),
        ("partitions", static _ => PartitionsCommand.Create()),
        ("ls", static _ => LsCommand.Create()),
        ("cat", static _ => CatCommand.Create()),
        ("tail", static _ => TailCommand.Create()),
        ("log", static _ => LogCommand.Create()),
        ("stat", static _ => StatCommand.Create()),
        ("find", static _ => FindCommand.Create()),
        ("du", static _ => DuCommand.Create()),
        ("checksum", static _ => ChecksumCommand.Create()),
        ("grep", static _ => GrepCommand.Create()),
        ("cp", static _ => CpCommand.Create()),
        ("tar", static _ => TarCommand.Create()),
        ("sync", static _ => SyncCommand.Create()),
        ("diff", static _ => DiffCommand.Create()),
        ("edit", static _ => EditCommand.Create()),
        ("write", static _ => WriteCommand.Create()),
        ("rm", static _ => RmCommand.Create()),
        ("mkdir", static _ => MkdirCommand.Create()),
        ("chmod", static _ => ChangeCommands.CreateChmod()),
        ("chown", static _ => ChangeCommands.CreateChown()),
        ("registry", static _ => RegistryCommand.Create()),
        ("make", static _ => MakeCommand.Create()),
        ("format", static _ => FormatCommand.Create()),
        ("sparsify", static _ => SparsifyCommand.Create()),
        ("resize", static _ => ResizeCommand.Create()),
        ("appliance", static _ => ApplianceCommand.Create()),
        ("bundle", static _ => BundleCommand.Create()),
        ("supermin", static _ => new("supermin", "Takes the command line of supermin 5 and does its work: 'gfs supermin --help'.")),
        ("run", RunCommand.Create),
        ("help", HelpCommand.Create),
        ("completion", CompletionCommand.Create),
    ];

    /// <summary>Makes the command that a command line begins with, or all of them where it begins with none.</summary>
    internal static RootCommand For(string[] arguments)
    {
        RootCommand root = WithoutCommands();
        foreach ((_, Func<RootCommand, Command> create) in NeededBy(arguments))
        {
            root.Add(create(root));
        }

        return root;
    }

    private static (string Name, Func<RootCommand, Command> Create)[] NeededBy(string[] arguments) => arguments switch
    {
        ["--version"] => [],

        // These look at all the others, or carry them out.
        ["run" or "help" or "completion", ..] => All,
        [string first, ..] when Array.Find(All, command => command.Name == first) is { Name: not null } only => [only],
        _ => All,
    };

    private static RootCommand WithoutCommands()
    {
        RootCommand root = new("Works with virtual machine disk images through libguestfs.");
        OutputOptions.AddTo(root);

        // -h is for sizes that people read, as in ls and df.
        root.Options.Remove(root.Options.OfType<HelpOption>().Single());
        root.Options.Add(new HelpOption("--help", "-?") { Action = new TextHelp() });

        // '[suggest]' is a word like any other: the shells' completions ask no program.
        root.Directives.Clear();
        return root;
    }
}
