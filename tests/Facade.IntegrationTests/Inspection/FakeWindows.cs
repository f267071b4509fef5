// Enough of a Windows for inspection to recognise it. hivexregedit, upstream's own program, writes the registry.
using System.Globalization;
using System.Text;

using Guestfs.IntegrationTests.Files;
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
        g.Write("/Windows/System32/cmd.exe", Program());
        g.Upload(Hive(directory, "software", """
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
        g.Upload(Hive(directory, "system", $"""
            [\Select]
            "Current"=dword:00000001

            [\ControlSet001\Services\Tcpip\Parameters]
            "Hostname"=str(1):"winhost"

            [\MountedDevices]
            {string.Join('\n', letters)}

            """), config + "/SYSTEM");
    }

    private static string Hive(TempDirectory directory, string name, string content)
    {
        string hive = directory.File(name);
        string text = directory.File(name + ".reg");
        File.WriteAllBytes(hive, MinimalHive.Create());
        File.WriteAllText(text, "Windows Registry Editor Version 5.00\n\n" + WithParents(content));
        Command.Run("hivexregedit", "--merge", hive, text);
        return hive;
    }

    // hivexregedit makes a key only in one that exists; an empty line ends a key.
    private static string WithParents(string content) => string.Join('\n', content.Split('\n').SelectMany(line => line.StartsWith('[')
        ? Enumerable.Range(1, line.Length - 2).Where(i => line[i] == '\\' && i > 1).Select(i => line[..i] + "]\n").Append(line)
        : [line]));

    private static string Hex(byte[] bytes) => string.Join(',', bytes.Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));

    // The headers of a console program for x86-64, all that tells the architecture.
    private static byte[] Program()
    {
        byte[] file = new byte[512];
        "MZ"u8.CopyTo(file);
        (file[0x18], file[0x3c]) = (0x40, 0x80);
        Span<byte> header = file.AsSpan(0x80);
        "PE\0\0"u8.CopyTo(header);
        (header[4], header[5], header[6], header[20], header[22]) = (0x64, 0x86, 1, 0xf0, 0x22);
        (header[24], header[25], header[24 + 68], header[24 + 108]) = (0x0b, 2, 3, 16);
        return file;
    }
}
