namespace Guestfs.TestSupport;

/// <summary>Publishes projects with the NativeAOT compiler.</summary>
public static class NativePublish
{
    /// <summary>For commands of dotnet(1) that compile: the compiler's server is warm from the ordinary build, and has no pipe of ours;
    /// MSBuild's nodes would keep them open.</summary>
    public static IReadOnlyList<string> ServerOptions { get; } = ["-p:UseSharedCompilation=true", "-nodeReuse:false"];

    /// <summary>For those that compile this repository's projects, of which the ordinary build has run the C# analyzers.</summary>
    public static IReadOnlyList<string> BuildOptions { get; } =
        ["-c", "Release", "--nologo", "-p:RunAnalyzers=false", .. ServerOptions];

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
        return Command.TryRun("dotnet", [command, project, "-o", folder, .. BuildOptions, .. more]);
    }
}
