using Guestfs.Appliances.Common;
using Microsoft.Extensions.Logging;

namespace Guestfs.Appliances;

/// <summary>A Debian or Ubuntu repository to make an appliance of.</summary>
public sealed record RepositoryOptions
{
    /// <summary>The suite, such as <c>trixie</c>. Null: that of the system's package sources.</summary>
    public string? Suite { get; init; }

    /// <summary>The repository's address: http, https or file. Null: those of the system's package sources.</summary>
    public Uri? Address { get; init; }

    /// <summary>Its components, where an address is given.</summary>
    public IReadOnlyList<string> Components { get; init; } = ["main"];

    /// <summary>
    /// Files with the public keys that may sign it, where an address is given or the system's sources trust others; as
    /// distributions install them in <c>/usr/share/keyrings</c>. Empty: those that the system's sources trust.
    /// </summary>
    public IReadOnlyList<string> Keyrings { get; init; } = [];

    /// <summary>Debian's name of the architecture.</summary>
    public string Architecture { get; init; } = ArchitectureOf(new KernelOptions().Cpu);

    /// <summary>The kernel's package. Null: the one for virtual machines.</summary>
    public string? KernelPackage { get; init; }

    /// <summary>Packages of libguestfs that add to the skeleton; those that do not exist are left out.</summary>
    public IReadOnlyList<string> AddOns { get; init; } = ["libguestfs-xfs"];

    /// <summary>Packages to take besides those that the skeleton names.</summary>
    public IReadOnlyList<string> Packages { get; init; } = [];

    /// <summary>The system whose package sources, keys and logins for repositories are read.</summary>
    public string SystemRoot { get; init; } = "/";

    /// <summary>Where downloaded packages are kept.</summary>
    public required string CacheDirectory { get; init; }

    /// <summary>
    /// Whether a repository may be used whose Release file has expired, or is older than one that was used before from the
    /// same address: archives of past states need it.
    /// </summary>
    public bool AllowExpired { get; init; }

    /// <summary>Starts <c>gpgv</c>, which checks the signature of the repository:
    /// <see cref="CommandRunner"/>, or one of your own.</summary>
    public required ICommandRunner Runner { get; init; }

    /// <summary>
    /// Where decisions are logged, in the category <c>Guestfs.Appliances</c>. A repository that cannot be reached, so that what it
    /// offered the last time is used, is logged as a warning.
    /// </summary>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>Takes a line for each decision.</summary>
    internal Action<string>? Log => BuildLog.Decisions(LoggerFactory);

    /// <summary>Takes a line for each warning.</summary>
    internal Action<string>? Warn => BuildLog.Warnings(LoggerFactory);

    /// <summary>Debian's name of a processor.</summary>
    /// <param name="cpu">Its name as <c>uname -m</c> has it.</param>
    internal static string ArchitectureOf(string cpu) => cpu switch { "x86_64" => "amd64", "aarch64" => "arm64", _ => cpu };
}
