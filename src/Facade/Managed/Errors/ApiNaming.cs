namespace Guestfs;

/// <summary>How another API that is built on this one calls things; see <see cref="ApiName"/>.</summary>
internal abstract class ApiNaming
{
    internal abstract string Function(string method, string? name);

    internal abstract string Option(string type, string property, string? name);

    internal abstract string Value(string type, string value);

    /// <summary>What to do when a handle is of no use any more; null for the usual words, as below.</summary>
    internal virtual string? Again => null;

    /// <summary>An option and the value that it is to have.</summary>
    internal virtual string? Choice(string type, string property, string value) => null;

    /// <summary>How something is set that a variable of the environment sets, too.</summary>
    internal virtual string? Setting(string method, string variable) => null;

    /// <summary>What is called differently in every respect.</summary>
    internal abstract string Of(string managed, string c);
}
