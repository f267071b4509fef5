// Runs the tool as a user without any rights, which only root can do.
using Guestfs.TestSupport;

namespace Guestfs.Appliances.Tests.Build;

/// <summary>The user nobody, with a directory of its own and a copy of the tool that it may read.</summary>
internal sealed class OrdinaryUser : IDisposable
{
    private const string Id = "65534";
    private readonly TempDirectory directory = new();

    public OrdinaryUser()
    {
        Command.Require("setpriv", "chown", "cp");
        if (Environment.UserName != "root")
        {
            Command.Missing("This test needs root rights, to become another user.");
        }

        Command.Run("cp", "-r", Gfs.Folder, directory.File("gfs"));
        Directory.CreateDirectory(Home);
        Command.Run("chown", Id, Home);
        Command.Run("chmod", "-R", "a+rX", directory.Path);
    }

    /// <summary>A directory that belongs to the user.</summary>
    public string Home => directory.File("home");

    /// <summary>A new file or directory of root in a place that the user can get to.</summary>
    public string File(string name) => directory.File(name);

    /// <summary>Runs the tool.</summary>
    public CommandResult RunGfs(params string[] arguments) => RunGfs(new Dictionary<string, string?>(), arguments);

    /// <summary>Runs the tool with other variables of the environment.</summary>
    public CommandResult RunGfs(IReadOnlyDictionary<string, string?> environment, params string[] arguments) =>
        Run(environment, ["dotnet", directory.File("gfs/gfs.dll"), .. arguments]);

    /// <summary>Runs a program.</summary>
    public CommandResult Run(params string[] command) => Run(new Dictionary<string, string?>(), command);

    private CommandResult Run(IReadOnlyDictionary<string, string?> environment, string[] command)
    {
        Dictionary<string, string?> all = new(environment);
        all.TryAdd("HOME", Home);
        return Command.TryRun("setpriv", ["--reuid=" + Id, "--regid=" + Id, "--clear-groups", .. command], all, Home);
    }

    public void Dispose() => directory.Dispose();
}
