namespace Guestfs.Appliances.Repositories;

/// <summary>One suite of a Debian package repository.</summary>
/// <param name="Address">Where the repository is: http, https or file.</param>
/// <param name="Suite">Suite or codename, such as <c>trixie</c>;
/// a path that ends with a slash means a repository without components.</param>
/// <param name="Components">Components, such as <c>main</c>.</param>
/// <param name="Architecture">Debian's name of the architecture, such as <c>amd64</c>.</param>
/// <param name="SignedBy">Who may sign it.</param>
internal sealed record DebianRepository(Uri Address, string Suite, IReadOnlyList<string> Components, string Architecture, SignedBy SignedBy)
{
    /// <summary>Whether a repository that says it is out of date is refused; not for archives of the past.</summary>
    internal bool CheckValidUntil { get; init; } = true;

    /// <summary>Whether a state of it is used that is older than one that was used before.</summary>
    internal bool AllowOlder { get; init; }

    /// <summary>Whether the suite is a plain folder.</summary>
    internal bool IsFlat => Suite.EndsWith('/');

    /// <summary>The folder of the suite's InRelease file.</summary>
    internal Uri SuiteAddress => At(IsFlat ? Suite : $"dists/{Suite}/");

    /// <summary>A file of the repository.</summary>
    internal Uri At(string path) => new(new Uri(Address.AbsoluteUri.TrimEnd('/') + "/"),
        string.Join('/', path.Split('/').Where(part => part is not ".").Select(Uri.EscapeDataString)));

    /// <inheritdoc/>
    public override string ToString() => $"{Downloader.Display(Address)} {Suite}";
}
