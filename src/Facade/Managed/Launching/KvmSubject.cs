using Guestfs.Interop;

namespace Guestfs;

/// <summary>A qemu and a kernel, as their files are now, and the boot of the host.</summary>
/// <param name="Names">The files' names: there is one answer for them, the newest.</param>
/// <param name="Key">What the answer holds for.</param>
/// <param name="Boot">The boot, without which nothing is kept; null if it is not known.</param>
internal sealed record KvmSubject(string Names, string Key, string? Boot)
{
    /// <summary>Looks at the files; null if one is not there.</summary>
    internal static KvmSubject? Find(string hypervisor, string kernel, string? boot)
    {
        FileInfo program = new(hypervisor), image = new(kernel);
        return program.Exists && image.Exists
            ? new KvmSubject(
                // Written down in lines.
                $"{hypervisor} {kernel}".ReplaceLineEndings(" "),
                $"{RecordFile.Describe(program)} {RecordFile.Describe(image)} {boot}",
                boot)
            : null;
    }
}
