// Safe extraction to the host.
namespace Guestfs.Exports;

internal static unsafe partial class Handwritten
{
    internal static gfs_status Extract(
        nint g, byte* guestPath, byte* hostDirectory, gfs_extract_options* options,
        delegate* unmanaged[Cdecl]<void*, ulong, ulong, byte*, int> callback, void* opaque, gfs_extract_report** result)
    {
        if (guestPath == null || hostDirectory == null)
        {
            return Failed.Null("extract", guestPath == null ? "guest_path" : "host_directory");
        }

        if (HandleTable.Find(g) is not { } entry)
        {
            return Failed.Handle("extract");
        }

        gfs_extract_options given = new()
        {
            max_total_size = Unset.Int64,
            max_written_size = Unset.Int64,
            max_entries = Unset.Int64,
            max_depth = Unset.Int,
            overwrite = Unset.Int,
            symlinks = Unset.Int,
            preserve_times = Unset.Int,
            preserve_owners = Unset.Int,
            preserve_special_bits = Unset.Int,
            preserve_user_xattrs = Unset.Int,
            special_files = Unset.Int,
        };
        if (options != null && !OptionsOf(options, options->struct_size, &given))
        {
            return Failed.Options("extract", options->struct_size, (nuint)sizeof(gfs_extract_options));
        }

        ExtractOptions choices = Choices(given);
        return RunningCall.Run("extract", entry, Stop.UserCancel, running =>
        {
            ExtractCallback? progress = callback == null ? null : new ExtractCallback(running, callback, opaque);
            ExtractReport extracted =
                entry.Handle.Extract(NativeText.Read(guestPath), NativeText.Read(hostDirectory), choices, progress, running.Token);
            if (result != null)
            {
                *result = Report(extracted);
            }

            return gfs_status.GFS_OK;
        });
    }

    internal static void ExtractReportFree(gfs_extract_report* report) => NativeReport.Free(report);

    private static ExtractOptions Choices(in gfs_extract_options given)
    {
        ExtractOptions defaults = new();
        return new ExtractOptions
        {
            MaxTotalSize = Unset.Value(given.max_total_size) ?? defaults.MaxTotalSize,
            MaxWrittenSize = Unset.Value(given.max_written_size) ?? defaults.MaxWrittenSize,
            MaxEntries = Unset.Value(given.max_entries) ?? defaults.MaxEntries,
            MaxDepth = Unset.Value(given.max_depth) ?? defaults.MaxDepth,
            Overwrite = Unset.Truth(given.overwrite) ?? defaults.Overwrite,
            Symlinks = Member<ExtractSymlinks>(given.symlinks, gfs_extract_symlinks.GFS_EXTRACT_SYMLINKS_ALL, "symlinks"),
            PreserveTimes = Unset.Truth(given.preserve_times) ?? defaults.PreserveTimes,
            PreserveOwners = Unset.Truth(given.preserve_owners) ?? defaults.PreserveOwners,
            PreserveSpecialBits = Unset.Truth(given.preserve_special_bits) ?? defaults.PreserveSpecialBits,
            PreserveUserXattrs = Unset.Truth(given.preserve_user_xattrs) ?? defaults.PreserveUserXattrs,
            SpecialFiles = Unset.Truth(given.special_files) ?? defaults.SpecialFiles,
        };
    }

    private static gfs_extract_report* Report(ExtractReport extracted)
    {
        using NativeReport report = new();
        gfs_extract_report* given = report.Array<gfs_extract_report>(1);
        given->files = extracted.Files;
        given->directories = extracted.Directories;
        given->symbolic_links = extracted.SymbolicLinks;
        given->hard_links = extracted.HardLinks;
        given->special_files = extracted.SpecialFiles;
        given->total_size = extracted.TotalSize;
        given->written_size = extracted.WrittenSize;
        given->skipped_count = extracted.SkippedCount;
        given->skipped.len = (uint)extracted.Skipped.Count;
        given->skipped.val = report.Array<gfs_extract_skipped>(extracted.Skipped.Count);
        for (int i = 0; i < extracted.Skipped.Count; i++)
        {
            ExtractSkipped skipped = extracted.Skipped[i];
            given->skipped.val[i] = new gfs_extract_skipped
            {
                path = report.Text(skipped.Path),
                reason = (int)skipped.Reason,
                detail = report.Text(skipped.Detail),
            };
        }

        return report.Give<gfs_extract_report>();
    }

    // A caller that wants no more cancels the call.
    private sealed class ExtractCallback(
        RunningCall running, delegate* unmanaged[Cdecl]<void*, ulong, ulong, byte*, int> callback, void* opaque)
            : IProgress<ExtractProgress>
    {
        public void Report(ExtractProgress value)
        {
            using NativeReport text = new();
            if (callback(opaque, (ulong)value.Entries, (ulong)value.TotalSize, text.Text(value.Path)) != 0)
            {
                running.Cancel();
            }
        }
    }
}
