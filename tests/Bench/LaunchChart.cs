// A bar for each appliance, of its stages one after another: a picture for the documentation.
using System.Globalization;
using System.Net;
using System.Text;

namespace Guestfs.Bench;

/// <summary>Draws the stages of launches as SVG.</summary>
internal static class LaunchChart
{
    private const int Left = 150, Width = 640, BarHeight = 26, RowHeight = 40, Top = 46, Bottom = 34, Margin = 60;

    // Told apart in grey, too.
    private static readonly string[] Colours = ["#1f3b57", "#3f7cac", "#95b8d1", "#d9b26f"];

    /// <summary>The picture's text.</summary>
    internal static string Draw(IReadOnlyList<LaunchCase> ways)
    {
        double longest = ways.Max(way => Sum(way));
        int height = Top + (ways.Count * RowHeight) + Bottom, whole = Left + Width + Margin;
        StringBuilder svg = new();
        svg.AppendLine(CultureInfo.InvariantCulture,
            $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {height}" font-family="sans-serif" font-size="13">""");
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<rect width="{whole}" height="{height}" fill="#ffffff"/>""");
        for (int i = 0; i < LaunchStage.All.Count; i++)
        {
            int x = 20 + (i * 210);
            svg.AppendLine(
                CultureInfo.InvariantCulture,
                $"""
                <rect x="{x}" y="14" width="14" height="14" fill="{Colours[i]}"/><text x="{x + 20}" y="26">{LaunchStage.All[i].Name}</text>
                """);
        }

        for (int row = 0; row < ways.Count; row++)
        {
            double x = Left;
            int y = Top + (row * RowHeight);
            svg.AppendLine(CultureInfo.InvariantCulture,
                $"""<text x="{Left - 8}" y="{y + 18}" text-anchor="end">{WebUtility.HtmlEncode(ways[row].Name)}</text>""");
            for (int i = 0; i < LaunchStage.All.Count; i++)
            {
                double width = ways[row].Stage(i) / longest * Width;
                svg.AppendLine(CultureInfo.InvariantCulture,
                    $"""<rect x="{x:F1}" y="{y}" width="{width:F1}" height="{BarHeight}" fill="{Colours[i]}"/>""");
                x += width;
            }

            svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{x + 6:F1}" y="{y + 18}">{Sum(ways[row]) / 1000:F2} s</text>""");
        }

        svg.AppendLine(CultureInfo.InvariantCulture,
            $"""<text x="{Left}" y="{height - 12}" fill="#555555">medians of the stages, one disk, emulated processor</text>""");
        return svg.AppendLine("</svg>").ToString();
    }

    private static double Sum(LaunchCase way) => LaunchStage.All.Select((_, i) => way.Stage(i)).Sum();
}
