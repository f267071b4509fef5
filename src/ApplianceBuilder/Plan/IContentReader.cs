namespace Guestfs.Appliances.Plan;

/// <summary>Open content of a file.</summary>
internal interface IContentReader : IDisposable
{
    /// <summary>Fills the whole buffer from that offset of the content.</summary>
    /// <exception cref="ApplianceException">There are fewer bytes than the plan says, or they cannot be read.</exception>
    void ReadExactly(long offset, Span<byte> buffer);
}
