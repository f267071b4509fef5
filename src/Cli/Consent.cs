// What cannot be taken back is done when the user has said so: with an option, or on a terminal in answer to a question.
using System.CommandLine;

using Guestfs.Cli.Output;
using Guestfs.Interop;

namespace Guestfs.Cli;

/// <summary>Asks for consent.</summary>
internal static class Consent
{
    internal static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Do it without asking." };

    /// <summary>Goes on if the user consents.</summary>
    /// <param name="result">The command's options.</param>
    /// <param name="what">What would be done, as a sentence.</param>
    /// <param name="cancellationToken">Ends the waiting for an answer.</param>
    /// <exception cref="UsageException">The user cannot be asked.</exception>
    /// <exception cref="IOException">The user does not.</exception>
    internal static async Task AskAsync(ParseResult result, string what, CancellationToken cancellationToken)
    {
        if (result.GetValue(Yes))
        {
            return;
        }

        if (Console.IsInputRedirected || Console.IsErrorRedirected)
        {
            throw new UsageException($"{what} Say so with {Yes.Name}.");
        }

        StandardStreams.Show($"{PrintableText.Of(what)} Go on? [y/N] ");
        using StreamReader input = new(new InputStream(cancellationToken));
        string? answer = await Task.Run(input.ReadLine, cancellationToken).ConfigureAwait(false);
        if (answer?.Trim() is not ("y" or "Y" or "yes"))
        {
            throw new IOException("Nothing was done.");
        }
    }
}
