namespace Guestfs.Appliances.Plan;

/// <summary>The bytes of a regular file: a part of a file of the host, or memory. Opened when they are written, not before.</summary>
internal abstract class FileContent
{
    /// <summary>How many bytes, holes included.</summary>
    public abstract long Length { get; }

    /// <summary>The parts that are not holes, in order. Everything, unless the source says otherwise.</summary>
    public virtual IReadOnlyList<DataRange> DataRanges => Length == 0 ? [] : [new DataRange(0, Length)];

    /// <summary>Opens the bytes for reading from several threads.</summary>
    /// <exception cref="ApplianceException">The source cannot be read.</exception>
    public abstract IContentReader Open();
}
