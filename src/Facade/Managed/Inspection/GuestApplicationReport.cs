namespace Guestfs;

/// <summary>What <see cref="GuestfsHandle.ListApplications"/> found.</summary>
/// <param name="Applications">The applications or packages, by name; empty if the guest has no package system that is read here.</param>
/// <param name="Problems">What of the databases could not be read or understood, each a <see cref="GuestFileException"/> with its file. All
/// else is listed nevertheless.</param>
public sealed record GuestApplicationReport(
    IReadOnlyList<GuestApplication> Applications,
    IReadOnlyList<GuestfsException> Problems);
