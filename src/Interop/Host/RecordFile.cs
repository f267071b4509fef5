// Small files beside appliances that remember what was found out about a qemu or a kernel: a few lines each, and never needed.
using System.Globalization;
using System.Runtime.InteropServices;

namespace Guestfs.Interop;

/// <summary>What such files have in common.</summary>
internal static class RecordFile
{
    /// <summary>A file as it is now, in one line. Of a link, what it leads to: qemu is often one. One that is not there, or may not be
    /// looked at, has its name alone: what needs the file tells what is wrong with it.</summary>
    internal static string Describe(FileInfo file)
    {
        FileInfo target = Target(file);
        string text = target.Exists
            ? string.Create(CultureInfo.InvariantCulture, $"{target.FullName} {target.Length} {target.LastWriteTimeUtc.Ticks}")
            : target.FullName;
        return text.ReplaceLineEndings(" ");
    }

    /// <summary>What a link leads to in the end; a file that is no link itself, or leads nowhere.</summary>
    internal static FileInfo Target(FileInfo file)
    {
        try
        {
            return file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return file;
        }
    }

    /// <summary>A part of a file's name that stands for a text.</summary>
    internal static string NameOf(string text) => NameOf(MemoryMarshal.AsBytes(text.AsSpan()));

    /// <summary>A part of a file's name that stands for contents: FNV-1a. Nobody else writes where these files are, and a digest that
    /// withstands an adversary would bring OpenSSL into every program.</summary>
    internal static string NameOf(ReadOnlySpan<byte> content)
    {
        ulong hash = 0xcbf29ce484222325;
        foreach (byte part in content)
        {
            hash = (hash ^ part) * 0x100000001b3;
        }

        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }

    /// <summary>Writes a file whole. One that cannot be written costs time only: what is in it will be found out again.</summary>
    internal static void Write(string file, params string[] lines)
    {
        string aside = $"{file}.{Guid.NewGuid():N}";
        try
        {
            File.WriteAllLines(aside, lines);
            File.Move(aside, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full disk, say.
        }
    }
}
