// Counts what an extraction does, holds it to its limits, and keeps the list of what it leaves out.
using Guestfs.Interop;

namespace Guestfs;

/// <summary>The sums of an extraction. Each count that a limit forbids throws.</summary>
internal sealed class ExtractTally(ExtractOptions options)
{
    private readonly List<ExtractSkipped> skipped = [];
    private long skippedCount;
    private long writtenSize;

    internal long Entries { get; private set; }

    internal long TotalSize { get; private set; }

    internal long Files { get; set; }

    internal long Directories { get; set; }

    internal long SymbolicLinks { get; set; }

    internal long HardLinks { get; set; }

    internal long SpecialFiles { get; set; }

    internal void CountEntry(string path)
    {
        if (++Entries > options.MaxEntries)
        {
            throw Limit(
                ExtractionProblem.EntryLimit, path, $"there are more than {options.MaxEntries} entries", nameof(options.MaxEntries));
        }
    }

    /// <summary>A file says how long it is; what it then has is counted by <see cref="CountRead"/>.</summary>
    internal void Expect(string path, long size)
    {
        if (size > options.MaxTotalSize - TotalSize)
        {
            throw Limit(ExtractionProblem.TotalSizeLimit, path, $"with it there would be more than {options.MaxTotalSize} bytes", nameof(
                options.MaxTotalSize));
        }
    }

    internal void CountRead(string path, int count)
    {
        Expect(path, count);
        TotalSize += count;
    }

    internal void CountWritten(string path, long count)
    {
        writtenSize += count;
        if (writtenSize > options.MaxWrittenSize)
        {
            throw Limit(
                ExtractionProblem.WrittenSizeLimit, path, $"with it more than {options.MaxWrittenSize} bytes would be written", nameof(
                    options.MaxWrittenSize));
        }
    }

    internal void CheckDepth(string path, int depth)
    {
        if (depth > options.MaxDepth)
        {
            throw Limit(
                ExtractionProblem.DepthLimit, path, $"it is more than {options.MaxDepth} directories deep", nameof(options.MaxDepth));
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

    internal ExtractReport ToReport() => new()
    {
        Files = Files,
        Directories = Directories,
        SymbolicLinks = SymbolicLinks,
        HardLinks = HardLinks,
        SpecialFiles = SpecialFiles,
        TotalSize = TotalSize,
        WrittenSize = writtenSize,
        SkippedCount = skippedCount,
        Skipped = skipped,
    };

    private static GuestfsExtractionException Limit(ExtractionProblem problem, string path, string what, string option) =>
        new(problem, 0, $"The extraction stopped at {PrintableText.Line(path)}: {what}. The limit is "
            + $"{ApiName.Option(nameof(ExtractOptions), option)}: raise it if the guest can be trusted.");
}
