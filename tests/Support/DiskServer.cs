// A disk on a network: qemu-nbd serves it, and fails where it is told to.
using System.Diagnostics;

namespace Guestfs.TestSupport;

/// <summary>A server of a disk of 4 MiB whose sector 2048 cannot be read.</summary>
public sealed class DiskServer : IDisposable
{
    /// <summary>The first sector that cannot be read.</summary>
    public const int BadSector = 2048;

    private readonly TempDirectory directory = new();
    private readonly Process server;

    /// <summary>Starts it.</summary>
    public DiskServer()
    {
        Command.Require("qemu-nbd");
        string image = directory.File("image");

        // The server does not read a hole.
        byte[] contents = new byte[4 << 20];
        new Random(1).NextBytes(contents);
        File.WriteAllBytes(image, contents);
        server = Process.Start(
            "qemu-nbd",
            ["-k", Socket, "--persistent", "--image-opts", "driver=blkdebug,inject-error.0.event=none,inject-error.0.iotype=read,"
                + $"inject-error.0.sector={BadSector},inject-error.0.errno=5,image.driver=file,image.filename={image}"]);
        if (!SpinWait.SpinUntil(() => File.Exists(Socket) || server.HasExited, 30_000) || server.HasExited)
        {
            Dispose();
            throw new InvalidOperationException("qemu-nbd has not started.");
        }
    }

    /// <summary>What it listens on.</summary>
    public string Socket => directory.File("socket");

    /// <summary>Lets it vanish.</summary>
    public void Kill()
    {
        server.Kill();
        server.WaitForExit();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Kill();
        server.Dispose();
        directory.Dispose();
    }
}
