// The ends that a command can come to: done, an error told in one line, or interrupted.
using Guestfs.Appliances;

namespace Guestfs.Cli;

/// <summary>Turns what a command does into an exit code.</summary>
internal static class Outcome
{
    private const int Failed = 1, Interrupted = 130;

    /// <summary>Runs a command's work.</summary>
    internal static Task<int> RunAsync(Action work) => RunAsync(() =>
    {
        work();
        return Task.CompletedTask;
    });

    /// <summary>Runs a command's asynchronous work.</summary>
    internal static Task<int> RunAsync(Func<Task> work) => Task.Run(async () =>
    {
        try
        {
            await work().ConfigureAwait(false);
            return 0;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("gfs: interrupted").ConfigureAwait(false);
            return Interrupted;
        }
        catch (Exception exception) when (exception is ApplianceException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"gfs: {exception.Message}").ConfigureAwait(false);
            return Failed;
        }
    });
}
