namespace Guestfs.Appliances;

/// <summary>Which libraries are to be lazy.</summary>
/// <param name="Program">The path of the program that needs them.</param>
/// <param name="Directory">The directory for what is put in their place.</param>
/// <param name="Libraries">The beginnings of the libraries' names.</param>
internal sealed record LazyOptions(string Program, string Directory, IReadOnlyCollection<string> Libraries)
{
    /// <summary>
    /// The libraries of libguestfs' daemon that are worth it: they or what they need take long to load, and only some
    /// functions of the daemon call them.
    /// </summary>
    internal static LazyOptions Daemon { get; } = new(
        "/usr/sbin/guestfsd", "/usr/lib/guestfs-lazy", ["libaugeas.so.", "libhivex.so.", "librpm.so.", "libtsk.so.", "libyara.so."]);

    /// <summary>
    /// A link to the program's loader. It is run in the program's place where it exists, so that nobody else sees the lazy libraries:
    /// <c>LOADER --library-path DIRECTORY PROGRAM ARGUMENTS</c>. Its name is that of the program, which is then the name of the process.
    /// </summary>
    internal string Loader => FilePlanBuilder.Join(Directory, FilePlanBuilder.NameOf(Program));
}
