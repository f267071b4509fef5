using Guestfs.TestSupport;

namespace Guestfs.Cli.Tests.Guests;

/// <summary>An image with a partition table, filesystems and LVM, made by guestfish.</summary>
public sealed class LayoutImage : IDisposable
{
    private readonly TempDirectory directory = new();

    public LayoutImage()
    {
        Command.Require("guestfish");
        CommandResult made = GuestShell.Run(
            """
            set -e
            truncate -s 512M "$image"
            upstream guestfish --format=raw -a "$image" << END
            run
            part-init /dev/sda gpt
            part-add /dev/sda p 2048 206847
            part-add /dev/sda p 206848 409599
            part-add /dev/sda p 409600 900000
            part-set-gpt-type /dev/sda 1 C12A7328-F81F-11D2-BA4B-00A0C93EC93B
            mkfs vfat /dev/sda1 label:EFI
            mkfs ext4 /dev/sda2 label:größe
            pvcreate /dev/sda3
            vgcreate vg /dev/sda3
            lvcreate root vg 100
            lvcreate swap vg 40
            mkfs ext4 /dev/vg/root
            mkswap /dev/vg/swap
            END
            """,
            new Dictionary<string, string?> { ["image"] = Name });
        if (made.ExitCode != 0)
        {
            throw new InvalidOperationException(made.Error);
        }
    }

    /// <summary>The image.</summary>
    public string Name => directory.File("layout.img");

    public void Dispose() => directory.Dispose();
}
