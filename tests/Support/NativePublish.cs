namespace Guestfs.TestSupport;

/// <summary>Publishes projects with the NativeAOT compiler.</summary>
public static class NativePublish
{
    /// <summary>Runs <c>dotnet publish</c>.</summary>
    /// <param name="project">The project's directory.</param>
    /// <param name="folder">Where its files go.</param>
    /// <param name="more">Further arguments.</param>
    /// <returns>How it went: not every caller takes a failure for one.</returns>
    public static CommandResult Run(string project, string folder, params string[] more) =>
        Dotnet("publish", project, folder, ["-r", "linux-x64", .. more]);

    /// <summary>Runs <c>dotnet pack</c>, for what a tool's package has is published.</summary>
    /// <param name="project">The project's directory.</param>
    /// <param name="folder">Where the package goes.</param>
    /// <param name="more">Further arguments.</param>
    /// <returns>How it went.</returns>
    public static CommandResult Pack(string project, string folder, params string[] more) => Dotnet("pack", project, folder, more);

    private static CommandResult Dotnet(string command, string project, string folder, string[] more)
    {
        // One at a time, whichever test project asks: they share the libraries' build.
        using IDisposable turn = FileTurn.Take(Repository.File("artifacts", "tests", "publish.lock"));
        return Command.TryRun("dotnet",
        [
            command, project, "-c", "Release", "-o", folder, "--nologo",
            // The C# analyzers have run in the ordinary build; servers would keep our pipes open.
            "-p:RunAnalyzers=false", "--disable-build-servers", .. more,
        ]);
    }
}
