// A disk as a bar that is divided as it is: on a terminal in characters, in a file as SVG. What is small is drawn larger, to be seen.
using System.Globalization;

using Guestfs.Cli.Output;

namespace Guestfs.Cli.Layout;

/// <summary>Draws disks.</summary>
internal static class LayoutPicture
{
    private const int MostColumns = 100, LeastColumns = 6;
    private const int SvgWidth = 960, SvgMargin = 16, SvgLeast = 56, SvgBar = 56, SvgDisk = 104;

    /// <summary>Writes a disk to a terminal.</summary>
    internal static void Write(TextOutput output, DiskLayout disk)
    {
        output.WritePieces(
            (disk.Name, Tint.Green), ($"  {HumanSize.Of(disk.Size)}  {disk.Table ?? "no partition table"}", Tint.Plain));
        if (disk.Parts.Count == 0)
        {
            return;
        }

        int room = Math.Min(Terminal.Width, MostColumns) - disk.Parts.Count - 1;
        int[] widths = Divide(disk, room, Math.Max(1, Math.Min(LeastColumns, room / disk.Parts.Count)));
        (string top, string bottom, char side) = Terminal.Frame(widths);
        output.WritePieces((top, Tint.Blue));
        foreach (Func<DiskPart, string> text in (Func<DiskPart, string>[])[Title, Subtitle])
        {
            List<(string, Tint)> pieces = [($"{side}", Tint.Blue)];
            for (int i = 0; i < widths.Length; i++)
            {
                pieces.Add((Terminal.Fit(text(disk.Parts[i]), widths[i]), disk.Parts[i].Device is null ? Tint.Dim : Tint.Plain));
                pieces.Add(($"{side}", Tint.Blue));
            }

            output.WritePieces([.. pieces]);
        }

        output.WritePieces((bottom, Tint.Blue));
    }

    /// <summary>Makes a picture of all disks.</summary>
    internal static byte[] Svg(IReadOnlyList<DiskLayout> disks)
    {
        using MemoryStream stream = new();
        stream.Write("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"u8);
        XmlText svg = new(stream);
        svg.Begin("svg");
        int height = (disks.Count * SvgDisk) + SvgMargin;
        svg.Attribute("xmlns", "http://www.w3.org/2000/svg");
        svg.Attribute("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {SvgWidth} {height}"));
        svg.Attribute("font-family", "sans-serif");
        svg.Attribute("font-size", "13");
        for (int i = 0; i < disks.Count; i++)
        {
            Draw(svg, disks[i], (i * SvgDisk) + SvgMargin);
        }

        svg.End();
        return stream.ToArray();
    }

    private static void Draw(XmlText svg, DiskLayout disk, int top)
    {
        int[] widths = Divide(disk, SvgWidth - (2 * SvgMargin), Math.Min(SvgLeast, (SvgWidth - (2 * SvgMargin)) / disk.Parts.Count));
        Text(svg, SvgMargin, top + 12, $"{disk.Name}  {HumanSize.Of(disk.Size)}  {disk.Table ?? "no partition table"}");
        int x = SvgMargin;
        for (int i = 0; i < widths.Length; i++)
        {
            DiskPart part = disk.Parts[i];
            svg.Begin("svg");
            Attributes(svg, ("x", x), ("y", top + 20), ("width", widths[i]), ("height", SvgBar));
            svg.Begin("rect");
            Attributes(svg, ("width", widths[i]), ("height", SvgBar));
            svg.Attribute("fill", part.Device is null ? "#eeeeee" : "#cfe3f7");
            svg.Attribute("stroke", "#30577d");
            svg.Begin("title");
            svg.Text($"{Printable(Title(part))} {Printable(Subtitle(part))} {part.TypeName}");
            svg.End();
            svg.End();
            Text(svg, 6, 23, Title(part));
            Text(svg, 6, 43, Subtitle(part));
            svg.End();
            x += widths[i];
        }
    }

    private static string Title(DiskPart part) => part.Device is null ? "free" : part.Device.Replace("/dev/", "", StringComparison.Ordinal);

    private static string Subtitle(DiskPart part) =>
        string.Join(' ', ((string?[])[part.Label ?? part.Content ?? part.TypeName, HumanSize.Of(part.Size)]).OfType<string>());

    // Each has the least, and what is left is shared by size.
    private static int[] Divide(DiskLayout disk, int room, int least)
    {
        double rest = Math.Max(room - (least * disk.Parts.Count), 0), all = disk.Parts.Sum(part => (double)part.Size);
        int[] widths = [.. disk.Parts.Select(part => least + (int)(all == 0 ? 0 : rest * part.Size / all))];
        return widths;
    }

    private static void Text(XmlText svg, int x, int y, string text)
    {
        svg.Begin("text");
        Attributes(svg, ("x", x), ("y", y));
        svg.Text(Printable(text));
        svg.End();
    }

    private static void Attributes(XmlText svg, params ReadOnlySpan<(string Name, int Value)> attributes)
    {
        foreach ((string name, int value) in attributes)
        {
            svg.Attribute(name, value.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static string Printable(string text) => Interop.PrintableText.Line(text);
}
