// The result as markdown tables that also read well in a terminal.
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Guestfs.Bench;

/// <summary>Writes the tables.</summary>
internal static class Report
{
    internal static string Write(string[] calls, List<Runner> runners, int rounds)
    {
        StringBuilder text = new();
        text.AppendLine(Text($"# What a call costs"));
        text.AppendLine();
        text.AppendLine(Text(
            $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {Processor()}; load {Load()}."));
        text.AppendLine(Text(
            $"{rounds} interleaved batches of about 4 ms. Other work on the machine shows in the medians first."));
        Table(text, "Best batch: ns a call (above C, times C)", calls, runners, (r, call) => Compared(r, call, runners[0]));
        Table(text, "Median batch: ns a call", calls, runners, (r, call) =>
            r.Results.TryGetValue(call, out Samples? samples) ? Number(samples.Median) : "-");
        Table(text, "Managed bytes allocated a call", calls, [.. runners.Where(r => r.Results[calls[0]].Bytes is not null)], (r, call) =>
            r.Results.TryGetValue(call, out Samples? samples) ? Text($"{samples.Bytes:N0}") : "-");
        return text.ToString();
    }

    private static void Table(StringBuilder text, string title, string[] calls, List<Runner> runners, Func<Runner, string, string> cell)
    {
        List<string[]> rows = [["call", .. runners.Select(r => r.Name)]];
        rows.AddRange(calls.Select(call => (string[])[call, .. runners.Select(r => cell(r, call))]));
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        rows.Insert(1, [.. widths.Select((width, column) => column == 0 ? new string('-', width) : new string('-', width - 1) + ':')]);
        text.AppendLine().AppendLine(Text($"## {title}")).AppendLine();
        foreach (string[] row in rows)
        {
            IEnumerable<string> padded = row.Select(
                (value, column) => column == 0 ? value.PadRight(widths[column]) : value.PadLeft(widths[column]));
            text.AppendLine(Text($"| {string.Join(" | ", padded)} |"));
        }
    }

    private static string Compared(Runner runner, string call, Runner c)
    {
        if (!runner.Results.TryGetValue(call, out Samples? samples))
        {
            return "-";
        }

        double best = samples.Best, reference = c.Results[call].Best;
        return runner == c
            ? Number(best)
            : Text($"{Number(best)} ({(best < reference ? "-" : "+")}{Number(Math.Abs(best - reference))}, {best / reference:N2})");
    }

    private static string Number(double nanoseconds) => nanoseconds < 1000 ? Text($"{nanoseconds:N1}") : Text($"{nanoseconds:N0}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Processor() =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
        ?? RuntimeInformation.ProcessArchitecture.ToString();

    /// <summary>What else the machine does: of the last minute.</summary>
    internal static string Load() => File.ReadAllText("/proc/loadavg").Split(' ')[0];
}
