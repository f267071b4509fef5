// Files of Windows. hivexregedit, upstream's own program, writes registries.
namespace Guestfs.TestSupport;

/// <summary>Makes files of Windows.</summary>
public static class WindowsFile
{
    /// <summary>Makes a file of the registry.</summary>
    /// <param name="directory">Where it is made.</param>
    /// <param name="name">Its name there.</param>
    /// <param name="content">What regedit writes, without its first line.</param>
    /// <returns>Its full name.</returns>
    public static string Hive(TempDirectory directory, string name, string content)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(content);
        string hive = directory.File(name);
        string text = directory.File(name + ".reg");
        File.WriteAllBytes(hive, MinimalHive.Create());
        File.WriteAllText(text, "Windows Registry Editor Version 5.00\n\n" + WithParents(content));
        Command.Run("hivexregedit", "--merge", hive, text);
        return hive;
    }

    /// <summary>The headers of a console program for x86-64, all that tells the architecture.</summary>
    public static byte[] Program()
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

    // hivexregedit makes a key only in one that exists; an empty line ends a key.
    private static string WithParents(string content) => string.Join('\n', content.Split('\n').SelectMany(line => line.StartsWith('[')
        ? Enumerable.Range(1, line.Length - 2).Where(i => line[i] == '\\' && i > 1).Select(i => line[..i] + "]\n").Append(line)
        : [line]));
}
