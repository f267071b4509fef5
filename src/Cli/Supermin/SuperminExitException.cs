namespace Guestfs.Cli.Supermin;

/// <summary>The command line ends the program: with help, a version, a list, or an error.</summary>
/// <param name="exitCode">The program's exit code.</param>
/// <param name="output">What goes to standard output.</param>
/// <param name="error">What goes to standard error.</param>
internal sealed class SuperminExitException(int exitCode, string output, string error) : Exception
{
    internal int ExitCode => exitCode;

    internal string Output => output;

    internal string Error => error;
}
