using Guestfs.Appliances.Plan;
using Microsoft.Win32.SafeHandles;

namespace Guestfs.Appliances.Host;

/// <summary>File content that is a part of a file of the host.</summary>
internal sealed class HostFileContent : FileContent
{
    private readonly long length;
    private readonly bool maybeSparse;
    private IReadOnlyList<DataRange>? ranges;

    /// <summary>Part of a host file.</summary>
    /// <param name="hostPath">Path on the host.</param>
    /// <param name="offset">Where the content begins in it, in bytes.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="maybeSparse">Whether to look for holes: the file has fewer blocks than its length needs.</param>
    public HostFileContent(string hostPath, long offset, long length, bool maybeSparse = false)
    {
        HostPath = hostPath;
        Offset = offset;
        this.length = length;
        this.maybeSparse = maybeSparse;
    }

    /// <summary>Path on the host.</summary>
    public string HostPath { get; }

    /// <summary>Where the content begins in the host's file, in bytes.</summary>
    public long Offset { get; }

    /// <inheritdoc/>
    public override long Length => length;

    /// <inheritdoc/>
    public override IReadOnlyList<DataRange> DataRanges
    {
        get
        {
            if (!maybeSparse)
            {
                return base.DataRanges;
            }

            if (ranges is null)
            {
                using SafeFileHandle file = Posix.OpenRead(HostPath);
                ranges = Posix.FindData(file, Offset, length);
            }

            return ranges;
        }
    }

    /// <inheritdoc/>
    public override IContentReader Open() => new Reader(this);

    private sealed class Reader(HostFileContent content) : IContentReader
    {
        private readonly SafeFileHandle file = Posix.OpenRead(content.HostPath);

        public void ReadExactly(long offset, Span<byte> buffer)
        {
            while (!buffer.IsEmpty)
            {
                int count = RandomAccess.Read(file, buffer, content.Offset + offset);
                if (count <= 0)
                {
                    throw new ApplianceException(
                        ApplianceProblem.UnreadableFile,
                        $"{content.HostPath} became shorter while the appliance was being built. Build again when it no longer changes.");
                }

                offset += count;
                buffer = buffer[count..];
            }
        }

        public void Dispose() => file.Dispose();
    }
}
