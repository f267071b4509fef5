namespace Guestfs.Cli;

/// <summary>The command line is wrong, which shows only when it is carried out.</summary>
/// <param name="message">What is wrong and what would be right.</param>
internal sealed class UsageException(string message) : Exception(message);
