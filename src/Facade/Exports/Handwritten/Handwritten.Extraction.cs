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
            return CallError.NullArgument("extract", guestPath == null ? "guest_path" : "host_directory");
        }

        if (HandleTable.Find(g) is not { } entry)
        {
            return CallError.InvalidHandle("extract");
        }

        gfs_extract_options given = new()
        {
            max_total_size = OptionalMember.UnsetInt64,
            max_written_size = OptionalMember.UnsetInt64,
            max_entries = OptionalMember.UnsetInt64,
            max_depth = OptionalMember.UnsetInt,
            overwrite = OptionalMember.UnsetInt,
            symlinks = OptionalMember.UnsetInt,
            preserve_times = OptionalMember.UnsetInt,
            preserve_owners = OptionalMember.UnsetInt,
            preserve_special_bits = OptionalMember.UnsetInt,
            preserve_user_xattrs = OptionalMember.UnsetInt,
            special_files = OptionalMember.UnsetInt,
        };
        if (options != null && !OptionsOf(options, options->struct_size, &given))
        {
            return CallError.InvalidOptionsSize("extract", options->struct_size, (nuint)sizeof(gfs_extract_options));
        }

        ExtractOptions choices = Choices(given);
        return RunningCall.Run("extract", entry, CancelMethod.UserCancel, running =>
        {
            ExtractCallback? progress = callback == null ? null : new ExtractCallback(running, callback, opaque);
            ExtractReport extracted =
                entry.Handle.Extract(NativeString.Read(guestPath), NativeString.Read(hostDirectory), choices, progress, running.Token);
            if (result != null)
            {
                *result = Report(extracted);
            }

            return gfs_status.GFS_OK;
        });
    }

    internal static void ExtractReportFree(gfs_extract_report* report) => NativeArena.Free(report);

    private static ExtractOptions Choices(in gfs_extract_options given)
    {
        ExtractOptions defaults = new();
        return new ExtractOptions
        {
            MaxTotalSize = OptionalMember.Value(given.max_total_size) ?? defaults.MaxTotalSize,
            MaxWrittenSize = OptionalMember.Value(given.max_written_size) ?? defaults.MaxWrittenSize,
            MaxEntries = OptionalMember.Value(given.max_entries) ?? defaults.MaxEntries,
            MaxDepth = OptionalMember.Value(given.max_depth) ?? defaults.MaxDepth,
            Overwrite = OptionalMember.Boolean(given.overwrite) ?? defaults.Overwrite,
            Symlinks = Member<ExtractSymlinks>(given.symlinks, gfs_extract_symlinks.GFS_EXTRACT_SYMLINKS_ALL, "symlinks"),
            PreserveTimes = OptionalMember.Boolean(given.preserve_times) ?? defaults.PreserveTimes,
            PreserveOwners = OptionalMember.Boolean(given.preserve_owners) ?? defaults.PreserveOwners,
            PreserveSpecialBits = OptionalMember.Boolean(given.preserve_special_bits) ?? defaults.PreserveSpecialBits,
            PreserveUserXattrs = OptionalMember.Boolean(given.preserve_user_xattrs) ?? defaults.PreserveUserXattrs,
            SpecialFiles = OptionalMember.Boolean(given.special_files) ?? defaults.SpecialFiles,
        };
    }

    private static gfs_extract_report* Report(ExtractReport extracted)
    {
        using NativeArena arena = new();
        gfs_extract_report* given = arena.Array<gfs_extract_report>(1);
        given->files = extracted.Files;
        given->directories = extracted.Directories;
        given->symbolic_links = extracted.SymbolicLinks;
        given->hard_links = extracted.HardLinks;
        given->special_files = extracted.SpecialFiles;
        given->total_size = extracted.TotalSize;
        given->written_size = extracted.WrittenSize;
        given->skipped_count = extracted.SkippedCount;
        given->skipped.len = (uint)extracted.Skipped.Count;
        given->skipped.val = arena.Array<gfs_extract_skipped>(extracted.Skipped.Count);
        for (int i = 0; i < extracted.Skipped.Count; i++)
        {
            ExtractSkipped skipped = extracted.Skipped[i];
            given->skipped.val[i] = new gfs_extract_skipped
            {
                path = arena.String(skipped.Path),
                reason = (int)skipped.Reason,
                detail = arena.String(skipped.Detail),
            };
        }

        return arena.Detach<gfs_extract_report>();
    }

    // A caller that wants no more cancels the call.
    private sealed class ExtractCallback(
        RunningCall running, delegate* unmanaged[Cdecl]<void*, ulong, ulong, byte*, int> callback, void* opaque)
            : IProgress<ExtractProgress>
    {
        public void Report(ExtractProgress value)
        {
            using NativeArena arena = new();
            if (callback(opaque, (ulong)value.Entries, (ulong)value.TotalSize, arena.String(value.Path)) != 0)
            {
                running.Cancel();
            }
        }
    }
}
