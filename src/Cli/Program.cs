// gfs: the tool. Under the name 'supermin' it takes supermin's place.
using Guestfs.Cli;
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
    return CommandLine.RunAsync(CommandTree.For(arguments), arguments);
}).ConfigureAwait(false);
