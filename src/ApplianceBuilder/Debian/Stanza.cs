using Guestfs.Appliances.Archives;

namespace Guestfs.Appliances.Debian;

/// <summary>The fields of one stanza of a Debian control file. Names are compared without regard to case.</summary>
internal sealed class Stanza
{
    private readonly Dictionary<string, string> fields = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The field's text, its lines separated by newlines, or null.</summary>
    internal string? this[string name] => fields.GetValueOrDefault(name);

    /// <summary>The field's text.</summary>
    /// <exception cref="ApplianceException">There is none.</exception>
    internal string Require(string name, string source) =>
        fields.GetValueOrDefault(name) is { Length: > 0 } value
            ? value
            : throw ArchiveFault.In(source, $"the field {name} is missing in it.");

    /// <summary>The words of a field, as in lists of suites.</summary>
    internal string[] Words(string name) => (this[name] ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether the field says yes.</summary>
    internal bool Says(string name) => string.Equals(this[name], "yes", StringComparison.OrdinalIgnoreCase);

    /// <summary>Adds a field; false when it is there already.</summary>
    internal bool TryAdd(string name, string value) => fields.TryAdd(name, value);
}
