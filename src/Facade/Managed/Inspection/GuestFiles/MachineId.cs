namespace Guestfs;

/// <summary>machine-id(5).</summary>
internal static class MachineId
{
    private const string File = "/etc/machine-id";

    /// <summary>The identifier; null if the system has none yet.</summary>
    internal static string? Read(GuestFileReader files)
    {
        const int Length = 32;
        if (!files.IsFile(File) || files.ReadText(File) is not { } content)
        {
            return null;
        }

        string text = content.Trim();
        if (text is "" or "uninitialized")
        {
            return null;
        }

        string id = text.ToLowerInvariant();
        foreach (char c in id)
        {
            if (!char.IsAsciiHexDigit(c))
            {
                id = "";
                break;
            }
        }

        if (id.Length == Length)
        {
            return id;
        }

        files.Report(File, 1, $"{GuestFileReader.Quoted(text)} is no machine identifier of {Length} hexadecimal digits.");
        return null;
    }
}
