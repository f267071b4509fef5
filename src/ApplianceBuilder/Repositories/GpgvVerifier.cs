using System.Text;

namespace Guestfs.Appliances.Repositories;

/// <summary>Checks signatures with <c>gpgv</c>, which every Debian and Ubuntu with apt has.</summary>
/// <param name="runner">Starts it.</param>
internal sealed class GpgvVerifier(ICommandRunner runner) : ISignatureVerifier
{
    private const int NoProgram = 127;

    /// <inheritdoc/>
    public async Task<SignedText> VerifyAsync(
        ReadOnlyMemory<byte> clearSigned, IReadOnlyList<ReadOnlyMemory<byte>> keyrings, string source, CancellationToken cancellationToken)
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("guestfs-gpgv-");
        try
        {
            string message = Path.Combine(directory.FullName, "message"), text = Path.Combine(directory.FullName, "text");
            await File.WriteAllBytesAsync(message, clearSigned, cancellationToken).ConfigureAwait(false);
            List<string> command = ["gpgv", "--quiet", "--homedir", directory.FullName, "--status-fd", "1", "--output", text];
            for (int i = 0; i < keyrings.Count; i++)
            {
                string keyring = Path.Combine(directory.FullName, $"keys{i}.gpg");
                await File.WriteAllBytesAsync(keyring, keyrings[i], cancellationToken).ConfigureAwait(false);
                command.AddRange(["--keyring", keyring]);
            }

            string status = Run([.. command, message], cancellationToken);
            IReadOnlyList<string> keys = GpgStatus.GoodKeys(status, out bool weak);
            if (keys.Count > 0 && File.Exists(text))
            {
                return new SignedText(await File.ReadAllBytesAsync(text, cancellationToken).ConfigureAwait(false), keys);
            }

            throw new ApplianceException(
                ApplianceProblem.NotAuthentic,
                weak
                    ? $"{source} is signed over SHA-1 or another digest that can be forged, so that the signature proves nothing; apt "
                        + "refuses it too. Use a mirror or a release whose signature is over SHA-256 or better."
                    : $"{source} has no good signature of a trusted key. "
                        + $"Check the clock and the source's Signed-By keyring, then try again. gpgv said:\n{status.Trim()}");
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private string Run(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        using MemoryStream status = new();
        return runner.Run(command, directory: null, output => output.CopyTo(status), readError: null, cancellationToken) == NoProgram
            ? throw new ApplianceException(
                ApplianceProblem.NotAuthentic, "Signatures cannot be checked, because gpgv cannot be started. Install the package gpgv.")
            : Encoding.Latin1.GetString(status.GetBuffer(), 0, (int)status.Length);
    }
}
