// Runs the few programs that the library asks for: rpm for its old databases, gpgv for signatures, apt-get for downloads.
using System.ComponentModel;
using System.Diagnostics;

using Guestfs.Appliances;

namespace Guestfs.Cli;

/// <summary>Runs programs as children of the tool.</summary>
internal sealed class CommandRunner : ICommandRunner
{
    private const int NotFound = 127;

    /// <inheritdoc/>
    public int Run(IReadOnlyList<string> command, string? directory, Action<Stream> readOutput, Action<string>? readError, CancellationToken cancellation)
    {
        string? path = Edge.Variable("PATH");
        if (HostProgram.Find(command[0], path) is not { } program)
        {
            return NotFound;
        }

        try
        {
            ProcessStartInfo start = new(program, command.Skip(1))
            {
                RedirectStandardOutput = true,
                RedirectStandardInput = true,
                RedirectStandardError = true,
                WorkingDirectory = directory ?? "",
            };
            start.Environment["PATH"] = HostProgram.AbsoluteOnly(path);
            using Process process = Process.Start(start)!;
            try
            {
                process.StandardInput.Close();
                process.ErrorDataReceived += (_, line) =>
                {
                    if (line.Data is { } text)
                    {
                        readError?.Invoke(text);
                    }
                };
                process.BeginErrorReadLine();
                using (cancellation.Register(process.Kill))
                {
                    readOutput(process.StandardOutput.BaseStream);

                    // Both its end and that of its standard error.
                    process.WaitForExit();
                }
            }
            catch
            {
                process.Kill();
                throw;
            }

            cancellation.ThrowIfCancellationRequested();
            return process.ExitCode;
        }
        catch (Win32Exception)
        {
            return NotFound;
        }
    }
}
