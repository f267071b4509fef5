// gfs: the tool. Under the name 'supermin' it takes supermin's place.
using System.CommandLine;

using Guestfs.Cli;
using Guestfs.Cli.Supermin;

string calledAs = Path.GetFileName(Environment.GetCommandLineArgs()[0]);
if (calledAs == "supermin")
{
    return SuperminCommand.Run(args);
}

if (args is ["supermin", .. string[] rest])
{
    return SuperminCommand.Run(rest);
}

RootCommand root = new("Works with virtual machine disk images through libguestfs.")
{
    ApplianceCommands.Create(),
    new Command("supermin", "Takes the command line of supermin 5 and does its work: 'gfs supermin --help'."),
};
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }).ConfigureAwait(false);
