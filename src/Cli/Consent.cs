// What cannot be taken back is done when the user has said so: with an option, or on a terminal in answer to a question.
using System.CommandLine;

using Guestfs.Cli.Commands;
using Guestfs.Cli.Output;
using Guestfs.Interop;

namespace Guestfs.Cli;

/// <summary>Asks for consent.</summary>
internal static class Consent
{
    internal static readonly Flag Yes = new("--yes", "-y") { Description = "Do it without asking." };

    /// <summary>Has a command refused, before anything is started, where the user has not consented and cannot be asked.</summary>
    /// <param name="command">The command.</param>
    /// <param name="what">What would be done, to be continued.</param>
    internal static void RequireFor(Command command, string what) => command.Validators.Add(result =>
    {
        if (!result.GetValue(Yes) && !result.GetValue(GuestCommand.DryRun) && Console.IsInputRedirected)
        {
            result.AddError($"{what}, and there is no terminal to ask: {Yes.Name} says that it may be.");
        }
    });

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

        if (Console.IsErrorRedirected)
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
