// Publishes the programs of tests/AotSmoke and the demonstration with NativeAOT, each once.

namespace Guestfs.TestSupport;

/// <summary>A NativeAOT program.</summary>
public sealed class PublishedProgram
{
    private static readonly Lazy<PublishedProgram> LazySmoke = new(() => new("tests/AotSmoke/Smoke", "guestfs-aot-smoke"));
    private static readonly Lazy<PublishedProgram> LazyOneCall = new(() => new("tests/AotSmoke/OneCall", "guestfs-aot-one-call"));
    private static readonly Lazy<PublishedProgram> LazyOneImport = new(() => new("tests/AotSmoke/OneImport", "guestfs-aot-one-import"));
    private static readonly Lazy<PublishedProgram> LazyDemo = new(() => new("samples/Demo", "guestfs-demo"));

    private static readonly Lazy<PublishedProgram> LazyGfs = new(() => new("src/Cli", "gfs"));

    // Below artifacts, so that neither the ordinary build's files nor another build's are touched.
    private PublishedProgram(string project, string name)
    {
        if (Beforehand is { } made)
        {
            File = Path.Combine(made, name);
            Publishing = new(0, "", "");
            return;
        }

        Command.Require("dotnet", "gcc");
        string artifacts = Repository.File("artifacts", "aot");
        string folder = Path.Combine(artifacts, name);
        File = Path.Combine(folder, name);
        Publishing = NativePublish.Run(Repository.File(project), folder, "--artifacts-path", artifacts, "-v", "minimal");
    }

    /// <summary>A directory in which gfs, the demonstration and, in its folder facade, the C library are already; or null.
    /// On the releases of the matrix the binaries of the oldest have to run.</summary>
    internal static string? Beforehand { get; } =
        Environment.GetEnvironmentVariable("GUESTFS_PUBLISHED") is { Length: > 0 } folder ? folder : null;

    /// <summary>Whether they, and what the tests are built of, were made on another release than this one.</summary>
    public static bool AreFromElsewhere => Beforehand is not null;

    /// <summary>Calls every return kind.</summary>
    public static PublishedProgram Smoke => LazySmoke.Value;

    /// <summary>Creates a handle and makes one call.</summary>
    public static PublishedProgram OneCall => LazyOneCall.Value;

    /// <summary>The same without our libraries.</summary>
    public static PublishedProgram OneImport => LazyOneImport.Value;

    /// <summary>The demonstration.</summary>
    public static PublishedProgram Demo => LazyDemo.Value;

    /// <summary>The tool.</summary>
    public static PublishedProgram Gfs => LazyGfs.Value;

    /// <summary>How publishing went.</summary>
    public CommandResult Publishing { get; }

    /// <summary>The binary.</summary>
    public string File { get; }
}
