// What is chosen against what apt-get would install.
using Guestfs.Appliances.Repositories;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Repositories;

public sealed class DependencyResolverTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Choices_are_those_of_apt_get()
    {
        using LocalRepository local = new();
        void Package(string name, string fields = "", string version = "1.0") => DebFile.Build(local.Pool, name, version, fields);
        Package("base", "Essential: yes");
        Package("plain", "Depends: lib (>= 1.0)\nPre-Depends: pre");
        Package("pre");
        Package("lib");
        Package("lib", version: "2.0");
        Package("oldlib", "Depends: lib (<< 2.0) | lib2");
        Package("lib2", "Provides: virtual (= 3)");
        Package("first", "Depends: missing | second | third");
        Package("second");
        Package("third");
        Package("versioned", "Depends: virtual (>= 2)");
        Package("unversioned", "Depends: something");
        Package("zulu", "Provides: something\nPriority: optional");
        Package("alpha", "Provides: something\nPriority: optional");
        Package("taken", "Depends: second | third");
        Package("conflicted", "Depends: enemy | friend, plain");
        Package("enemy", "Conflicts: plain");
        Package("friend");
        Package("mta", "Provides: mail\nConflicts: mail");
        Package("mta2", "Provides: mail\nConflicts: mail");
        Package("mailer", "Depends: mta2 | mail");
        Package("tool", "Multi-Arch: allowed");
        Package("any", "Depends: tool:any");
        Package("deepchoice", "Depends: shallow | friend, lib2");
        Package("shallow", "Depends: deeper");
        Package("deeper", "Breaks: lib2");
        Package("broken", "Depends: lib, gone (>= 1)");
        local.Publish();
        using HttpClient http = new();
        PackageUniverse universe = await local.Client(http).LoadAsync([local.AsFiles()], null, Token);

        string[][] requests =
        [
            ["plain"], ["oldlib"], ["first"], ["versioned"], ["taken", "third"], ["mailer"], ["any"],
            ["plain", "first", "versioned", "mailer"],
        ];
        foreach (string[] request in requests)
        {
            IReadOnlyList<string> apt = local.AptInstalls([.. request, "base"]);
            Assert.True(apt.Count > 0, string.Join(' ', request));
            PackageSelection selection = DependencyResolver.Resolve(universe, new PackageRequest { Required = request }, Token);
            Assert.Equal(string.Join(' ', apt), string.Join(' ', selection.Packages.Select(package => package.Name)));
        }

        foreach ((string[] request, string[] words) in new (string[], string[])[]
        {
            (["broken"], ["gone (>= 1)", "broken"]), (["plain", "enemy"], ["plain", "enemy", "exclude"]),
            (["nonexistent"], ["nonexistent"]),
        })
        {
            Assert.Empty(local.AptInstalls(request));
            ApplianceException error = Assert.Throws<ApplianceException>(
                () => DependencyResolver.Resolve(universe, new PackageRequest { Required = request }, Token));
            Assert.Equal(ApplianceProblem.MissingPackage, error.Problem);
            Assert.All(words, word => Assert.Contains(word, error.Message, StringComparison.Ordinal));
        }

        // apt-get gives up where the first alternative turns out to be impossible; here the next one is tried.
        foreach ((string request, string chosen) in new[]
        {
            ("mta mailer", "base mailer mta"), ("conflicted", "base conflicted friend lib plain pre"),
            ("deepchoice", "base deepchoice friend lib2"),
        })
        {
            PackageSelection selection = DependencyResolver.Resolve(universe, new PackageRequest { Required = request.Split(' ') }, Token);
            Assert.Equal(chosen, string.Join(' ', selection.Packages.Select(package => package.Name)));
            Assert.Equal(chosen, string.Join(' ', local.AptInstalls(chosen.Split(' '))));
        }

        // Of equal providers we take the first by name, as apt's solver of 3.1 and later. The older one takes what comes last in the
        // repository. Neither decides where one of them is asked for.
        string[] providers = ["alpha", "zulu"];
        string last = File.ReadLines(local.Packages).Where(line => line.StartsWith("Package: ", StringComparison.Ordinal))
            .Select(line => line["Package: ".Length..]).Last(providers.Contains);
        Assert.Equal(["alpha", "base", "unversioned"], Chosen("unversioned"));
        Assert.Equal(
            new[] { AptHasNewSolver ? "alpha" : last, "base", "unversioned" }.Order(StringComparer.Ordinal),
            local.AptInstalls("unversioned", "base"));
        foreach (string provider in providers)
        {
            Assert.Equal(local.AptInstalls("unversioned", provider, "base"), Chosen("unversioned", provider));
        }

        PackageSelection lenient = DependencyResolver.Resolve(
            universe, new PackageRequest { Wanted = ["plain", "nonexistent"], IncludeEssential = false }, Token);
        Assert.Equal(["nonexistent"], lenient.NotFound);
        Assert.Equal(["lib", "plain", "pre"], lenient.Packages.Select(package => package.Name));

        IEnumerable<string> Chosen(params string[] request) =>
            DependencyResolver.Resolve(universe, new PackageRequest { Required = request }, Token).Packages.Select(package => package.Name);
    }

    private static bool AptHasNewSolver => Command.TryRun(
        "dpkg", ["--compare-versions", Command.Run("dpkg-query", "-W", "-f", "${Version}", "apt"), "ge", "3.1"]).ExitCode == 0;
}
