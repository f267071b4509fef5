// The ends that the program can come to: done, an error told in a line, or interrupted. Nothing else ends it.
using System.ComponentModel;
using System.Runtime.InteropServices;

using Guestfs.Appliances;
using Guestfs.Cli.Output;
using Guestfs.Interop;

namespace Guestfs.Cli;

/// <summary>Turns whatever happens into a message and an exit code.</summary>
internal static class ErrorBoundary
{
    /// <summary>Runs the program.</summary>
    /// <param name="program">Its name, for messages.</param>
    /// <param name="work">Does its work and returns its exit code.</param>
    internal static async Task<int> RunAsync(string program, Func<Task<int>> work)
    {
        // What no thread caught would end in a core dump.
        AppDomain.CurrentDomain.UnhandledException += (_, e) => Environment.Exit(Explain(program, (Exception)e.ExceptionObject));
        try
        {
            StandardStreams.Prepare();

            // Then a file that may grow no further is an error of the write that would make it.
            using PosixSignalRegistration limit = PosixSignalRegistration.Create(
                (PosixSignal)Libc.SIGXFSZ, context => context.Cancel = true);
            return await work().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // All of them: that is its purpose.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Explain(program, exception);
        }
    }

    private static int Explain(string program, Exception exception)
    {
        // supermin knows one code for all errors.
        int failed = program == "supermin" ? 1 : ExitCode.Failed;
        switch (exception)
        {
            case AggregateException { InnerExceptions: [Exception only] }:
                return Explain(program, only);
            case TaskSchedulerException or TypeInitializationException when exception.InnerException is { } cause:
                return Explain(program, cause);
            case OutOfMemoryException or Win32Exception { NativeErrorCode: Libc.ENOMEM } or IOException { HResult: Libc.ENOMEM }:
                StandardStreams.Show(
                    "There is not enough memory. Free some, or raise the limit of this process or container (ulimit -v).\n"u8);
                return failed;
            case IOException { HResult: Libc.EPIPE }:
                // The exit code of a program that SIGPIPE killed, which is how other programs end when nobody reads their output.
                return ExitCode.Signalled + Libc.SIGPIPE;
            case OperationCanceledException:
            case GuestfsException or IOException when Interruption.HasCome:
                // Ctrl-C ends the programs that were started, too, and what they were to do fails.
                return Tell(program, exception, "interrupted", ExitCode.Signalled + Interruption.Signal);
            case UsageException:
                return Tell(program, exception, exception.Message, ExitCode.Usage);
            case FileNotFoundException { FileName: null } when !HasWorkingDirectory():
                return Tell(program, exception, "The current directory is not there any more. Change to another one.", failed);
            case ApplianceException or GuestfsException or IOException or UnauthorizedAccessException or PlatformNotSupportedException
                or DllNotFoundException:
                return Tell(program, exception, exception.Message, program == "supermin" ? failed : CodeOf(exception));
            default:
                return Tell(
                    program, exception,
                    $"This is a mistake in {program}, please report it: {exception.GetType().Name}: {exception.Message} "
                    + "The same command with --trace shows what it was about.", failed);
        }
    }

    private static int Tell(string program, Exception exception, string message, int exitCode)
    {
        Messages.Error(message, exitCode, exception, program);
        return exitCode;
    }

    /// <summary>The exit code of an error.</summary>
    internal static int CodeOf(Exception exception) => exception switch
    {
        GuestfsDiskException or GuestfsLaunchException { Failure: LaunchFailure.DiskUnusable or LaunchFailure.DiskLocked } => ExitCode.Disk,
        GuestfsLaunchException or DllNotFoundException => ExitCode.Appliance,
        ApplianceException { Problem: ApplianceProblem.Damaged } => ExitCode.Different,
        _ => ExitCode.Failed,
    };

    private static bool HasWorkingDirectory()
    {
        try
        {
            return Directory.GetCurrentDirectory().Length > 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
