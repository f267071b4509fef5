using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Kernel;

/// <summary>A kernel for the appliance.</summary>
internal sealed record KernelChoice
{
    /// <summary>Path of its file in the source.</summary>
    public required string ImagePath { get; init; }

    /// <summary>The bytes of its file.</summary>
    public required FileContent Image { get; init; }

    /// <summary>Its version, as <c>uname -r</c> has it.</summary>
    public required string Version { get; init; }

    /// <summary>The directory of its modules in the source.</summary>
    public required string ModulesDirectory { get; init; }

    /// <summary>What it was built with, lines of names and values; null where its package does not say.</summary>
    public FileContent? Settings { get; init; }

    /// <summary>Kernels that come before it in order but do not suit, in the order in which they were looked at.</summary>
    public required IReadOnlyList<RejectedKernel> Rejected { get; init; }

    /// <summary>Whether it was built with something.</summary>
    /// <param name="line">The line, with the ends of it and of the one before.</param>
    internal bool Has(ReadOnlySpan<byte> line)
    {
        // They have some hundred kB.
        const int MaxLength = 4 << 20;
        return Settings is { Length: < MaxLength } && Settings.ReadAll().AsSpan().IndexOf(line) >= 0;
    }
}

/// <summary>A kernel that does not suit.</summary>
/// <param name="Path">Its file, or the directory that could not be searched.</param>
/// <param name="Reason">Why, as the second half of a sentence.</param>
/// <param name="IsUnreadable">Whether it is only that this user may not read it.</param>
internal sealed record RejectedKernel(string Path, string Reason, bool IsUnreadable = false);
