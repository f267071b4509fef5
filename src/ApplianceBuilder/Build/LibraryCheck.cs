// Whether the programs of an appliance find their libraries: one that a broken installation lacks shows only at the launch, or
// in the middle of a call.
using Guestfs.Appliances.Elf;
using Guestfs.Appliances.Plan;

using static Guestfs.Appliances.Elf.ElfFormat;

namespace Guestfs.Appliances.Build;

/// <summary>Looks for libraries that programs of a plan need and the plan does not have.</summary>
internal static class LibraryCheck
{
    private const string Daemon = "guestfsd";
    private const int MaxNamesShown = 10;

    // Systems differ in which of these are links to others.
    private static readonly string[] ProgramDirectories =
    [
        "/bin/", "/sbin/", "/usr/bin/", "/usr/sbin/", "/lib/systemd/", "/usr/lib/systemd/", "/lib/udev/", "/usr/lib/udev/",
    ];

    // What the appliance runs when it starts and in most sessions: without one of them it is of no use.
    private static readonly HashSet<string> Essential = new(StringComparer.Ordinal)
    {
        Daemon, "bash", "dash", "sh", "blkid", "kmod", "ldconfig", "lvm", "mount", "umount", "systemd-udevd", "udevadm",
        "e2fsck", "mke2fs", "sfdisk", "parted", "sgdisk", "tar", "cp", "mv", "rm", "ls", "find", "file",
    };

    /// <summary>Checks a plan.</summary>
    /// <param name="plan">The root filesystem.</param>
    /// <param name="cpu">The processor that it is for.</param>
    /// <param name="log">Told of programs that the appliance can do without.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    /// <exception cref="ApplianceException">A program that it cannot do without lacks a library.</exception>
    internal static void Run(FilePlan plan, string cpu, Action<string>? log, CancellationToken cancellationToken)
    {
        SharedObjects objects = new(plan, IsProgram, cpu == "aarch64" ? EM_AARCH64 : EM_X86_64, cancellationToken);
        if (objects.All.All(found => found.Needed.All(name => objects.FindAll(name).Count > 0)))
        {
            return;
        }

        // supermin's command line makes other appliances too, of which nothing is known.
        bool isOfGuestfs = objects.All.Any(found => FilePlanBuilder.NameOf(found.Path) == Daemon);
        List<string> fatal = [];
        HashSet<ElfObject> none = [];
        foreach (ElfObject program in objects.All.Where(found => IsProgram(found.Path))
            .OrderBy(found => found.Path, StringComparer.Ordinal))
        {
            foreach (ElfObject user in objects.Scope(program, none))
            {
                foreach (string name in user.Needed.Where(name => objects.FindAll(name).Count == 0))
                {
                    string lack = $"{name} (needed by {(user == program ? "" : $"{user.Path} of ")}{program.Path})";
                    if (isOfGuestfs && Essential.Contains(FilePlanBuilder.NameOf(program.Path)))
                    {
                        fatal.Add(lack);
                    }
                    else
                    {
                        log?.Invoke($"libraries: not in the appliance: {lack}");
                    }
                }
            }
        }

        if (fatal.Count > 0)
        {
            string more = fatal.Count > MaxNamesShown ? $" and {fatal.Count - MaxNamesShown} more" : "";
            throw new ApplianceException(
                ApplianceProblem.MissingPackage,
                $"Libraries are missing that the appliance cannot work without: {string.Join(", ", fatal.Take(MaxNamesShown))}{more}. "
                + "Install the packages that they belong to again, and see that the skeleton does not leave them out.");
        }
    }

    private static bool IsProgram(string path) =>
        Array.Exists(ProgramDirectories,
            directory => path.StartsWith(directory, StringComparison.Ordinal) && path.IndexOf('/', directory.Length) < 0);
}
