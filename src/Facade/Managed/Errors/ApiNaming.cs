namespace Guestfs;

/// <summary>How another API that is built on this one calls things; see <see cref="ApiName"/>.</summary>
internal abstract class ApiNaming
{
    internal abstract string Function(string method, string? name);

    internal abstract string Option(string type, string property, string? name);

    internal abstract string Value(string type, string value);
}
