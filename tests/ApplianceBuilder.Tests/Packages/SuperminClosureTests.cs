// The packages of libguestfs' own appliance on this machine; the judge is supermin.
using Guestfs.Appliances.Debian;
using Guestfs.Appliances.Packages;
using Guestfs.Appliances.Skeletons;
using Guestfs.Appliances.Tests.Debian;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Packages;

public sealed class SuperminClosureTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public void The_closure_has_the_packages_that_supermin_takes()
    {
        Command.Require("supermin", "dpkg-query");
        using TempDirectory directory = new();
        string output = directory.File("appliance");
        Command.Run("supermin", "--build", "-f", "chroot", "--include-packagelist", "--use-installed", "-o", output, Skeleton);

        PackageClosure closure = PackageClosure.Resolve(Load(), Wanted(), ClosurePolicy.Supermin, Cancellation);
        string[] taken = [.. closure.Packages.Select(package => $"{package.Name}_{package.Version}_{package.Architecture}")];
        HashSet<string> supermin = [.. File.ReadAllLines(output + "/packagelist").Where(line => line.Length > 0)];

        // Debian's 5.2.2-4 and later take each provider of a virtual package, be another one of them in the closure already.
        if (Command.TryRun(
            "dpkg", ["--compare-versions", Command.Run("dpkg-query", "-W", "-f", "${Version}", "supermin"), "ge", "5.2.2-4"]).ExitCode == 0)
        {
            supermin.ExceptWith(Load().Packages
                .Where(provider => closure.Packages.SelectMany(package => package.Depends).SelectMany(Relations)
                    .Any(relation => provider.Provides.Any(provided => provided.Name == relation.Name)))
                .Select(package => $"{package.Name}_{package.Version}_{package.Architecture}")
                .Except(taken));
        }

        Assert.Equal(supermin.Order(StringComparer.Ordinal), taken.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Configuration_for_supermin_is_what_it_prepares_an_appliance_with()
    {
        Command.Require("supermin", "dpkg-query", "tar");
        using TempDirectory directory = new();
        string[] names = ["bash", "libc-bin", "openssh-client", "lvm2"];
        Command.Run("supermin", ["--prepare", "--use-installed", "-o", directory.File("out"), .. names]);

        PackageSet packages = Load();
        PackageClosure closure = PackageClosure.Resolve(
            packages, names.Select(name => (name, "list")), ClosurePolicy.Supermin, Cancellation);
        Assert.Equal(
            Command.Run("tar", "-tf", directory.File("out/base.tar.gz"))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(line => !line.EndsWith('/'))
                .Select(line => line[1..])
                .Order(StringComparer.Ordinal),
            closure.Packages.SelectMany(package => package.Files)
                .Where(
                    file => packages.Rules.IsConfigurationForSupermin(file, new FileInfo(file.Path) is { Exists: true, LinkTarget: null }))
                .Select(file => file.Path).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_complete_closure_differs_only_where_dpkg_knows_more_than_supermin()
    {
        Command.Require("dpkg-query");
        PackageSet packages = Load();
        PackageClosure same = PackageClosure.Resolve(packages, Wanted(), ClosurePolicy.Supermin, Cancellation);
        PackageClosure complete = PackageClosure.Resolve(packages, Wanted(), ClosurePolicy.Complete, Cancellation);

        // Nothing that an installed system has is missing, but for what the lists name and this machine does not have.
        Assert.All(complete.Missing, gap => Assert.StartsWith("packages", gap.AskedBy, StringComparison.Ordinal));

        // supermin takes no more: what it takes, an installed first alternative, this takes too.
        Assert.Empty(same.Packages.Except(complete.Packages));

        // What is added is asked for, by a package of the closure, in a way that supermin does not follow.
        foreach (InstalledPackage added in complete.Packages.Except(same.Packages))
        {
            string[] names = [added.Name, .. added.Provides.Select(relation => relation.Name)];
            string? reason = complete.Packages
                .SelectMany(package => package.Depends.Select(dependency => (package, dependency)))
                .Where(pair => Relations(pair.dependency).Any(relation => names.Contains(relation.Name)))
                .Select(pair => Explain(pair.package, pair.dependency, added, same))
                .FirstOrDefault(text => text is not null);
            Assert.True(reason is not null, $"{added} is in the closure, and nothing says why.");
            TestContext.Current.SendDiagnosticMessage($"{added.Name}: {reason}");
        }
    }

    [Fact]
    public void The_complete_closure_needs_nothing_but_itself()
    {
        Command.Require("dpkg-query", "dpkg-checkbuilddeps");
        PackageClosure closure = PackageClosure.Resolve(Load(), Wanted(), ClosurePolicy.Complete, Cancellation);
        string[] names = [.. closure.Packages.Select(package => $"{package.Name}:{package.Architecture}")];

        // A system of only these packages, on which dpkg is asked for all that they depend on.
        using DpkgRoot root = new(Command.Run("dpkg-query", ["-s", .. names]));
        string depends = string.Join(", ", Command.Run("dpkg-query", ["-W", "-f", "${Pre-Depends},${Depends},", .. names])
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        File.WriteAllText(root.Path + "/control",
            $"Source: a\nMaintainer: a <a@example.org>\nBuild-Depends: {depends}\n\nPackage: a\nArchitecture: any\nDescription: a\n");
        CommandResult judge = Command.TryRun("dpkg-checkbuilddeps", ["--admindir=" + root.AdminDirectory, "-I", root.Path + "/control"]);
        Assert.True(judge.ExitCode == 0, judge.Error);
    }

    [Fact]
    public void What_is_not_installed_is_reported_with_who_asks()
    {
        using DpkgRoot root = new(DpkgRoot.Entry("a", "Depends: b | c, absent (>= 2)") + DpkgRoot.Entry("c"));
        PackageClosure closure = PackageClosure.Resolve(
            root.Load(), [("a", "/list"), ("nowhere", "/list")], ClosurePolicy.Complete, TestContext.Current.CancellationToken);
        Assert.Equal(["a", "c"], closure.Packages.Select(package => package.Name));
        Assert.Equal([new MissingPackage("absent >= 2", "a"), new MissingPackage("nowhere", "/list")], closure.Missing);
    }

    [Fact]
    public void The_order_of_the_lists_and_of_the_database_does_not_matter()
    {
        PackageSet packages = Load();
        (string Name, string List)[] wanted = [.. Wanted()];
        PackageClosure first = PackageClosure.Resolve(packages, wanted, ClosurePolicy.Complete, Cancellation);
        PackageSet reversed = new(packages.Rules, packages.Packages.Reverse(), []);
        PackageClosure second = PackageClosure.Resolve(reversed, wanted.Reverse(), ClosurePolicy.Complete, Cancellation);
        Assert.Equal(first.Packages, second.Packages);
        Assert.Equal(first.Missing, second.Missing);
    }

    private static string? Explain(InstalledPackage package, PackageDependency dependency, InstalledPackage added, PackageClosure same)
    {
        PackageRelation first = Relations(dependency).First();
        return !same.Packages.Contains(package) ? $"{package.Name}, which is itself added, asks for {dependency}"
            : first.Architecture is not null ? $"{package.Name} asks for {dependency}, a name with an architecture"
            : first.Name != added.Name ? $"{package.Name} asks for {dependency}, of which the first is not installed under that name"
            : null;
    }

    private static IEnumerable<PackageRelation> Relations(PackageDependency dependency) =>
        dependency.Relation is { } relation ? [relation] : dependency.Parts.SelectMany(Relations);

    private static string Skeleton => Directory.GetDirectories(
        "/usr/lib", "guestfs", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1, IgnoreInaccessible = true })
        .Select(directory => directory + "/supermin.d").First(Directory.Exists);

    private static IEnumerable<(string Name, string List)> Wanted() =>
        Directory.GetFiles(Skeleton, "packages*").Order(StringComparer.Ordinal)
            .SelectMany(list => File.ReadAllLines(list).Where(line => line.Length > 0).Select(name => (name, Path.GetFileName(list))));

    private static PackageSet Load()
    {
        Command.Require("dpkg-query");
        return DpkgDatabase.Find("/")!.Load(Cancellation);
    }
}
