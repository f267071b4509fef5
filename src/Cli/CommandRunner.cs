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
    public int Run(IReadOnlyList<string> command, Action<Stream> readOutput, CancellationToken cancellation)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1))
            {
                RedirectStandardOutput = true,
                RedirectStandardInput = true,
                RedirectStandardError = true,
            })!;
            try
            {
                process.StandardInput.Close();

                // Chatter: what counts is the exit code and the output.
                process.BeginErrorReadLine();
                using (cancellation.Register(process.Kill))
                {
                    readOutput(process.StandardOutput.BaseStream);
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
