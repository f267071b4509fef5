// Where the installer puts files, and what finds them there: ldconfig's rules, pkg-config, CMake.
using System.Text.RegularExpressions;
using System.Xml.Linq;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Install.Tests;

public sealed class LayoutTests
{
    private static readonly string Version = XDocument.Load(Repository.File("Directory.Build.props")).Descendants("Version").Single().Value;

    [Fact]
    public void Every_file_is_where_others_look_for_it_and_readable_for_all()
    {
        Command.Require("find", "objdump", "ldconfig");
        using InstalledTree tree = new();

        string[] files = Command.Run("find", tree.Root, "!", "-type", "d", "-printf", "%P %m %l\n")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            [
                "usr/local/include/guestfs_facade.h 644 ",
                "usr/local/lib/cmake/guestfs-facade/guestfs-facade-config-version.cmake 644 ",
                "usr/local/lib/cmake/guestfs-facade/guestfs-facade-config.cmake 644 ",
                $"usr/local/lib/libguestfs-facade-builder.so.1 777 libguestfs-facade-builder.so.1.{Version}",
                $"usr/local/lib/libguestfs-facade-builder.so.1.{Version} 755 ",
                "usr/local/lib/libguestfs-facade.so 777 libguestfs-facade.so.1",
                $"usr/local/lib/libguestfs-facade.so.1 777 libguestfs-facade.so.1.{Version}",
                $"usr/local/lib/libguestfs-facade.so.1.{Version} 755 ",
                "usr/local/lib/pkgconfig/guestfs-facade.pc 644 ",
                "usr/local/share/doc/guestfs-facade/DOTNET-THIRD-PARTY-NOTICES.txt 644 ",
                "usr/local/share/doc/guestfs-facade/LICENSE 644 ",
                "usr/local/share/doc/guestfs-facade/THIRD-PARTY-NOTICES.txt 644 ",
                "usr/local/share/doc/guestfs-facade/examples/CMakeLists.txt 644 ",
                "usr/local/share/doc/guestfs-facade/examples/Makefile 644 ",
                "usr/local/share/doc/guestfs-facade/examples/README.md 644 ",
                "usr/local/share/doc/guestfs-facade/examples/disk.c 644 ",
                "usr/local/share/doc/guestfs-facade/examples/disk.cpp 644 ",
                "usr/local/share/doc/guestfs-facade/examples/disk.go 644 ",
                "usr/local/share/doc/guestfs-facade/examples/disk.py 755 ",
                "usr/local/share/doc/guestfs-facade/examples/disk.rs 644 ",
                "usr/local/share/doc/guestfs-facade/examples/disk_cffi.py 755 ",
                "usr/local/share/doc/guestfs-facade/examples/extract.c 644 ",
                "usr/local/share/doc/guestfs-facade/examples/guests.c 644 ",
                "usr/local/share/doc/guestfs-facade/examples/loop.c 644 ",
                "usr/local/share/doc/guestfs-facade/examples/put.c 644 ",
                "usr/local/share/doc/guestfs-facade/examples/workers.c 644 ",
                "usr/local/share/man/man3/guestfs-facade.3 644 ",
            ],
            files.Order(StringComparer.Ordinal));

        // ldconfig makes links by the names inside libraries: it must want the link that is there.
        Assert.Contains(
            "SONAME               libguestfs-facade.so.1\n",
            Command.Run("objdump", "-p", Path.Combine(tree.Libraries, "libguestfs-facade.so")),
            StringComparison.Ordinal);
        string links = Command.Run("ldconfig", "-n", "-N", "-v", tree.Libraries);
        Assert.Contains($"libguestfs-facade.so.1 -> libguestfs-facade.so.1.{Version}\n", links, StringComparison.Ordinal);
        Assert.DoesNotContain("changed", links, StringComparison.Ordinal);
        Assert.Equal("", Command.TryRun("grep", ["-rlE", "@[a-z]+@", tree.Root, "--include=*.pc", "--include=*.cmake"]).Output);
    }

    // Those of gfs are made when its package is. find ends with an error where a pattern names nothing.
    [Fact]
    public void Each_file_is_in_one_Debian_package()
    {
        Command.Require("find");
        using InstalledTree tree = new("/usr", "lib/x86_64-linux-gnu");
        string debian = Repository.File("native", "debian");
        string[] lists = [.. Directory.GetFiles(debian, "*.install").Concat(Directory.GetFiles(debian, "*.examples"))
            .Append(Path.Combine(debian, "not-installed")).Where(list => Path.GetFileName(list) != "gfs.install")];
        string[] packaged =
            [.. lists.SelectMany(list => Find(File.ReadAllText(list).Replace("debian/tmp/", "", StringComparison.Ordinal)))];

        // All of the documentation is there in another way; the examples are among it.
        Assert.Equal(Find("usr").Order(StringComparer.Ordinal), packaged.Distinct().Order(StringComparer.Ordinal));
        Assert.All(packaged.CountBy(file => file).Where(file => file.Value > 1), file => Assert.Contains("/examples/", file.Key));

        string[] Find(string patterns) => Command
            .Run("bash", "-c", "cd \"$1\" && find $2 ! -type d", "bash", tree.Root, patterns.ReplaceLineEndings(" "))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    [Fact]
    public void Debian_packages_have_this_version_and_the_library_s_nodes()
    {
        Command.Require("dpkg-parsechangelog", "objdump");
        string changelog = Repository.File("native", "debian", "changelog"), symbols = Repository.File(
            "native", "debian", "libguestfs-facade1.symbols");
        Assert.Equal(Version, Command.Run("dpkg-parsechangelog", "-l", changelog, "-S", "Version").Trim());
        string[] nodes = [.. Regex.Matches(Command.Run("objdump", "-p", PublishedFacade.File), @"(?m)^\d+ 0x00 0x[0-9a-f]+ (GFS_\S+)\s*$")
            .Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal)];
        Assert.NotEmpty(nodes);
        Assert.Equal(
            nodes,
            Regex.Matches(File.ReadAllText(symbols), @"\(symver\)(\S+)").Select(match => match.Groups[1].Value)
                .Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("/opt/guestfs", "lib64", "/lib64")]
    [InlineData("/usr/local/", "lib/x86_64-linux-gnu", "/lib/x86_64-linux-gnu")]
    public void Pkg_config_names_the_directories_that_were_asked_for(string prefix, string libdir, string expected)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        Command.Require("pkg-config");
        using InstalledTree tree = new(prefix, libdir);
        string below = tree.Root + prefix.TrimEnd('/');

        Assert.Equal($"-I{below}/include", tree.Must("pkg-config", ["--cflags", "guestfs-facade"]).Trim());
        Assert.Equal($"-L{below}{expected} -lguestfs-facade", tree.Must("pkg-config", ["--libs", "guestfs-facade"]).Trim());
        Assert.Equal(Version, tree.Must("pkg-config", ["--modversion", "guestfs-facade"]).Trim());
        Assert.Equal("", tree.Must("pkg-config", ["--validate", "guestfs-facade"]));
    }

    [Fact]
    public void CMake_takes_it_for_older_requests_and_refuses_newer_ones()
    {
        Command.Require("cmake", "gcc", "make");
        using InstalledTree tree = new();
        string source = tree.Scratch("requests");
        Directory.CreateDirectory(source);
        File.WriteAllText(Path.Combine(source, "CMakeLists.txt"), """
            cmake_minimum_required(VERSION 3.19)
            project(requests LANGUAGES C)
            foreach(request 0.1 0.0.1 99 0.0.1...0.0.2 0.1...99)
              find_package(guestfs-facade ${request} QUIET)
              message(STATUS "${request}: ${guestfs-facade_FOUND}")
            endforeach()
            find_package(guestfs-facade REQUIRED)
            get_target_property(include guestfs-facade::guestfs-facade INTERFACE_INCLUDE_DIRECTORIES)
            message(STATUS "include: ${include}")
            """);

        string output = tree.Must("cmake", ["-S", source, "-B", tree.Scratch("requests-build"), "-G", "Unix Makefiles"]);

        foreach (string line in new[]
        {
            "0.1: 1", "0.0.1: 1", "99: 0", "0.0.1...0.0.2: 0", "0.1...99: 1", $"include: {tree.Prefix}/include",
        })
        {
            Assert.Contains($"-- {line}\n", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Installing_again_replaces_the_files_and_leaves_programs_their_library()
    {
        using InstalledTree tree = new();
        string library = Path.Combine(tree.Libraries, $"libguestfs-facade.so.1.{Version}");
        using FileStream used = File.OpenRead(library);

        using TempDirectory newer = new();
        File.Copy("/bin/true", newer.File("libguestfs-facade.so"));
        File.Copy("/bin/true", newer.File("libguestfs-facade-builder.so"));
        foreach (string notice in (string[])["LICENSE", "THIRD-PARTY-NOTICES.txt", "DOTNET-THIRD-PARTY-NOTICES.txt"])
        {
            File.Copy(Path.Combine(PublishedFacade.Folder, notice), newer.File(notice));
        }

        CommandResult again = InstalledTree.Install($"--libraries={newer.Path}", $"--destdir={tree.Root}");

        Assert.True(again.ExitCode == 0, again.Error);
        Assert.Equal(File.ReadAllBytes("/bin/true"), File.ReadAllBytes(library));
        Assert.Equal(new FileInfo(PublishedFacade.File).Length, used.Length);
    }

    [Theory]
    [InlineData("no libguestfs-facade.so in '/nowhere': 'dotnet publish ", "--libraries=/nowhere")]
    [InlineData("the prefix 'usr' is not absolute", "--prefix=usr")]
    [InlineData("the libdir '../lib' is not a directory below the prefix", "--libdir=../lib")]
    [InlineData("the libdir '/usr/lib' is not a directory below the prefix", "--libdir=/usr/lib")]
    [InlineData("unknown argument '--root=/'", "--root=/")]
    public void The_installer_refuses_what_it_cannot_do_and_installs_nothing(string message, params string[] arguments)
    {
        using TempDirectory directory = new();

        CommandResult result = InstalledTree.Install(
            [$"--libraries={PublishedFacade.Folder}", .. arguments, $"--destdir={directory.File("root")}"]);

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith($"install.sh: {message}", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(directory.File("root")));
    }
}
