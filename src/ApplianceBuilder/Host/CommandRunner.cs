// Runs the few programs that the builder asks for: rpm for its old databases, gpgv for signatures, apt-get for downloads. The
// builder itself starts none: this is for callers whose process has nothing against children.
using System.ComponentModel;
using System.Diagnostics;

namespace Guestfs.Appliances;

/// <summary>Runs programs as children of this process, with <see cref="Process"/>.</summary>
/// <param name="path">
/// PATH, over whose absolute entries programs are found, as <c>Environment.GetEnvironmentVariable("PATH")</c> gives it.
/// </param>
/// <remarks>Do not use it in a process that is PID 1: .NET reaps the children of other code there too.</remarks>
public sealed class CommandRunner(string? path) : ICommandRunner
{
    private const int NotFound = 127;

    /// <inheritdoc/>
    public int Run(
        IReadOnlyList<string> command, string? directory, Action<Stream> readOutput, Action<string>? readError,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(readOutput);
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
                using (cancellationToken.Register(process.Kill))
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

            cancellationToken.ThrowIfCancellationRequested();
            return process.ExitCode;
        }
        catch (Win32Exception)
        {
            return NotFound;
        }
    }
}
