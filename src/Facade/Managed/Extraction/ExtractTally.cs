// Counts what an extraction does, holds it to its limits, and keeps the list of what it leaves out.
using Guestfs.Interop;

namespace Guestfs;

/// <summary>The sums of an extraction. Each count that a limit forbids throws.</summary>
internal sealed class ExtractTally(
    GuestfsHandle g, ExtractOptions options, IProgress<ExtractProgress>? progress, CancellationToken cancellationToken)
{
    private readonly List<ExtractSkipped> skipped = [];
    private long skippedCount;
    private long writtenSize;

    internal long Entries { get; private set; }

    internal long TotalSize { get; private set; }

    internal long Files { get; set; }

    internal long Unchanged { get; set; }

    internal long Directories { get; set; }

    internal long SymbolicLinks { get; set; }

    internal long HardLinks { get; set; }

    internal long SpecialFiles { get; set; }

    /// <summary>How many bytes were read and written.</summary>
    internal (long Read, long Written) Sizes => (TotalSize, writtenSize);

    /// <summary>Tells the caller of the extraction how far it is, and ends it where the caller wishes so.</summary>
    internal void Tell(ExtractEntry entry)
    {
        ThrowIfCancelled();
        progress?.Report(new ExtractProgress(Entries, TotalSize, entry.GuestPath));
    }

    internal void ThrowIfCancelled() => cancellationToken.ThrowIfCancellationRequested();

    internal void CountEntry(ExtractEntry entry)
    {
        if (++Entries > options.MaxEntries)
        {
            throw Limit(
                ExtractionProblem.EntryLimit, entry, $"there are more than {options.MaxEntries} entries", nameof(options.MaxEntries));
        }
    }

    /// <summary>A file says how long it is; what it then has is counted by <see cref="CountRead"/>.</summary>
    internal void Expect(ExtractEntry entry, long size)
    {
        if (size > options.MaxTotalSize - TotalSize)
        {
            throw Limit(ExtractionProblem.TotalSizeLimit, entry, $"with it there would be more than {options.MaxTotalSize} bytes", nameof(
                options.MaxTotalSize));
        }
    }

    internal void CountRead(ExtractEntry entry, int count)
    {
        Expect(entry, count);
        TotalSize += count;
    }

    internal void CountWritten(ExtractEntry entry, long count)
    {
        writtenSize += count;
        if (writtenSize > options.MaxWrittenSize)
        {
            throw Limit(
                ExtractionProblem.WrittenSizeLimit, entry, $"with it more than {options.MaxWrittenSize} bytes would be written", nameof(
                    options.MaxWrittenSize));
        }
    }

    /// <summary>A file is not kept: its bytes do not count.</summary>
    internal void TakeBack((long Read, long Written) sizes)
    {
        TotalSize -= sizes.Read;
        writtenSize -= sizes.Written;
    }

    internal void CheckDepth(ExtractEntry entry, int depth)
    {
        if (depth > options.MaxDepth)
        {
            throw Limit(
                ExtractionProblem.DepthLimit, entry, $"it is more than {options.MaxDepth} directories deep", nameof(options.MaxDepth));
        }
    }

    internal void Skip(string path, ExtractSkipReason reason, string detail = "")
    {
        skippedCount++;
        if (skipped.Count < ExtractReport.MaxSkipped)
        {
            skipped.Add(new ExtractSkipped(path, reason, detail));
        }
    }

    /// <summary>Extracts an entry, or notes why it cannot be.</summary>
    internal void OrLeaveOut(ExtractEntry entry, Action<ExtractEntry> extract)
    {
        try
        {
            extract(entry);
        }
        catch (GuestfsException e) when (MayLeaveOut(entry.GuestPath, e))
        {
        }
    }

    /// <summary>Notes an error of one entry; false for one with which nothing can go on.</summary>
    internal bool MayLeaveOut(string path, GuestfsException error)
    {
        bool isRefusedName = error is GuestfsExtractionException problem && HostError.IsRefusedName(problem);
        if (!isRefusedName && (error is GuestfsExtractionException || g.State != GuestfsState.Ready))
        {
            return false;
        }

        Skip(path, isRefusedName ? ExtractSkipReason.NameRefused : ExtractSkipReason.Unreadable, error.Message);
        return true;
    }

    internal ExtractReport ToReport() => new()
    {
        Files = Files,
        Unchanged = Unchanged,
        Directories = Directories,
        SymbolicLinks = SymbolicLinks,
        HardLinks = HardLinks,
        SpecialFiles = SpecialFiles,
        TotalSize = TotalSize,
        WrittenSize = writtenSize,
        SkippedCount = skippedCount,
        Skipped = skipped,
    };

    private static GuestfsExtractionException Limit(ExtractionProblem problem, ExtractEntry entry, string what, string option) =>
        new(problem, 0, $"The extraction stopped at {PrintableText.Line(entry.GuestPath)}: {what}. The limit is "
            + $"{ApiName.Option(nameof(ExtractOptions), option)}: raise it if the guest can be trusted.");
}
