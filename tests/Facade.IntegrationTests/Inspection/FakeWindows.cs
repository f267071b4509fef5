// Enough of a Windows for inspection to recognise it.
using System.Globalization;
using System.Text;

using Guestfs.TestSupport;

namespace Guestfs.IntegrationTests.Inspection;

/// <summary>The files of a small Windows-like system.</summary>
internal static class FakeWindows
{
    internal const string DiskId = "1234";

    /// <summary>Writes the system drive, which is mounted on /.</summary>
    /// <param name="g">The handle.</param>
    /// <param name="directory">Where on the host the registry is made.</param>
    /// <param name="drives">Letter, and offset of the partition on the disk with <see cref="DiskId"/>;
    /// none leaves out the system hive.</param>
    internal static void Install(GuestfsHandle g, TempDirectory directory, params (char Letter, long Offset)[] drives)
    {
        const string config = "/Windows/System32/Config";
        g.MkdirP(config);
        g.MkdirP("/Program Files/Example");
        g.Write("/Windows/System32/cmd.exe", WindowsFile.Program());
        g.Upload(WindowsFile.Hive(directory, "software", """
            [\Microsoft\Windows NT\CurrentVersion]
            "ProductName"=str(1):"Windows 7 Enterprise"
            "CurrentVersion"=str(1):"6.1"
            "CurrentBuild"=str(1):"7601"
            "InstallationType"=str(1):"Client"

            [\Microsoft\Windows\CurrentVersion\Uninstall\Example]
            "DisplayName"=str(1):"Example Program"
            "DisplayVersion"=str(1):"1.2.3"
            "InstallLocation"=str(1):"C:\\Program Files\\Example"
            "Publisher"=str(1):"Example Ltd"

            """), config + "/SOFTWARE");
        if (drives.Length == 0)
        {
            return;
        }

        byte[] disk = Encoding.ASCII.GetBytes(DiskId);
        IEnumerable<string> letters = drives.Select(
            d => $"\"\\\\DosDevices\\\\{d.Letter}:\"=hex(3):{Hex([.. disk, .. BitConverter.GetBytes(d.Offset)])}");
        g.Upload(WindowsFile.Hive(directory, "system", $"""
            [\Select]
            "Current"=dword:00000001

            [\ControlSet001\Services\Tcpip\Parameters]
            "Hostname"=str(1):"winhost"

            [\MountedDevices]
            {string.Join('\n', letters)}

            """), config + "/SYSTEM");
    }

    private static string Hex(byte[] bytes) => string.Join(',', bytes.Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
}
