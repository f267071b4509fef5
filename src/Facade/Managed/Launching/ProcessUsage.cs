using System.Globalization;

namespace Guestfs;

/// <summary>What a few processes have done so far: proc(5).</summary>
/// <param name="Ids">Their numbers.</param>
/// <param name="Processor">The processor time of those that still run.</param>
/// <param name="Transferred">The bytes that they have read and written.</param>
/// <param name="IsStopped">Whether a signal has stopped one of them: SIGSTOP, or a debugger.</param>
internal sealed record ProcessUsage(IReadOnlyList<int> Ids, TimeSpan Processor, long Transferred, bool IsStopped)
{
    // USER_HZ, the same for all processors that Linux has been ported to since the first.
    private const int TicksPerSecond = 100;

    // Counted after the name, which is in brackets and may have any byte in it.
    private const int State = 0, UserTime = 11, SystemTime = 12;

    /// <summary>That of these processes. What has ended counts for nothing.</summary>
    internal static ProcessUsage Of(IReadOnlyList<int> ids)
    {
        long ticks = 0, transferred = 0;
        bool stopped = false;
        foreach (int id in ids)
        {
            string stat = Read($"/proc/{id}/stat");
            string[] fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > SystemTime)
            {
                ticks += Number(fields[UserTime]) + Number(fields[SystemTime]);
                stopped |= fields[State] is "T" or "t";
            }

            foreach (string line in Read($"/proc/{id}/io").Split('\n'))
            {
                if (line.StartsWith("rchar: ", StringComparison.Ordinal) || line.StartsWith("wchar: ", StringComparison.Ordinal))
                {
                    transferred += Number(line[7..]);
                }
            }
        }

        return new ProcessUsage(ids, TimeSpan.FromSeconds((double)ticks / TicksPerSecond), transferred, stopped);
    }

    private static long Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long n) ? n : 0;

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended.
            return "";
        }
    }
}
