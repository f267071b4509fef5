namespace Guestfs.Appliances.Packages;

/// <summary>A link that update-alternatives keeps, and that no package owns.</summary>
/// <param name="Link">The path that programs use, such as <c>/usr/bin/awk</c>: a link to <see cref="Middle"/>.</param>
/// <param name="Middle">The link in the directory of alternatives, such as <c>/etc/alternatives/awk</c>.</param>
/// <param name="Target">Where that leads on this host, such as <c>/usr/bin/gawk</c>.</param>
internal sealed record AlternativeLink(string Link, string Middle, string Target);
