// Publishes the programs of tests/AotSmoke with NativeAOT, each once.
using Guestfs.TestSupport;

namespace Guestfs.Aot.Tests;

/// <summary>A NativeAOT program.</summary>
public sealed class PublishedProgram
{
    private static readonly Lock Gate = new();
    private static readonly Lazy<PublishedProgram> LazySmoke = new(() => new("Smoke", "guestfs-aot-smoke"));
    private static readonly Lazy<PublishedProgram> LazyOneCall = new(() => new("OneCall", "guestfs-aot-one-call"));
    private static readonly Lazy<PublishedProgram> LazyOneImport = new(() => new("OneImport", "guestfs-aot-one-import"));

    // Below artifacts, so that neither the ordinary build's files nor another build's are touched.
    private PublishedProgram(string project, string name)
    {
        Command.Require("dotnet", "gcc");
        string artifacts = Repository.File("artifacts", "aot");
        File = Path.Combine(artifacts, project, name);
        // One at a time: they share the libraries' build.
        lock (Gate)
        {
            Publishing = Command.TryRun("dotnet",
            [
                "publish", Repository.File("tests", "AotSmoke", project), "-c", "Release", "-r", "linux-x64", "-o", Path.Combine(artifacts, project),
                "--artifacts-path", artifacts, "--nologo", "-v", "minimal",
                // The C# analyzers have run in the ordinary build; servers would keep our pipes open.
                "-p:RunAnalyzers=false", "--disable-build-servers",
            ]);
        }
    }

    /// <summary>Calls every return kind.</summary>
    public static PublishedProgram Smoke => LazySmoke.Value;

    /// <summary>Creates a handle and makes one call.</summary>
    public static PublishedProgram OneCall => LazyOneCall.Value;

    /// <summary>The same without our libraries.</summary>
    public static PublishedProgram OneImport => LazyOneImport.Value;

    /// <summary>How publishing went.</summary>
    public CommandResult Publishing { get; }

    /// <summary>The binary.</summary>
    public string File { get; }
}
