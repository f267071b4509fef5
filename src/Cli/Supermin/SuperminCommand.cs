// Does supermin's work for whoever calls supermin: an unchanged libguestfs, for one.
namespace Guestfs.Cli.Supermin;

/// <summary>The program under supermin's name.</summary>
internal static class SuperminCommand
{
    /// <summary>Runs it.</summary>
    /// <returns>supermin's exit code.</returns>
    internal static int Run(IReadOnlyList<string> arguments)
    {
        using CancellationTokenSource interrupted = new();
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            interrupted.Cancel();
        };
        try
        {
            if (ProcessInput.Variable("TMPDIR") is { } directory && !directory.StartsWith('/'))
            {
                throw SuperminCommandLine.Failure("error: environment variable $TMPDIR must be an absolute path");
            }

            SuperminOptions options = SuperminCommandLine.Parse(arguments);
            if (options.Mode == SuperminMode.Build)
            {
                SuperminBuild.Run(options, Log(options), interrupted.Token);
            }
            else
            {
                SuperminPrepare.Run(options, Log(options), interrupted.Token);
            }

            return 0;
        }
        catch (SuperminExitException exit)
        {
            Console.Out.Write(exit.Output);
            if (exit.Error.Length > 0)
            {
                StandardStreams.Tell(exit.Error.TrimEnd('\n'));
            }

            return exit.ExitCode;
        }
    }

    // supermin tells on standard output what it does.
    private static Action<string>? Log(SuperminOptions options) =>
        options.Verbose > 0 ? line => Console.WriteLine($"supermin: {line}") : null;
}
