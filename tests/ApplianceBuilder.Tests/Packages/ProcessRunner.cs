// Runs programs for the library in these tests, as a caller would.
using System.Diagnostics;

using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Packages;

/// <summary>Runs real programs; a test may change the command.</summary>
internal sealed class ProcessRunner(Func<IReadOnlyList<string>, IReadOnlyList<string>>? change = null) : ICommandRunner
{
    public List<IReadOnlyList<string>> Commands { get; } = [];

    public int Run(
        IReadOnlyList<string> command, string? directory, Action<Stream> readOutput, Action<string>? readError,
        CancellationToken cancellationToken)
    {
        Commands.Add(command);
        IReadOnlyList<string> real = change?.Invoke(command) ?? command;
        if (Command.Find(real[0]) is not { } program)
        {
            return 127;
        }

        ITestOutputHelper? output = TestContext.Current.TestOutputHelper;
        using Process process = Process.Start(new ProcessStartInfo(program, real.Skip(1))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory ?? "",
        })!;

        // Shown with a test that fails.
        process.ErrorDataReceived += (_, line) =>
        {
            output?.WriteLine(line.Data ?? "");
            if (line.Data is { } text)
            {
                readError?.Invoke(text);
            }
        };
        process.BeginErrorReadLine();
        readOutput(process.StandardOutput.BaseStream);
        process.WaitForExit();
        return process.ExitCode;
    }
}
