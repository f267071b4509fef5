// A bundle of the installed packages. readelf says what its libraries need, and a C program loads it by its list alone.
using System.Globalization;
using System.Text.RegularExpressions;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Appliances.Tests.Bundles;

/// <summary>A bundle that nobody changes.</summary>
public sealed class BuiltBundle : IDisposable
{
    private readonly TempDirectory directory = new();

    public BuiltBundle()
    {
        Gfs.Run("bundle", "build", "--output", Path);
        Load = File.ReadAllLines(System.IO.Path.Combine(Path, "load"));
    }

    public string Path => directory.File("bundle");

    /// <summary>Its list of what to load.</summary>
    public IReadOnlyList<string> Load { get; }

    public void Dispose() => directory.Dispose();
}

public sealed partial class BundleTests(BuiltBundle bundle) : IClassFixture<BuiltBundle>
{
    // Names that glibc's own libraries have, and those that they know.
    private const string OfRuntime = @"^(ld-linux.*|libgcc_s|lib(c|m|mvec|dl|pthread|rt|resolv|util|anl|nsl))\.so\.\d+$";

    private IEnumerable<string> Libraries =>
        bundle.Load.Where(line => line.StartsWith("library ", StringComparison.Ordinal)).Select(line => line["library ".Length..]);

    [Fact]
    public void Everything_finds_what_it_needs_in_the_bundle_and_only_there()
    {
        // The loader is called by another name, and is there already when something needs it.
        string loader = Assert.Single(
            NeededBy(Path.Combine(bundle.Path, "loader", "libc.so.6")), needed => needed.StartsWith("ld-", StringComparison.Ordinal));
        Dictionary<string, string> own = Files("lib").Concat(Files("loader")).ToDictionary(file => Path.GetFileName(file));
        Queue<string> programs = new(Files("libexec").Concat(Files("lib").Where(file => file.EndsWith(".so", StringComparison.Ordinal))));
        HashSet<string> seen = [];
        while (programs.TryDequeue(out string? file))
        {
            foreach (string needed in NeededBy(file).Where(name => name != loader).Where(seen.Add))
            {
                Assert.True(own.ContainsKey(needed), $"{file} needs {needed}");
                programs.Enqueue(own[needed]);
            }
        }

        Assert.Contains("libc.so.6", seen);
        Assert.All(Files("lib").Where(file => file.Contains(".so", StringComparison.Ordinal)).SelectMany(NeededBy), needed => Assert.True(
            !needed.StartsWith("lib", StringComparison.Ordinal) || Regex.IsMatch(needed, OfRuntime), needed));
    }

    [Fact]
    public void The_list_has_dependencies_first_and_the_oldest_glibc_that_will_do()
    {
        HashSet<string> loaded = [];
        Version floor = new(2, 0);
        foreach (string library in Libraries)
        {
            string file = Path.Combine(bundle.Path, "lib", library);
            Assert.All(NeededBy(file).Where(needed => !Regex.IsMatch(needed, OfRuntime)), needed => Assert.Contains(needed, loaded));
            loaded.Add(library);
            foreach (Match version in GlibcVersion().Matches(Command.Run("readelf", ["-VW", file])))
            {
                floor = Version.Parse(version.Groups[1].Value) is var needed && needed > floor ? needed : floor;
            }
        }

        Assert.Contains("gfsguestfs.so.0", loaded);
        Assert.True(Version.Parse(bundle.Load.Single(line => line.StartsWith("glibc ", StringComparison.Ordinal))[6..]) >= floor);
    }

    [Fact]
    public void Its_programs_run_where_they_lie()
    {
        string version = Command.Run("qemu-img", ["--version"]);

        Assert.Equal(version, Command.Run(Path.Combine(bundle.Path, "bin", "qemu-img"), ["--version"]));
    }

    [Fact]
    public void A_c_program_that_knows_the_list_alone_has_libguestfs_run_the_bundle_s_qemu_img()
    {
        using TempDirectory directory = new();
        string program = directory.File("load"), image = directory.Disk("disk", 1);
        File.WriteAllText(directory.File("load.c"), LoadingProgram);
        Command.Run("gcc", ["-Wall", "-Werror", "-o", program, directory.File("load.c"), "-ldl"]);

        CommandResult result = Command.TryRun(
            "strace", ["-f", "-qq", "-e", "trace=execve", program, bundle.Path + "/", image, .. Libraries]);

        Assert.Equal("raw\n", result.Output);
        Assert.Contains($"execve(\"{bundle.Path}/bin/qemu-img\"", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("execve(\"/usr/bin/qemu-img\"", result.Error, StringComparison.Ordinal);
    }

    // What distributions' packages have grown by since is told here first.
    [Fact]
    public void It_takes_less_than_250_MB_of_the_disk() => Assert.InRange(
        long.Parse(Command.Run("du", ["-s", "--block-size=1", bundle.Path]).Split('\t')[0], CultureInfo.InvariantCulture), 1, 250_000_000);

    // Where distributions have them: the data of ICU behind libxml2, and Capstone behind qemu.
    [Fact]
    public void What_stands_for_large_libraries_has_their_names_and_is_never_missed()
    {
        using TempDirectory directory = new();
        string program = directory.File("stand-ins");
        File.WriteAllText(directory.File("stand-ins.c"), StandInProgram);
        Command.Run("gcc", ["-Wall", "-Werror", "-o", program, directory.File("stand-ins.c"), "-ldl"]);
        string[] standIns =
        [
            .. Files("lib").Where(file => Path.GetFileName(file).StartsWith("gfscapstone.", StringComparison.Ordinal)
                || Path.GetFileName(file).StartsWith("gfsicudata.", StringComparison.Ordinal)),
        ];
        Assert.NotEmpty(standIns);
        foreach (string standIn in standIns)
        {
            string real = Command.Run("ldconfig", ["-p"]).Split('\n').First(line => line.Contains(
                string.Concat("/lib", Path.GetFileName(standIn).AsSpan(3)), StringComparison.Ordinal)).Split(' ')[^1];
            Assert.Equal(Defined(real), Defined(standIn));
            Assert.True(new FileInfo(standIn).Length < 1 << 15, standIn);
        }

        CommandResult result = Command.TryRun(program, [bundle.Path + "/", .. Libraries]);
        Assert.Equal(("caf\u00E9\n", 0), (result.Output, result.ExitCode));

        // An instruction is shown as bytes.
        string log = directory.File("log");
        Command.TryRun("timeout", [
            "1", Path.Combine(bundle.Path, "bin", "qemu-system-x86_64"), "-display", "none", "-nodefaults", "-machine", "pc", "-cpu", "max",
            "-d", "in_asm", "-D", log,
        ]);
        Assert.Contains("OBJD-T: ", File.ReadAllText(log), StringComparison.Ordinal);

        static string[] Defined(string library) =>
        [
            .. Command.Run("nm", ["-D", "--defined-only", library]).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split(' ', 2)[1]).Where(name => !name.Contains(" _", StringComparison.Ordinal))
                .Select(name => name[2..]).Order(StringComparer.Ordinal),
        ];
    }

    // guestfish is started with the system's libguestfs: the launcher that stands for the bundle's qemu decides.
    [Fact]
    public void An_appliance_that_its_qemu_saved_is_resumed_with_it()
    {
        using TempDirectory directory = new();
        string appliance = directory.File("appliance"), disk = directory.Disk("disk", 1);
        Dictionary<string, string?> environment = Guestfish.Environment;
        environment["GUESTFS_BUNDLE"] = bundle.Path;
        CommandResult built = Gfs.TryRun(["appliance", "build", "--profile", "fast", "--with-state", "-o", appliance], environment);
        Assert.Equal((0, ""), (built.ExitCode, built.Error));

        environment["LIBGUESTFS_PATH"] = appliance;
        environment["LIBGUESTFS_HV"] = Path.Combine(appliance, "resume", "qemu");
        CommandResult result = Command.TryRun(
            "guestfish", ["--format=raw", "-a", disk], environment, input: $"run\n!pgrep -af '{bundle.Path}.*{disk}'\nlist-devices\n");
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains(" -incoming ", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("/dev/sda\n", result.Output, StringComparison.Ordinal);
    }

    // The judges are the arguments of qemu, the times of the bundle's files, and programs of the host that say when they are run.
    [Fact]
    public void It_is_resumed_with_its_own_programs_where_it_lies_and_where_it_was_moved_to()
    {
        using TempDirectory directory = new();
        string disk = directory.File("disk.qcow2"), moved = $"{bundle.Path} moved", before = Times(bundle.Path);
        Dictionary<string, string?> environment = Guestfish.Environment;
        environment["LIBGUESTFS_CACHEDIR"] = directory.Path;
        environment["LIBGUESTFS_PATH"] = null;
        environment["PATH"] = $"{directory.File("host")}:{Environment.GetEnvironmentVariable("PATH")}";
        Run("""
            mke2fs -q raw 8M && debugfs -w -R 'write /bin/bash large' raw 2>/dev/null
            qemu-img convert -O qcow2 raw disk.qcow2 && qemu-img snapshot -c was disk.qcow2
            mkdir host
            for name in qemu-img qemu-nbd qemu-system-$(uname -m) tar rm; do
              printf '#!/bin/sh\necho $0 >> called\nexit 1\n' > host/$name; chmod +x host/$name
            done
            """);

        Assert.Equal([false, true], Launched(bundle.Path));
        string[] first = Saved();
        Assert.Single(first);
        Run("gfs sparsify disk.qcow2 sparse.qcow2; gfs ls -m /dev/sda --snapshot was disk.qcow2 / | grep -x large");

        // Nobody has resumed it for two days when the next is saved.
        Command.Run("touch", ["-d", "2 days ago", .. first]);
        Directory.Move(bundle.Path, moved);
        try
        {
            Assert.Equal([false, true], Launched(moved));
            Assert.Equal(before, Times(moved));
        }
        finally
        {
            Directory.Move(moved, bundle.Path);
        }

        Assert.False(File.Exists(directory.File("called")));
        Assert.DoesNotContain(Assert.Single(Saved()), first);
        string cache = Path.GetDirectoryName(first[0])!;
        Gfs.Run("appliance", "clean", "--unused-for", "1", "--cache", cache);
        Assert.Single(Saved());
        Gfs.Run("appliance", "clean", "--cache", cache);
        Assert.Empty(Directory.GetFileSystemEntries(cache, "*.state-*"));

        // Asks while the file, larger than a pipe, is on its way.
        bool[] Launched(string place)
        {
            environment["GUESTFS_BUNDLE"] = place;
            return [.. Enumerable.Range(0, 2).Select(_ => Run("""
                gfs cat -m /dev/sda disk.qcow2:/large |
                  { head -c 1 >/dev/null; pgrep -af "^$GUESTFS_BUNDLE/loader"; cat >/dev/null; }
                """).Contains(" -incoming ", StringComparison.Ordinal))];
        }

        string Run(string script)
        {
            CommandResult result = Command.TryRun(
                "bash", ["-ec", $"set -o pipefail; gfs() {{ {string.Join(' ', Gfs.CommandLine)} \"$@\"; }}\n{script}"], environment,
                directory.Path);
            Assert.True(result.ExitCode == 0, result.Error);
            return result.Output;
        }

        string[] Saved() => Directory.GetDirectories(directory.Path, "*.state-*", SearchOption.AllDirectories);

        static string Times(string place) => Command.Run(
            "sh", ["-c", "cd \"$1\" && find . -mindepth 1 -printf '%p %s %T@ %C@\\n' | sort", "sh", place]);
    }

    [Fact]
    public void The_licence_of_each_package_is_in_it_or_said_to_lack()
    {
        BundleManifest manifest = BundleManifest.Read(bundle.Path);
        string licences = Path.Combine(bundle.Path, "licences");
        Dictionary<string, string[]> texts = File.ReadLines(Path.Combine(licences, "INDEX"))
            .Select(line => line.Split(": ")).ToDictionary(line => line[0], line => line[1].Split(' '));

        Assert.All(manifest.Packages, package => Assert.True(
            texts.ContainsKey(package.Name) || manifest.WithoutLicence?.Contains(package.Name) == true, package.Name));
        Assert.All(texts, package => Assert.All(package.Value, text =>
        {
            string installed = $"/usr/share/doc/{package.Key}/copyright";
            if (File.Exists(installed) && text.EndsWith(".copyright", StringComparison.Ordinal))
            {
                Command.Run("cmp", [installed, Path.Combine(licences, text)]);
            }
        }));
        Assert.Empty(Command.Run("sh", ["-c", "cd \"$1\" && sha256sum *.copyright | cut -c -64 | sort | uniq -d", "sh", licences]));
    }

    // Where .NET looks first there are files that are no libraries: then it ends the process when it is asked for a digest.
    [Fact]
    public void Verify_needs_no_OpenSSL()
    {
        using TempDirectory directory = new();
        File.WriteAllText(directory.File("libssl.so.3"), "");
        File.WriteAllText(directory.File("libssl.so.1.1"), "");
        Dictionary<string, string?> environment = new() { ["LD_LIBRARY_PATH"] = directory.Path };
        CommandResult verify = Gfs.TryRun(["bundle", "verify", bundle.Path], environment);
        Assert.True(verify.ExitCode == 0, verify.Error);

        CommandResult https = Gfs.TryRun(
            [
                "appliance", "build", "--suite", "none", "--repository", "https://localhost/none",
                "--keyring", directory.File("libssl.so.3"), "-o", directory.File("out"),
            ],
            environment);
        Assert.Equal(5, https.ExitCode);
        Assert.Contains("https needs OpenSSL, which this host does not have.", https.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_finds_what_was_changed_added_and_removed()
    {
        using TempDirectory directory = new();
        string copy = directory.File("copy"), added = Path.Combine(copy, "lib", "added"), readme = Path.Combine(copy, "README");
        Command.Run("cp", ["--archive", "--sparse=always", bundle.Path, copy]);
        Gfs.Run("bundle", "verify", copy);

        File.WriteAllText(added, "");
        Assert.Contains($"{added} is not what the manifest says", Failure(1, "bundle", "verify", copy), StringComparison.Ordinal);
        File.Delete(added);

        string text = File.ReadAllText(readme);
        File.WriteAllText(readme, text.ToUpperInvariant());
        Assert.Contains($"{readme} is not what the manifest says", Failure(1, "bundle", "verify", copy), StringComparison.Ordinal);
        File.Delete(readme);
        Assert.Contains(readme, Failure(1, "bundle", "verify", copy), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_bundle_is_neither_shown_nor_replaced()
    {
        using TempDirectory directory = new();
        File.WriteAllText(directory.File("mine"), "");

        Assert.Contains("is not a bundle", Failure(1, "bundle", "show", directory.Path), StringComparison.Ordinal);
        Assert.Contains("so it is not replaced", Failure(5, "bundle", "build", "-o", directory.Path), StringComparison.Ordinal);
        Assert.True(File.Exists(directory.File("mine")));
    }

    private const string LoadingProgram = """
        #include <dlfcn.h>
        #include <stdio.h>
        #include <string.h>

        // load DIRECTORY/ IMAGE LIBRARY...
        int main(int count, char **arguments)
        {
          char path[4096], *programs;
          void *library = NULL;
          for (int i = 3; i < count; i++) {
            snprintf(path, sizeof path, "%slib/%s", arguments[1], arguments[i]);
            library = dlopen(path, RTLD_LAZY | RTLD_LOCAL);
            if (!library)
              return fprintf(stderr, "%s\n", dlerror()), 1;
            if ((programs = dlsym(library, "gfs_bundle_programs")) && !*programs)
              strcat(strcpy(programs, arguments[1]), "bin/");
          }
          void *(*create)(void) = (void *(*)(void))dlsym(library, "guestfs_create");
          char *(*format)(void *, const char *) = (char *(*)(void *, const char *))dlsym(library, "guestfs_disk_format");
          char *found = format(create(), arguments[2]);
          return found ? puts(found) < 0 : 1;
        }
        """;

    private const string StandInProgram = """
        #include <dlfcn.h>
        #include <stdio.h>

        // stand-ins DIRECTORY/ LIBRARY...: an encoding that libxml2 knows itself is read, and one that it would ask ICU for is refused.
        int main(int count, char **arguments)
        {
          static const char known[] = "<?xml version='1.0' encoding='ISO-8859-1'?><a>caf\xe9</a>",
            foreign[] = "<?xml version='1.0' encoding='windows-1251'?><a>\xe9</a>";
          void *library = NULL;
          char path[4096];
          for (int i = 2; i < count; i++) {
            snprintf(path, sizeof path, "%slib/%s", arguments[1], arguments[i]);
            void *opened = dlopen(path, RTLD_LAZY | RTLD_LOCAL);
            if (!opened)
              return fprintf(stderr, "%s\n", dlerror()), 1;
            if (dlsym(opened, "xmlReadMemory"))
              library = opened;
          }
          void *(*read)(const char *, int, const char *, const char *, int) =
            (void *(*)(const char *, int, const char *, const char *, int))dlsym(library, "xmlReadMemory");
          void *(*root)(void *) = (void *(*)(void *))dlsym(library, "xmlDocGetRootElement");
          char *(*content)(void *) = (char *(*)(void *))dlsym(library, "xmlNodeGetContent");
          read(foreign, sizeof foreign - 1, NULL, NULL, 1 << 5 | 1 << 6);
          return puts(content(root(read(known, sizeof known - 1, NULL, NULL, 0)))) < 0;
        }
        """;

    private static string Failure(int exitCode, params string[] arguments)
    {
        CommandResult result = Gfs.TryRun(arguments);
        Assert.Equal(exitCode, result.ExitCode);
        return result.Error;
    }

    private IEnumerable<string> Files(string part) =>
        Directory.EnumerateFiles(Path.Combine(bundle.Path, part), "*", SearchOption.AllDirectories);

    private static IEnumerable<string> NeededBy(string file) =>
        NeededName().Matches(Command.Run("readelf", ["-dW", file])).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"\(NEEDED\).*\[(.+)\]")]
    private static partial Regex NeededName();

    [GeneratedRegex(@"Name: GLIBC_(\d+\.\d+)")]
    private static partial Regex GlibcVersion();
}
