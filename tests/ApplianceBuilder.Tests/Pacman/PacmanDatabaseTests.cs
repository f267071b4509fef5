// pacman's database; the judges are pacman and its library.
using System.Runtime.InteropServices;

using Guestfs.Appliances.Packages;
using Guestfs.Appliances.Pacman;
using Guestfs.Appliances.Tests.Packages;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Pacman;

public sealed class PacmanDatabaseTests
{
    [Fact]
    public void Packages_files_and_relations_are_those_of_pacman()
    {
        using PacmanRoot root = Root();
        PackageSet packages = root.Load();
        Assert.Equal(root.Pacman("-Q").Split('\n', StringSplitOptions.RemoveEmptyEntries),
            packages.Packages.Select(package => $"{package.Name} {package.Version}"));
        foreach (InstalledPackage package in packages.Packages)
        {
            string prefix = $"{package.Name} {root.Path}";
            Assert.Equal(
                root.Pacman("-Ql", package.Name)
                    .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(line => line[prefix.Length..].TrimEnd('/')),
                package.Files.Select(file => file.Path));
            string info = root.Pacman("-Qii", package.Name);
            Assert.Equal(Assert.Single(Field(info, "Architecture")), package.Architecture);
            Assert.Equal(Field(info, "Depends On"),
                package.Depends.Select(dependency => dependency.ToString().Replace(" ", "", StringComparison.Ordinal)));
            Assert.Equal(Field(info, "Provides"),
                package.Provides.Select(relation => relation.ToString().Replace(" ", "", StringComparison.Ordinal)));
            Assert.All(package.Files.Where(file => file.IsConfiguration),
                file => Assert.Contains($"{root.Path}{file.Path}", info, StringComparison.Ordinal));
        }

        Assert.Equal(["/etc/one.conf"],
            packages.Packages.SelectMany(package => package.Files).Where(file => file.IsConfiguration).Select(file => file.Path));
        Assert.Equal(packages.Packages.Count, packages.Packages.Select(package => package.Digest).Distinct().Count());
    }

    [Fact]
    public void The_closure_is_what_pacman_would_have_installed()
    {
        using PacmanRoot root = Root();
        foreach (ClosurePolicy policy in Enum.GetValues<ClosurePolicy>())
        {
            PackageClosure closure = PackageClosure.Resolve(root.Load(), [("one", "list")], policy, TestContext.Current.CancellationToken);
            Assert.Equal(["four", "one", "three", "two"], closure.Packages.Select(package => package.Name));
            Assert.Equal([new MissingPackage("virtual > 9", "two")], closure.Missing);
        }

        // pacman's own test of the whole database finds the same gap.
        CommandResult judge = Command.TryRun(
            "pacman", ["--root", root.Path, "--dbpath", root.Path + "/var/lib/pacman", "--config", root.Configuration, "-Dk"]);
        Assert.Contains("missing 'virtual>9' dependency for 'two'", judge.Output + judge.Error, StringComparison.Ordinal);
        Assert.Single((judge.Output + judge.Error).Split('\n'), line => line.Contains(" dependency for ", StringComparison.Ordinal));
    }

    [Fact]
    public void Versions_are_ordered_as_pacman_orders_them()
    {
        if (!NativeLibrary.TryLoad("libalpm.so.13", out nint library)
            && !NativeLibrary.TryLoad("libalpm.so.15", out library)
            && !NativeLibrary.TryLoad("libalpm.so.16", out library))
        {
            Command.Missing("The judge of this test is not installed: libalpm.");
        }

        foreach ((string first, string second) in RandomVersions.Pairs(new Random(22), Soak.Rounds(20_000, 200_000), "0019azA.+~_"))
        {
            Assert.True(Judge(library, first, second) == Math.Sign(PacmanVersion.Compare(first, second)),
                $"{first} and {second}: pacman says {Judge(library, first, second)}");
        }
    }

    private static PacmanRoot Root() => new(
        ("one", "1:1.0rc1-1", ["depend = two>=1", "depend = virtual=3", "depend = three<2", "backup = etc/one.conf", "provides = first"],
            ["etc/one.conf", "etc/other.conf", "usr/bin/one"]),
        ("two", "1.0-2", ["depend = virtual>9"], ["usr/bin/two"]),
        ("three", "1.9.9-1", [], ["usr/bin/three", "usr/share/three/a b"]),
        ("four", "1-1", ["provides = virtual=3", "provides = other"], ["usr/bin/four"]),
        ("unasked", "1-1", ["provides = virtual"], ["usr/bin/unasked"]));

    private static string[] Field(string info, string name)
    {
        string line = info.Split('\n').First(text => text.StartsWith(name, StringComparison.Ordinal));
        string value = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        return value == "None" ? [] : value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static unsafe int Judge(nint library, string first, string second)
    {
        byte[] a = [.. LosslessUtf8.GetBytes(first), 0], b = [.. LosslessUtf8.GetBytes(second), 0];
        fixed (byte* pa = a, pb = b)
        {
            return ((delegate* unmanaged[Cdecl]<byte*, byte*, int>)NativeLibrary.GetExport(library, "alpm_pkg_vercmp"))(pa, pb);
        }
    }
}
