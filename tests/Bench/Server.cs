// One side of the measurement, the same in each language: a line 'call count' in, a line 'nanoseconds bytes' out.
using System.Diagnostics;
using System.Globalization;

namespace Guestfs.Bench;

/// <summary>Runs batches of calls on request.</summary>
internal static class Server
{
    /// <summary>Answers until standard input ends. Each call is given as a loop, so that no delegate call is measured.</summary>
    internal static void Run(IReadOnlyDictionary<string, Action<int>> calls)
    {
        while (Console.ReadLine() is { } line)
        {
            string[] words = line.Split(' ');
            Action<int> loop = calls[words[0]];
            int count = int.Parse(words[1], CultureInfo.InvariantCulture);
            long bytes = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            loop(count);
            long end = Stopwatch.GetTimestamp();
            bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
            Console.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{(long)Stopwatch.GetElapsedTime(start, end).TotalNanoseconds} {bytes}"));
        }
    }
}
