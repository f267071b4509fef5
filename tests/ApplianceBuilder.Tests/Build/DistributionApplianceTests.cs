// The appliance of this machine's packages: what is in it, judged by the host's files and by other programs.
using System.Text.Json;

using Guestfs.Appliances.Skeletons;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Build;

public sealed class DistributionApplianceTests(DistributionAppliance appliance) : IClassFixture<DistributionAppliance>
{
    [Fact]
    public void It_has_the_files_by_which_libguestfs_knows_it_and_their_digests()
    {
        Assert.Equal("README.fixed\ninitrd\nkernel\nmanifest.json\nroot\nsbom.cdx.json\n",
            Command.TryRun("ls", [appliance.Directory], new Dictionary<string, string?> { ["LC_ALL"] = "C" }).Output);
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllBytes(appliance.File("manifest.json")));
        JsonElement[] outputs = [.. manifest.RootElement.GetProperty("outputs").EnumerateArray()];
        Assert.Equal(["README.fixed", "initrd", "kernel", "root"], outputs.Select(output => output.GetProperty("name").GetString()));
        Assert.All(outputs, output => Assert.Equal(
            Sha256(appliance.File(output.GetProperty("name").GetString()!)), output.GetProperty("sha256").GetString()));
        Assert.All(outputs, output => Assert.Equal(
            new FileInfo(appliance.File(output.GetProperty("name").GetString()!)).Length, output.GetProperty("size").GetInt64()));
        foreach (JsonElement input in manifest.RootElement.GetProperty("inputs").EnumerateArray())
        {
            Assert.Equal(Sha256(input.GetProperty("name").GetString()!), input.GetProperty("sha256").GetString());
        }

        Assert.Contains(
            $"UUID=\"{manifest.RootElement.GetProperty("rootUuid").GetString()}\"",
            Command.Run("blkid", "-p", appliance.File("root")),
            StringComparison.Ordinal);
        Gfs.Verify(appliance.Directory);
    }

    [Fact]
    public void The_manifest_has_the_versions_that_dpkg_has()
    {
        Command.Require("dpkg-query");
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllBytes(appliance.File("manifest.json")));
        HashSet<string> installed = [.. Command.Run("dpkg-query", "-W", "-f", "${Package} ${Version} ${Architecture}\\n").Split('\n')];
        JsonElement[] packages = [.. manifest.RootElement.GetProperty("packages").EnumerateArray()];
        Assert.True(packages.Length > 50);
        Assert.All(packages, package => Assert.Contains(
            $"{package.GetProperty("name")} {package.GetProperty("version")} {package.GetProperty("architecture")}", installed));
    }

    [Fact]
    public void The_bill_of_materials_has_the_shape_that_CycloneDX_wants()
    {
        const string Script = """
            import json, re, sys
            from urllib.parse import unquote
            bom, manifest = (json.load(open(name, encoding='utf-8')) for name in sys.argv[1:])
            assert bom['bomFormat'] == 'CycloneDX' and bom['specVersion'] == '1.5' and bom['version'] == 1
            assert re.fullmatch(r'urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}', bom['serialNumber'])
            assert bom['metadata']['component']['type'] == 'operating-system' and bom['metadata']['component']['name']
            kinds = {'library': [], 'file': []}
            refs = set()
            for c in bom['components']:
                assert c['name'], c
                kinds[c['type']].append(c)
                for h in c['hashes']:
                    assert h['alg'] == 'SHA-256' and re.fullmatch('[0-9a-f]{64}', h['content']), c
                if 'bom-ref' in c:
                    assert c['bom-ref'] not in refs
                    refs.add(c['bom-ref'])
            assert len(kinds['library']) == len(manifest['packages'])
            for c, p in zip(kinds['library'], manifest['packages']):
                m = re.fullmatch(r'pkg:deb/([a-z]+)/([^@/?]+)@([^@/?]+)\?arch=([a-z0-9]+)', c['purl'])
                assert m, c['purl']
                named = (unquote(m[2]), unquote(m[3]), m[4])
                assert named == (p['name'], p['version'], p['architecture']) == (c['name'], c['version'], m[4]), c
            assert len(kinds['file']) == len(manifest['inputs']) + len(manifest['outputs'])
            print('good')
            """;
        Assert.Equal("good\n", Command.Run("python3", "-c", Script, appliance.File("sbom.cdx.json"), appliance.File("manifest.json")));
    }

    [Fact]
    public void Every_file_of_the_root_is_as_its_source()
    {
        Dictionary<string, TreeFile> root = FileTree.ReadImage(appliance.File("root"));
        using TempDirectory archives = new();
        string skeleton = SkeletonLocator.Find("/", new KernelOptions().Cpu);
        foreach (string archive in Directory.GetFiles(skeleton, "*.tar.gz").Order(StringComparer.Ordinal))
        {
            Command.Run("tar", "-C", archives.Path, "--numeric-owner", "-xpf", archive);
        }

        Dictionary<string, TreeFile> archived = FileTree.Read(archives.Path);
        Dictionary<string, string> diverted = Command.Run("dpkg-divert", "--list").Split('\n').Select(line => line.Split(' '))
            .Where(words => words is [_, "of", _, "to", ..] && words[^1] is not ("libc6" or ""))
            .DistinctBy(words => words[2])
            .ToDictionary(words => words[2], words => words[4]);
        Dictionary<string, TreeFile> host = FileTree.Read("/", root.Keys.Concat(diverted.Values));
        Dictionary<string, string> nameOfInode = [];
        int compared = 0;
        foreach (TreeFile file in root.Values)
        {
            // The kernel's modules lie where the kernel's version says; directories of no package are made.
            TreeFile? source = archived.GetValueOrDefault(file.Path) ?? host.GetValueOrDefault(file.Path);
            Assert.True(source is not null, file.Path);
            if (source.Digest != file.Digest && diverted.TryGetValue(file.Path, out string? other))
            {
                source = host[other];
            }

            if (file.Type == "0o40000" && !archived.ContainsKey(file.Path))
            {
                Assert.Equal((file.Path, source.Type), (file.Path, file.Type));
                continue;
            }

            // The archives' directories are the last word; those of the host that a package has keep the host's permissions.
            Assert.Equal((file.Path, source.Type, source.Mode, source.Owner, source.Target, source.Digest, source.Xattrs),
                (file.Path, file.Type, file.Mode, file.Owner, file.Target, file.Digest, file.Xattrs));
            compared++;

            // Names of one file here are names of one file there.
            if (file.Type == "0o100000" && !archived.ContainsKey(file.Path))
            {
                Assert.Equal(source.Inode, nameOfInode.GetValueOrDefault(file.Inode, source.Inode));
                nameOfInode[file.Inode] = source.Inode;
            }
        }

        Assert.True(compared > 3000, $"Only {compared} files were compared.");

        // And the other way: of names of one file, all that are here are one.
        Assert.Equal(nameOfInode.Count, nameOfInode.Values.Distinct().Count());
    }

    [Fact]
    public void The_same_inputs_give_the_same_bytes_wherever_and_whenever()
    {
        using TempDirectory directory = new();
        string script =
            $"umask 077; exec {string.Join(' ', Gfs.CommandLine.Select(word => $"'{word}'"))} appliance build --profile stock -o "
            + "other/place";
        Directory.CreateDirectory(directory.File("other"));
        Dictionary<string, string?> environment = new()
        {
            ["TZ"] = "Pacific/Chatham", ["LC_ALL"] = "tr_TR.UTF-8", ["LANG"] = "tr_TR.UTF-8", ["HOME"] = directory.Path,
            ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "0", ["XDG_CACHE_HOME"] = null,
        };
        CommandResult result = Command.TryRun("sh", ["-c", script], environment, directory.Path);
        Assert.True(result.ExitCode == 0, result.Error);
        foreach (string name in Directory.GetFiles(appliance.Directory).Select(path => Path.GetFileName(path)!))
        {
            Command.Run("cmp", appliance.File(name), directory.File("other/place/" + name));
        }
    }

    private static string Sha256(string path) => Command.Run("sha256sum", path)[..64];
}
