namespace Guestfs.Appliances.Host;

/// <summary>Has no programs: what needs one says so.</summary>
internal sealed class NoCommandRunner : ICommandRunner
{
    private const int NotFound = 127;

    /// <inheritdoc/>
    public int Run(
        IReadOnlyList<string> command, string? directory, Action<Stream> readOutput, Action<string>? readError,
        CancellationToken cancellationToken) => NotFound;
}
