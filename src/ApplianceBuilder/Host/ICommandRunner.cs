namespace Guestfs.Appliances;

/// <summary>Runs programs for the builder. The builder starts none itself, because only the caller knows whether its process may start
/// children.</summary>
public interface ICommandRunner
{
    /// <summary>Runs a program to its end.</summary>
    /// <param name="command">
    /// The program and its arguments. The program is found over the absolute entries of PATH, and never in the current
    /// directory, where <see cref="System.Diagnostics.Process"/> looks first.
    /// </param>
    /// <param name="directory">The program's working directory; null for this process' own.</param>
    /// <param name="readOutput">Reads what the program prints, while it runs. What it throws ends the program.</param>
    /// <param name="readError">Takes each line that the program prints on standard error, from another thread;
    /// null if nobody needs them.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    /// <returns>The exit code; 127 if there is no such program.</returns>
    int Run(
        IReadOnlyList<string> command, string? directory, Action<Stream> readOutput, Action<string>? readError,
        CancellationToken cancellationToken);
}
