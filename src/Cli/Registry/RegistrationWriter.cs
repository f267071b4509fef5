// Registration entries (.reg), as Windows' regedit writes them: strings where that loses nothing, double words, else bytes.
using System.Text;

namespace Guestfs.Cli.Registry;

/// <summary>Writes keys and values.</summary>
/// <param name="output">Where to.</param>
/// <param name="isWide">Whether it is UTF-16 with Windows' ends of lines, which regedit reads, in place of UTF-8.</param>
internal sealed class RegistrationWriter(Stream output, bool isWide) : IDisposable
{
    private const int Width = 78;

    private readonly StreamWriter writer = new(
        output, isWide ? new UnicodeEncoding(bigEndian: false, byteOrderMark: true) : new UTF8Encoding(false), leaveOpen: true)
    {
        NewLine = isWide ? "\r\n" : "\n",
    };

    internal void Begin() => writer.WriteLine("Windows Registry Editor Version 5.00");

    internal void Key(RegistryKey key)
    {
        writer.WriteLine();
        writer.WriteLine($"[{key.Name}]");
    }

    internal void Value(RegistryValue value)
    {
        string name = value.Name.Length == 0 ? "@=" : $"{Quoted(value.Name)}=";
        writer.Write(name);
        if (value.Type == RegistryValue.String && value.Characters is [.. var text, '\0'] && text.All(IsPlain))
        {
            writer.WriteLine(Quoted(text));
        }
        else if (value is { Type: RegistryValue.DoubleWord, Data.Length: 4 })
        {
            writer.WriteLine($"dword:{BitConverter.ToUInt32(value.Data):x8}");
        }
        else
        {
            Bytes(value, name.Length);
        }
    }

    public void Dispose() => writer.Dispose();

    // Windows takes a file that is not UTF-16 for one in its code page, and hivexregedit for Latin-1.
    private bool IsPlain(char c) => isWide ? !char.IsControl(c) : c is >= ' ' and <= '~';

    private void Bytes(RegistryValue value, int column)
    {
        string kind = value.Type == RegistryValue.Binary ? "hex:" : $"hex({value.Type:x}):";
        writer.Write(kind);
        column += kind.Length;
        for (int i = 0; i < value.Data.Length; i++)
        {
            string piece = i == value.Data.Length - 1 ? $"{value.Data[i]:x2}" : $"{value.Data[i]:x2},";
            if (column + piece.Length > Width)
            {
                writer.WriteLine('\\');
                writer.Write("  ");
                column = 2;
            }

            writer.Write(piece);
            column += piece.Length;
        }

        writer.WriteLine();
    }

    private static string Quoted(string text) =>
        $"\"{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
