using System.CommandLine;
using System.Security.Cryptography;

using Guestfs.Cli.Guests;
using Guestfs.Cli.Output;
using Guestfs.Interop;

namespace Guestfs.Cli.Commands;

/// <summary>Writes digests of files in the form that <c>sha256sum -c</c> reads.</summary>
internal static class ChecksumCommand
{
    internal static Command Create() => GuestCommand.Create(
        "checksum",
        "Writes digests of files, or of all files below directories, as 'sha256sum -c' reads them. The name of a file below a directory "
            + "begins there.",
        "path...", least: 1, [FileOptions.Algorithm, FileOptions.Zero], writes: false, RunAsync);

    private static async Task RunAsync(ParseResult result, GuestSession session, string[] paths, CancellationToken cancellationToken)
    {
        await session.MountAsync(cancellationToken).ConfigureAwait(false);
        HashAlgorithmName algorithm = FileOptions.ReadAlgorithm(result);
        bool isZero = result.GetValue(FileOptions.Zero);
        using TextOutput output = new(isZero);
        using ProgressBar bar = new();
        JsonRecords? json = JsonRecords.Of(result, output, "files");
        await session.Guestfs.RunAsync(
            g => session.ForEach(paths, path =>
            {
                foreach (GuestEntry file in GuestTree.Files(session, path, cancellationToken))
                {
                    try
                    {
                        string digest = GuestContents.Digest(g, file.Path, algorithm, bar, cancellationToken);
                        if (json is not null)
                        {
                            FileFacts.Write(
                                json, file, null, writer => writer.WriteString(algorithm.Name!.ToLowerInvariant(), digest));
                        }
                        else
                        {
                            Write(output, digest, file.Shown, isZero);
                        }
                    }
                    catch (GuestfsException e) when (g.State == GuestfsState.Ready)
                    {
                        session.Leave(e.Message, e);
                    }
                }
            }),
            cancellationToken: cancellationToken).ConfigureAwait(false);
        json?.End();
    }

    // A backslash at the beginning says that the name has escapes: so sha256sum writes and reads what would end its lines.
    private static void Write(TextOutput output, string digest, string name, bool isZero)
    {
        if (TextOutput.IsTerminal || isZero)
        {
            output.WriteLine($"{digest}  {name}");
            return;
        }

        string escaped = name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        output.Stream.Write(LosslessUtf8.GetBytes($"{(escaped == name ? "" : "\\")}{digest}  {escaped}\n"));
    }
}
