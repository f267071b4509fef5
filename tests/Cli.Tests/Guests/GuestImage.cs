using System.Text;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Cli.Tests.Guests;

/// <summary>An image with a small Debian, made by mke2fs of a directory of the host, against which the tool's answers are held.</summary>
public sealed class GuestImage : IDisposable
{
    private readonly TempDirectory directory = new();
    private readonly string made;

    public GuestImage()
    {
        Command.Require("mke2fs", "bash", "setfattr");
        foreach (string folder in (string[])["etc", "bin", "home/user", "usr/bin", "var/lib/dpkg", "odd", "many", "var/log"])
        {
            Directory.CreateDirectory(Path.Combine(Tree, folder));
        }

        Write("etc/fstab", "/dev/sda / ext4 defaults 0 1\n");
        Write("etc/hosts", "127.0.0.1 localhost\n");
        Write("etc/hostname", "guest.example\n");
        Write("etc/crontab", "@reboot root True\n0 * * * * root false\n");
        Write("etc/debian_version", "12.5\n");
        Write("etc/os-release", "ID=debian\nVERSION_ID=\"12\"\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm) <&> größe\"\n");
        Write("var/lib/dpkg/status",
            "Package: hello\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1:2.10-3\nDescription: greets\n\n");
        byte[] bytes = new byte[3_000_000];
        new Random(1).NextBytes(bytes);
        File.WriteAllBytes(Path.Combine(Tree, "home/user/data"), bytes);
        Command.Run("bash", "-c", """
            cd "$1"
            ln -s data home/user/link; ln -s /nowhere home/user/broken; mkfifo home/user/fifo
            chmod 4755 home/user/data; chmod 1777 odd
            touch -d '1999-12-31 23:59:59 UTC' home/user/data
            printf x > odd/$'two\nlines'; printf x > odd/$'tab\tand\\backslash'; printf x > odd/$'red\e[31m'; printf x > odd/$'latin-\xe9'
            printf x > 'odd/ two  spaces '; printf x > odd/-l; printf x > 'odd/größe'
            for i in $(seq 300); do printf x > many/file-$i; done
            seq 20000 > var/log/syslog; setfattr -n user.note -v hello etc/hosts
            """, "sh", Tree);
        Command.Run("mke2fs", "-q", "-F", "-t", "ext4", "-d", Tree, Name, "64M");
        made = Facts();
    }

    /// <summary>The image.</summary>
    public string Name => directory.File("guest.img");

    /// <summary>What is in it, but for lost+found.</summary>
    public string Tree => directory.File("tree");

    /// <summary>Makes sure that the image and the tree are as they were made: a class of tests shares them, in any order.</summary>
    public void CheckUntouched() => Assert.Equal(made, Facts());

    // .NET cannot remove a name that is not UTF-8.
    public void Dispose()
    {
        Command.Run("rm", "-r", Tree);
        directory.Dispose();
    }

    private string Facts() => Command.Run("bash", "-c", "find \"$@\" -printf '%p %s %C@\\n' | sort", "sh", Tree, Name);

    private void Write(string path, string text) => File.WriteAllText(Path.Combine(Tree, path), text, new UTF8Encoding(false));
}
