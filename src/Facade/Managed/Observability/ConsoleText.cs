using System.Text.RegularExpressions;

namespace Guestfs;

/// <summary>Removes what only a terminal understands.</summary>
internal static partial class ConsoleText
{
    /// <summary>The text without sequences that colour and move, and without control characters but tabs and the ends of lines.</summary>
    internal static string Plain(string text) => ControlSequence().Replace(text, "");

    [GeneratedRegex(@"\x1b(\[[0-?]*[ -/]*[@-~]|[@-_a-z])|[\0-\x08\x0b-\x0c\x0e-\x1f\x7f]")]
    private static partial Regex ControlSequence();
}
