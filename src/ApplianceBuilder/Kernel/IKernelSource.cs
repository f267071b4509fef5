using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Kernel;

/// <summary>Files among which a kernel and its modules are: a host's, or those of unpacked packages.</summary>
internal interface IKernelSource
{
    /// <summary>The names in a directory by ordinal order; none when there is no such directory.</summary>
    /// <exception cref="ApplianceException">The directory cannot be read.</exception>
    IReadOnlyList<string> List(string directory);

    /// <summary>The regular file that an absolute path leads to, or null when there is none.</summary>
    /// <exception cref="ApplianceException">That cannot be found out.</exception>
    FileContent? Find(string path);
}
