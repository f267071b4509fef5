using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.LazyLibraries;

/// <summary>Which libraries are to be lazy.</summary>
/// <param name="Program">The path of the program that needs them.</param>
/// <param name="Directory">The directory for what is put in their place.</param>
/// <param name="Libraries">The beginnings of the libraries' names.</param>
internal sealed record LazyOptions(string Program, string Directory, IReadOnlyCollection<string> Libraries)
{
    // The places where the appliance's init looks for the daemon: not all systems have a directory sbin.
    private static readonly string[] DaemonPlaces = ["/usr/sbin/guestfsd", "/usr/bin/guestfsd"];

    /// <summary>
    /// The libraries of libguestfs' daemon that are worth it, by the beginnings of their names: they or what they need take
    /// long to load, and only some functions of the daemon call them.
    /// </summary>
    internal static readonly string[] DaemonLibraries =
    [
        "libaugeas.so.", "libhivex.so.", "librpm.so.", "libsystemd.so.", "libtsk.so.", "libyara.so.",
    ];

    /// <summary>Those of libguestfs' daemon.</summary>
    /// <param name="plan">A root filesystem with it.</param>
    internal static LazyOptions ForDaemon(FilePlan plan) =>
        new(
            DaemonPlaces.FirstOrDefault(path => plan.Resolve(path) is { } resolved && plan.Find(resolved) is not null) ?? DaemonPlaces[0],
            "/usr/lib/guestfs-lazy",
            DaemonLibraries);

    /// <summary>
    /// A link to the program's loader. It is run in the program's place where it exists, so that nobody else sees the lazy libraries:
    /// <c>LOADER --library-path DIRECTORY PROGRAM ARGUMENTS</c>. Its name is that of the program, which is then the name of the process.
    /// </summary>
    internal string Loader => FilePlanBuilder.Join(Directory, FilePlanBuilder.NameOf(Program));
}
