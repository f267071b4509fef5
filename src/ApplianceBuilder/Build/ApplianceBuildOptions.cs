using Guestfs.Appliances.Common;
using Microsoft.Extensions.Logging;

namespace Guestfs.Appliances;

/// <summary>What an appliance is to be made of.</summary>
public sealed record ApplianceBuildOptions
{
    /// <summary>
    /// The files and directories of the supermin skeleton. Empty: the one that the distribution's libguestfs brought,
    /// on the host or in the archives.
    /// </summary>
    public IReadOnlyList<string> Skeleton { get; init; } = [];

    /// <summary>Where the files of packages come from.</summary>
    public PackageSource Packages { get; init; } = new HostPackageSource();

    /// <summary>Which kernel to take.</summary>
    public KernelOptions Kernel { get; init; } = new();

    /// <summary>
    /// How the appliance starts. Null: <see cref="ApplianceProfile.Fast"/> for x86_64, <see cref="ApplianceProfile.Stock"/>
    /// for processors on which the other has not been tried.
    /// </summary>
    public ApplianceProfile? Profile { get; init; }

    /// <summary>The profile that is built.</summary>
    internal ApplianceProfile ChosenProfile => Profile ?? (Kernel.Cpu == "x86_64" ? ApplianceProfile.Fast : ApplianceProfile.Stock);

    /// <summary>The size of the root filesystem in bytes. Null: what the files need and <see cref="FreeSpace"/>.</summary>
    public long? RootSize { get; init; }

    /// <summary>
    /// Free space of the root filesystem in bytes, for what the daemon and the programs that it runs write into /tmp and
    /// /var while the appliance runs, such as what they unpack of a guest's initrd. The writes of a launch are gone
    /// with it. More costs time, not disk space: it is a hole in the image, but counts for its digest.
    /// </summary>
    public long FreeSpace { get; init; } = 128L << 20;

    /// <summary>
    /// The time of files that have none of their own, in seconds since 1970 (<c>SOURCE_DATE_EPOCH</c>). Null: that of the
    /// newest packaged file, so that the same packages give the same bytes.
    /// </summary>
    public long? Timestamp { get; init; }

    /// <summary>Whether a package that the skeleton names, but the host does not have, is an error. supermin leaves it out.</summary>
    public bool RequireAllPackages { get; init; }

    /// <summary>
    /// Where decisions are logged, for people who want to know why, and warnings, in the category <c>Guestfs.Appliances</c>.
    /// </summary>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>Takes a line for each decision.</summary>
    internal Action<string>? Log => BuildLog.Decisions(LoggerFactory);

    /// <summary>Takes a line for each warning.</summary>
    internal Action<string>? Warn => BuildLog.Warnings(LoggerFactory);

    /// <summary>
    /// Whether packages and files of the host are chosen exactly as supermin does: of Debian's dependencies the first
    /// alternative only, and no virtual packages. The appliance is smaller, and lacks what only these bring.
    /// </summary>
    public bool LikeSupermin { get; init; }

    /// <summary>
    /// Whether what no function of libguestfs runs, reads or loads is left out: interpreters, compilers' tools, drivers of real hardware.
    /// The appliance answers alike and is a fraction of the size; what a person would run in a rescue shell may lack.
    /// </summary>
    public bool Slim { get; init; }

    /// <summary>Whether the names of all packages are put into <c>/packagelist</c>.</summary>
    internal bool IncludePackageList { get; init; }
}
