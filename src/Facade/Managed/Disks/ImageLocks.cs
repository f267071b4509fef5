// The locks by which qemu keeps others off an image: a byte for each thing that a process does with it, and one for each that it does
// not let others do. block/file-posix.c in qemu's source.
using System.Globalization;

using Guestfs.Interop;

using Microsoft.Win32.SafeHandles;

namespace Guestfs;

/// <summary>Who has a disk image open, so that qemu refuses it.</summary>
internal static class ImageLocks
{
    // Done: 100 and on. Not let be done: 200 and on. To each is added what: 0 reading of what stays the same, 1 writing, 3 resizing.
    private const int Writes = 101, Resizes = 103, LetsNotRead = 200, LetsNotWrite = 201, LetsNotResize = 203;

    /// <summary>Whether another process does something with an image that does not go with our doing.</summary>
    /// <param name="image">The image.</param>
    /// <param name="isWritten">Whether we want to write to it.</param>
    internal static bool Conflict(SafeFileHandle image, bool isWritten)
    {
        ReadOnlySpan<int> bytes =
            isWritten ? [Writes, Resizes, LetsNotRead, LetsNotWrite, LetsNotResize] : [Writes, Resizes, LetsNotRead];
        foreach (int offset in bytes)
        {
            if (HostCalls.IsLocked(image, offset))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The processes that have locked a file, as far as /proc shows them to this user: "NAME (process ID)".</summary>
    /// <param name="file">The status of the file.</param>
    /// <param name="end">When to stop looking, in <see cref="Environment.TickCount64"/>.</param>
    internal static IReadOnlyList<string> Holders(in statx file, long end)
    {
        List<string> holders = [];
        try
        {
            foreach (string process in Directory.EnumerateDirectories("/proc"))
            {
                if (Environment.TickCount64 >= end)
                {
                    break;
                }

                if (int.TryParse(Path.GetFileName(process), NumberStyles.None, CultureInfo.InvariantCulture, out int id)
                    && Holds(process, file))
                {
                    holders.Add(Describe(process, id));
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // No /proc.
        }

        return holders;
    }

    // fdinfo lists the locks of a descriptor. It names the file by its number on its filesystem, as the status of the descriptor does.
    private static bool Holds(string process, in statx file)
    {
        try
        {
            string number = string.Create(CultureInfo.InvariantCulture, $":{file.stx_ino} ");
            foreach (string info in Directory.EnumerateFiles($"{process}/fdinfo"))
            {
                string text = File.ReadAllText(info);
                if (text.Contains("OFDLCK", StringComparison.Ordinal) && text.Contains(number, StringComparison.Ordinal)
                    && HostCalls.Status($"{process}/fd/{Path.GetFileName(info)}", followLink: true, out statx open) == 0
                    && new HostStatus(open).Identity == new HostStatus(file).Identity)
                {
                    return true;
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Ended meanwhile, or another user's.
        }

        return false;
    }

    private static string Describe(string process, int id)
    {
        string name = "a process", parent = "";
        try
        {
            name = PrintableText.Line(File.ReadAllText($"{process}/comm").TrimEnd('\n'));
            parent = File.ReadLines($"{process}/status").FirstOrDefault(line => line.StartsWith("PPid:", StringComparison.Ordinal)) ?? "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Ended meanwhile.
        }

        string own = parent.EndsWith($"\t{Environment.ProcessId}", StringComparison.Ordinal) ? ", started by this program" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{name} (process {id}{own})");
    }
}
