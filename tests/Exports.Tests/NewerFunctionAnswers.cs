// What c/newer.c prints.
using System.Globalization;

using Guestfs.TestSupport;

namespace Guestfs.Exports.Tests;

/// <summary>The answers of the functions that are newer than libguestfs 1.48.</summary>
public sealed class NewerFunctionAnswers : IDisposable
{
    /// <summary>Asks them.</summary>
    public NewerFunctionAnswers()
    {
        // An older library has none of them; what it lacks it says at once.
        string[] arguments =
        [
            Disks.Output, NewerFunctions.ShellCommand, NewerFunctions.PolicyLabel, NewerFunctions.PlainUuid,
            NewerFunctions.NtfsMode.ToString(CultureInfo.InvariantCulture), NewerFunctions.FeaturePrograms,
        ];
        IEnumerable<string> disks = NewerFunctions.Present.Count > 0 ? Disks.Images : [];
        Lines = new CProgram("newer", PublishedLibrary.Product).Run([.. arguments, .. disks]).Split('\n');
    }

    internal NewerFunctions Disks { get; } = new();

    internal IReadOnlyList<string> Lines { get; }

    /// <inheritdoc/>
    public void Dispose() => Disks.Dispose();
}
