// The packages that several tests look at; building them takes a second.
namespace Guestfs.Appliances.Tests.Rpm;

public sealed class RpmFixture : IDisposable
{
    private static readonly string[] Rich =
    [
        "(beta with cap(x)(64bit))", "(beta with absent)", "(cap(x)(64bit) without beta)", "(delta without twice)", "(absent if nothing)",
        "(absent if beta)",
        "(absent if nothing else alpha)", "(absent if nothing else nowhere)", "(alpha if beta else absent)", "(alpha and absent)",
        "(alpha and (absent or beta))",
        "(absent or nothing)", "((beta or absent) with cap(x)(64bit))", "((absent or delta) with (beta or nothing))",
        "(epsilon if (alpha and absent) else beta-extra)",
    ];

    internal RpmRoot Root { get; } = new(
        ("alpha",
            "1:1.2~rc1-3",
            "Requires: beta >= 2, /bin/sh, cap(x)(64bit) = 4, config(alpha)\nRequires: (gamma or delta), (epsilon if beta)\n"
            + "Provides: config(alpha)",
            "%config(noreplace) /etc/alpha.conf\n/usr/bin/alpha\n%ghost /var/log/alpha.log\n/usr/share/alpha/b\n/usr/share/alpha/a"),
        ("beta", "2.0-1", "Provides: cap(x)(64bit) = 4-1", "%config /etc/beta.conf"),
        ("beta-extra", "2.0-1", "Provides: cap(x)(64bit) = 4", "/usr/lib/beta-extra"),
        ("shell", "5-1", "", "/usr/bin/sh"),
        ("delta", "1-1", "Requires: absent >= 1, lonely\nProvides: twice = 1, twice = 2", "/usr/lib/delta"),
        ("epsilon", "0-0", "", "/usr/lib/epsilon"),
        ("unasked", "1-1", "", "/usr/lib/unasked"),
        ("ranges", "1-1", Ranges(), "/usr/lib/ranges"),
        ("rich", "1-1", string.Join('\n', Rich.Select(dependency => $"Requires: {dependency}")), "/usr/lib/rich"));

    public void Dispose() => Root.Dispose();

    // Every way to provide a version, and to each of them every way to require one.
    private static string Ranges()
    {
        string[] versions = ["1.0", "1.0-1", "1.0-2", "2", "0:1.0", "1:0.5"];
        string[] signs = ["<", "<=", "=", ">=", ">"];
        string[] ways = ["", .. signs.SelectMany(sign => versions.Select(version => $" {sign} {version}"))];
        return string.Join('\n', ways.Select((provided, i) =>
            $"Provides: range{i}{provided}\n" + string.Join('\n', ways.Select(required => $"Requires: range{i}{required}"))));
    }
}
