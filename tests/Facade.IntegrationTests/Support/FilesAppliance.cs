// The appliance of the tests about files.
using Xunit;

namespace Guestfs.IntegrationTests.Support;

/// <summary>An appliance with a filesystem at /, in which each test has a directory.</summary>
[CollectionDefinition(nameof(FilesAppliance))]
public sealed class FilesAppliance : ApplianceFixture, ICollectionFixture<FilesAppliance>
{
    private const long RootSize = 1 << 30;

    private readonly ScratchDisk root;

    /// <summary>Starts it and makes the filesystem.</summary>
    public FilesAppliance()
        : base([RootSize])
    {
        root = TakeDisk(RootSize);

        // No journal, so that after sync all is in its final place, where debugfs on the host looks for it while mounted.
        Guestfs.Mke2fs(root.Device, new Mke2fsOptions { FsType = "ext4", HasJournal = false, BlockSize = 4096, InodeSize = 256 });
        Guestfs.MountOptions("acl,user_xattr", root.Device, "/");
    }

    /// <summary>A new directory in the guest.</summary>
    public string NewDirectory()
    {
        string path = $"/d{Guid.NewGuid():N}";
        Guestfs.Mkdir(path);
        return path;
    }

    /// <summary>What debugfs on the host prints for a command about the filesystem.</summary>
    public string Debugfs(string command)
    {
        Flush();
        return ExtJudge.Debugfs(root.Image, command);
    }

    /// <summary>The bytes of a guest file, which debugfs on the host reads from the image.</summary>
    public byte[] ReadOnHost(string path)
    {
        string copy = HostFile(Guid.NewGuid().ToString("N"));
        Debugfs($"dump {path} {copy}");
        try
        {
            return File.ReadAllBytes(copy);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    /// <summary>Puts bytes into a host file and from there into the guest.</summary>
    public string Upload(string path, byte[] content)
    {
        string file = HostFile(Guid.NewGuid().ToString("N"));
        File.WriteAllBytes(file, content);
        Guestfs.Upload(file, path);
        return file;
    }
}
