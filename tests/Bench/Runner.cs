// The driver's end of one runner: a child process that answers batches.
using System.Diagnostics;
using System.Globalization;

using Guestfs.Interop;

namespace Guestfs.Bench;

/// <summary>A runner and what it measured.</summary>
internal sealed class Runner : IDisposable
{
    private readonly Process process;

    internal Runner(string name, string command)
    {
        Name = name;
        string[] words = command.Split(' ');
        process = Process.Start(
            new ProcessStartInfo(HostProgram.Find(words[0], Environment.GetEnvironmentVariable("PATH")) ?? words[0], words[1..])
            {
                RedirectStandardInput = true, RedirectStandardOutput = true,
            })!;
    }

    internal string Name { get; }

    /// <summary>The batches of each call.</summary>
    internal Dictionary<string, Samples> Results { get; } = [];

    /// <summary>Runs until a batch takes long enough, and the just-in-time compilers are done.</summary>
    internal void WarmUp(string call, TimeSpan batch)
    {
        const int JitCalls = 60;
        int count = 1;
        for (int batches = 0; ; batches++)
        {
            double nanoseconds = Batch(call, count).Nanoseconds;
            if (nanoseconds < 0)
            {
                // This runner has nothing like it.
                return;
            }

            if (nanoseconds * 2 < batch.TotalNanoseconds)
            {
                count *= 2;
            }
            else if (batches >= JitCalls)
            {
                Results[call] = new Samples(count);
                return;
            }
        }
    }

    internal void Measure(string call)
    {
        if (Results.TryGetValue(call, out Samples? samples))
        {
            (long nanoseconds, long bytes) = Batch(call, samples.Count);
            samples.Add(nanoseconds, bytes);
        }
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    private (long Nanoseconds, long Bytes) Batch(string call, int count)
    {
        process.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{call} {count}"));
        process.StandardInput.Flush();
        string answer = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"{Name} ended in {call}.");
        string[] words = answer.Split(' ');
        return (long.Parse(words[0], CultureInfo.InvariantCulture), long.Parse(words[1], CultureInfo.InvariantCulture));
    }
}
