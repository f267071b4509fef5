// gfs: the tool. Under the name 'supermin' it takes supermin's place.
using System.CommandLine;
using System.CommandLine.Help;

using Guestfs.Cli;
using Guestfs.Cli.Commands;
using Guestfs.Cli.Help;
using Guestfs.Cli.Output;
using Guestfs.Cli.Supermin;

ToolNaming.Use();
bool isSupermin = Path.GetFileName(Environment.GetCommandLineArgs()[0]) == "supermin";
string[] arguments = isSupermin ? ["supermin", .. args] : args;
return await ErrorBoundary.RunAsync(arguments is ["supermin", ..] ? "supermin" : "gfs", () =>
{
    arguments = ProcessInput.Lossless(arguments);
    if (arguments is ["supermin", .. string[] rest])
    {
        ProcessInput.Check(rest);
        return Task.Run(() => SuperminCommand.Run(rest));
    }

    Messages.AreJson = arguments.TakeWhile(argument => argument != "--").Any(argument => argument is "--json" or "--jsonl");
    RootCommand root = new("Works with virtual machine disk images through libguestfs.")
    {
        DoctorCommand.Create(),
        InspectCommand.Create(),
        DfCommand.Create(),
        FilesystemsCommand.Create(),
        PartitionsCommand.Create(),
        LsCommand.Create(),
        CatCommand.Create(),
        TailCommand.Create(),
        LogCommand.Create(),
        StatCommand.Create(),
        FindCommand.Create(),
        DuCommand.Create(),
        ChecksumCommand.Create(),
        GrepCommand.Create(),
        CpCommand.Create(),
        TarCommand.Create(),
        SyncCommand.Create(),
        DiffCommand.Create(),
        EditCommand.Create(),
        WriteCommand.Create(),
        RmCommand.Create(),
        MkdirCommand.Create(),
        ChangeCommands.CreateChmod(),
        ChangeCommands.CreateChown(),
        RegistryCommand.Create(),
        MakeCommand.Create(),
        FormatCommand.Create(),
        SparsifyCommand.Create(),
        ResizeCommand.Create(),
        ApplianceCommands.Create(),
        BundleCommands.Create(),
        new Command("supermin", "Takes the command line of supermin 5 and does its work: 'gfs supermin --help'."),
    };

    OutputOptions.AddTo(root);
    root.Add(RunCommand.Create(root));
    root.Add(HelpCommand.Create(root));
    root.Add(CompletionCommand.Create(root));

    // -h is for sizes that people read, as in ls and df.
    root.Options.Remove(root.Options.OfType<HelpOption>().Single());
    root.Options.Add(new HelpOption("--help", "-?") { Action = new TextHelp() });
    return CommandLine.RunAsync(root.Parse(arguments));
}).ConfigureAwait(false);
