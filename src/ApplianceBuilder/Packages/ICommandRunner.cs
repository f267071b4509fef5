namespace Guestfs.Appliances;

/// <summary>Runs programs for the builder, which starts none itself: the caller knows how its process may have children.</summary>
public interface ICommandRunner
{
    /// <summary>Runs a program to its end.</summary>
    /// <param name="command">The program and its arguments; the program is found on PATH.</param>
    /// <param name="readOutput">Reads what the program prints, while it runs. What it throws ends the program.</param>
    /// <param name="cancellation">Ends the program.</param>
    /// <returns>The exit code; 127 if there is no such program.</returns>
    int Run(IReadOnlyList<string> command, Action<Stream> readOutput, CancellationToken cancellation);
}
