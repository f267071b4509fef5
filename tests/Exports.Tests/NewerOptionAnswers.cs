using Guestfs.TestSupport;

namespace Guestfs.Exports.Tests;

/// <summary>What c/newer-options.c prints.</summary>
public sealed class NewerOptionAnswers : IDisposable
{
    /// <summary>Asks it.</summary>
    public NewerOptionAnswers() => Lines = new CProgram("newer-options", PublishedLibrary.Product)
        .Run([NewerOptions.Key, NewerOptions.Cipher, NewerOptions.Secret, Disks.Archive, .. Disks.Images]).Split('\n');

    internal NewerOptions Disks { get; } = new();

    internal IReadOnlyList<string> Lines { get; }

    /// <inheritdoc/>
    public void Dispose() => Disks.Dispose();
}
