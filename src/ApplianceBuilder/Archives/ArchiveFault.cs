namespace Guestfs.Appliances.Archives;

/// <summary>The exceptions for archives that are damaged or try what an archive must not.</summary>
internal static class ArchiveFault
{
    /// <summary>An archive as a whole is wrong.</summary>
    internal static ApplianceException In(string archive, string what, Exception? cause = null) =>
        new(ApplianceProblem.InvalidArchive, $"{archive} cannot be used: {what} Download the file again.", cause);

    /// <summary>One member of an archive is wrong.</summary>
    internal static ApplianceException In(string archive, string member, string what) =>
        In(archive, $"its member '{Printable(member)}' {what}");

    // A hostile name must not write to the terminal of whoever reads the message.
    private static string Printable(string name) =>
        string.Concat(name.Take(200).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? $"\\u{(int)c:x4}" : c.ToString()));
}
