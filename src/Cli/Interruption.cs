// Ctrl-C and a request to end: the work is cancelled and cleans up after itself. What does not end by then is ended.
using System.Runtime.InteropServices;

using Guestfs.Interop;

namespace Guestfs.Cli;

/// <summary>What ends the program before its time.</summary>
internal sealed class Interruption : IDisposable
{
    private const int SIGTERM = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static volatile bool isHeld;
    private static volatile Action? abandon;
    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] registrations;

    internal Interruption() => registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Take(context, Libc.SIGINT)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Take(context, SIGTERM)),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => Take(context, Libc.SIGHUP)),
    ];

    /// <summary>The number of the signal that came; SIGINT's before any has.</summary>
    internal static int Signal { get; private set; } = Libc.SIGINT;

    /// <summary>Whether one has come.</summary>
    internal static bool HasCome { get; private set; }

    /// <summary>Cancelled when one has come.</summary>
    internal CancellationToken Token => source.Token;

    /// <summary>While a program of the user has the terminal, Ctrl-C is its own affair.</summary>
    internal static void WhileHeld(Action work)
    {
        isHeld = true;
        try
        {
            work();
        }
        finally
        {
            isHeld = false;
        }
    }

    /// <summary>While the user is asked for something before any work has begun, there is nothing to clean up.</summary>
    /// <param name="ask">Asks.</param>
    /// <param name="restore">Makes the terminal what it was, if the answer never comes.</param>
    internal static T WhileAsking<T>(Func<T> ask, Action restore)
    {
        abandon = restore;
        try
        {
            return ask();
        }
        finally
        {
            abandon = null;
        }
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in registrations)
        {
            registration.Dispose();
        }

        source.Dispose();
    }

    private void Take(PosixSignalContext context, int signal)
    {
        context.Cancel = true;
        if (isHeld && signal == Libc.SIGINT)
        {
            return;
        }

        (Signal, HasCome) = (signal, true);
        if (abandon is { } restore)
        {
            restore();
            StandardStreams.Show("\n");
            Environment.Exit(ExitCode.Signalled + signal);
        }

        _ = Task.Delay(Patience).ContinueWith(_ => Environment.Exit(ExitCode.Signalled + signal), TaskScheduler.Default);
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The work was over already.
        }
    }
}
