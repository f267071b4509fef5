using Guestfs.TestSupport;

namespace Guestfs.Cli.Tests.Guests;

/// <summary>An image with enough of a Windows for libguestfs to recognise it, on NTFS.</summary>
public sealed class WindowsImage : IDisposable
{
    private readonly TempDirectory directory = new();

    public WindowsImage()
    {
        Command.Require("mkntfs", "hivexregedit");
        string software = WindowsFile.Hive(directory, "software", """
            [\Microsoft\Windows NT\CurrentVersion]
            "ProductName"=str(1):"Windows 7 Enterprise"
            "CurrentVersion"=str(1):"6.1"
            "InstallationType"=str(1):"Client"

            [\Microsoft\Windows NT\CurrentVersion\ProfileList\S-1-5-21-1-2-3-1001]
            "ProfileImagePath"=str(2):"C:\\Users\\Bob"

            [\Vendor]
            @=str(1):"default"
            "Text"=str(1):"C:\\Program Files\\\"x\""
            "Wide"=hex(1):67,00,f6,00,00,00
            "Path"=str(2):"%SystemRoot%\\x"
            "List"=hex(7):6f,00,6e,00,65,00,00,00,74,00,77,00,6f,00,00,00,00,00
            "Number"=dword:0000002a
            "Long"=hex(b):01,00,00,00,01,00,00,00
            "Bytes"=hex(3):00,01,02,03,04,05,06,07,08,09,0a,0b,0c,0d,0e,0f,10,11,12,13,14,15,16,17,18,19,1a,1b,1c,1d,1e,1f,20,21
            "Open"=hex(1):41,00
            "Lines"=hex(1):41,00,0d,00,0a,00,42,00,00,00
            "Nothing"=hex(0):
            "Odd"=hex(20001):ff

            [\Vendor\Deep\Deeper]
            "x"=dword:ffffffff

            [\Vendor\Other]

            """);
        string system = WindowsFile.Hive(directory, "system", """
            [\Select]
            "Current"=dword:00000002

            [\ControlSet001\Services\Tcpip\Parameters]
            "Hostname"=str(1):"old"

            [\ControlSet002\Services\Tcpip\Parameters]
            "Hostname"=str(1):"winhost"

            """);
        string user = WindowsFile.Hive(directory, "user", """
            [\Console]
            "Bob"=dword:00000001

            """);
        string tree = directory.File("tree");
        Put(software, "Windows/System32/config/SOFTWARE");
        Put(system, "Windows/System32/config/SYSTEM");
        Put(user, "Users/Bob/NTUSER.DAT");
        File.WriteAllBytes(Path.Combine(tree, "Windows/System32/cmd.exe"), WindowsFile.Program());
        GuestShell.Pass(
            """
            set -e
            truncate -s 32M "$image"; mkntfs -F -q -Q "$image" > /dev/null 2>&1
            cd "$tree"; gfs cp -R -m /dev/sda -a "$image" Windows Users :/
            """,
            new Dictionary<string, string?> { ["image"] = Name, ["tree"] = tree });

        void Put(string file, string path)
        {
            string target = Path.Combine(tree, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    /// <summary>The image.</summary>
    public string Name => directory.File("windows.img");

    public void Dispose() => directory.Dispose();
}
