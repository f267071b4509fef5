// Extraction to the host that a hostile guest cannot lead astray; upstream's copy_out hands the guest's names to the host's tar.
using Guestfs.Interop;

namespace Guestfs;

public sealed partial class GuestfsHandle
{
    /// <summary>
    /// Copies a file, or a directory with all that is below, into a directory of the host, and trusts nothing that the
    /// guest says: it never writes outside that directory, never follows a symbolic link of the guest or one that somebody
    /// puts in its way, makes no device nodes or set-user-ID programs unless asked, and stops at limits.
    /// </summary>
    /// <param name="guestPath">
    /// Absolute path in the guest. Its last part becomes a name in <paramref name="hostDirectory"/>; where it is a symbolic
    /// link, the link is what is copied. What is in <c>/</c>, or in a directory with <c>/.</c> after its path, comes directly into the
    /// directory.
    /// </param>
    /// <param name="hostDirectory">A directory that exists.</param>
    /// <param name="options">What differs from the defaults.</param>
    /// <param name="progress">Told at each file, and at each megabyte of large ones; called on the thread that extracts.</param>
    /// <param name="cancellationToken">Ends it between two files, or two megabytes of one.</param>
    /// <returns>What was extracted, and what was left out and why. Look there: a guest file that cannot be read is left out.</returns>
    /// <exception cref="ArgumentException"><paramref name="guestPath"/> is not absolute, or ends in <c>..</c>.</exception>
    /// <exception cref="GuestfsExtractionException">A limit is reached,
    /// a name exists already, a privilege is missing, or the host gives an error.</exception>
    /// <exception cref="GuestfsException">The guest path does not exist or nothing of its directory can be read,
    /// or the appliance has died.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <remarks>
    /// <para>A file has its name only when it is whole; until then it is called <c>.*.part</c>, and removed when something fails.
    /// Hard links stay links where the host can have them, and holes stay holes. Nothing is flushed to the host's disk.</para>
    /// <para>Filesystems that are mounted below the path are copied too.</para>
    /// <para>A directory that cannot be read to its end, because its filesystem is damaged, is reported as
    /// <see cref="ExtractSkipReason.Unreadable"/>; what could be read of it is copied.</para>
    /// <para>Many files come as one archive; what the appliance's tar cannot read is then read alone.</para>
    /// <para>guestfs(3): <c>guestfs_readdir</c>, <c>guestfs_ls0</c>, <c>guestfs_lstatnslist</c>, <c>guestfs_tar_out</c>,
    /// <c>guestfs_pread</c>, <c>guestfs_readlink</c>.</para>
    /// </remarks>
    /// <example>
    /// <code>
    /// ExtractReport report = g.Extract("/home", "out", new() { MaxTotalSize = 1L &lt;&lt; 30 });
    /// Console.WriteLine($"{report.Files} files, {report.Skipped.Count} skipped");
    /// </code>
    /// </example>
    public ExtractReport Extract(
        string guestPath, string hostDirectory, ExtractOptions options = default, IProgress<ExtractProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(guestPath);
        ArgumentException.ThrowIfNullOrEmpty(hostDirectory);
        Check(options);
        string path = guestPath.TrimEnd('/');
        string name = path[(path.LastIndexOf('/') + 1)..];
        if (name == ".")
        {
            (path, name) = (path[..^1].TrimEnd('/'), "");
        }

        if (!guestPath.StartsWith('/') || (name.Length > 0 && !GuestName.IsSafe(name)))
        {
            throw new ArgumentException($"'{PrintableText.Line(guestPath)}' is not the absolute path of something with a name: "
                + "it must begin with a slash, and not end in '..'.", ApiName.Parameter(nameof(guestPath)));
        }

        using Extraction extraction = new(this, options, hostDirectory, progress, cancellationToken);
        return extraction.Run(path, name);
    }

    /// <summary>The same on the handle's own thread.</summary>
    /// <param name="guestPath">Absolute path in the guest.</param>
    /// <param name="hostDirectory">A directory that exists.</param>
    /// <param name="options">What differs from the defaults.</param>
    /// <param name="progress">Told at each file, and at each megabyte of large ones; called on the handle's thread.</param>
    /// <param name="cancellationToken">
    /// Ends it between two files, or two megabytes of one. Only a call that takes longer than
    /// <see cref="GuestfsHandleOptions.CancellationTimeout"/> costs the appliance.
    /// </param>
    /// <returns>A task with the report. It fails with what <see cref="Extract"/> throws.</returns>
    /// <remarks>guestfs(3): <c>guestfs_readdir</c>, <c>guestfs_lstatnslist</c>, <c>guestfs_tar_out</c>, <c>guestfs_pread</c>.</remarks>
    public Task<ExtractReport> ExtractAsync(
        string guestPath, string hostDirectory, ExtractOptions options = default, IProgress<ExtractProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        return RunOnWorker(
            CancelMethod.UserCancel, token => Extract(guestPath, hostDirectory, options, progress, token), null, cancellationToken);
    }

    private static void Check(ExtractOptions options)
    {
        CheckLimit(options.MaxTotalSize, nameof(options.MaxTotalSize));
        CheckLimit(options.MaxWrittenSize, nameof(options.MaxWrittenSize));
        CheckLimit(options.MaxEntries, nameof(options.MaxEntries));
        CheckLimit(options.MaxDepth, nameof(options.MaxDepth));
    }

    private static void CheckLimit(long limit, string name)
    {
        if (limit < 0)
        {
            throw new ArgumentOutOfRangeException(ApiName.Parameter(nameof(ExtractOptions)),
                $"{ApiName.Option(nameof(ExtractOptions), name)} is {limit}: a limit cannot be negative.");
        }
    }
}
