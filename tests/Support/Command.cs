// Runs the outside judges of the tests: gcc, e2fsck, guestfish, qemu-img...
using System.Diagnostics;
using System.Text;

using Xunit;

namespace Guestfs.TestSupport;

/// <summary>What a finished command printed and returned.</summary>
public sealed record CommandResult(int ExitCode, string Output, string Error);

/// <summary>Outside programs that tests run.</summary>
public static class Command
{
    // Whatever hangs ends by itself, with a message. The longest publishes a program, or repeats a test in a soak.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(Soak.Rounds(15, 600));

    /// <summary>Makes sure that programs exist: a missing one skips the test on a developer's machine and fails it in CI.</summary>
    public static void Require(params string[] programs)
    {
        ArgumentNullException.ThrowIfNull(programs);
        string[] missing = [.. programs.Where(p => Find(p) is null)];
        if (missing.Length > 0)
        {
            Missing($"The judge of this test is not installed: {string.Join(", ", missing)}. './build.sh test' installs it.");
        }
    }

    /// <summary>Skips on a developer's machine, fails in CI.</summary>
    public static void Missing(string reason)
    {
        if (string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase))
        {
            Assert.Fail(reason);
        }

        Assert.Skip(reason);
    }

    /// <summary>The full name of a program on PATH or in the system directories, or null.</summary>
    public static string? Find(string program)
    {
        ArgumentNullException.ThrowIfNull(program);
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Where(Path.IsPathRooted)
            .Concat(["/usr/sbin", "/sbin"])
            .Select(d => Path.Combine(d, program))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>Runs a program to its end; its exit code is for the caller to judge.</summary>
    public static CommandResult TryRun(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, string? directory = null,
        string? input = null)
    {
        Require(program);
        ProcessStartInfo start = new(Find(program)!, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = directory ?? "",
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach ((string name, string? value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (input is not null)
        {
            process.StandardInput.Write(input);
        }

        process.StandardInput.Close();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} did not end within {Patience}. {Arguments()}");
        }

        // What it has left in the background may have them open, and never end.
        return Task.WaitAll([output, error], Patience)
            ? new CommandResult(process.ExitCode, output.Result, error.Result)
            : throw new TimeoutException($"{program} has ended with {process.ExitCode} and left a process that does not. {Arguments()}");

        string Arguments() => string.Join(' ', start.ArgumentList);
    }

    /// <summary>Runs a program that must succeed, and returns what it printed.</summary>
    public static string Run(string program, params string[] arguments)
    {
        CommandResult result = TryRun(program, arguments);
        Assert.True(
            result.ExitCode == 0, $"{program} {string.Join(' ', arguments)} exited {result.ExitCode}:\n{result.Error}\n{result.Output}");
        return result.Output;
    }
}
