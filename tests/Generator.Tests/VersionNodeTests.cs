// A second release: the linker and nm judge its version script.
using Guestfs.Generator.Emit.C;
using Guestfs.Generator.Emit.Exports;
using Guestfs.Generator.Model;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Generator.Tests;

public sealed class VersionNodeTests
{
    private static readonly FacadeAbi Abi = FacadeAbi.Load(Repository.File("src", "Facade", "Exports", "abi.json"));
    private static readonly ApiModel Model = ApiModel.Load(Repository.File("src", "Interop", "Model", "guestfs-api.json"));
    private static readonly ApiDocs Docs = ApiDocs.Load(Repository.File("src", "Interop", "Model", "docs"), Model);
    private static readonly string[] Record = File.ReadAllLines(Repository.File("native", "abi", "exports.txt"));

    [Fact]
    public void A_function_that_is_new_in_a_release_is_in_a_node_of_its_own_after_those_that_were_there()
    {
        Command.Require("gcc", "nm", "readelf");
        // As if gfs_zerofree came with 0.2.
        ExportHistory history = new([.. Record.Where(line => !line.StartsWith("gfs_zerofree ", StringComparison.Ordinal))], "0.2.0");
        Dictionary<string, string> files = new ExportListEmitter(Model, Docs, Abi, history).Emit()
            .ToDictionary(f => f.File, f => f.Content);
        Assert.Equal(
            history.Functions.Append("gfs_zerofree"), files["exports.txt"].TrimEnd().Split('\n').Select(line => line.Split(' ')[0]));
        Assert.EndsWith("\ngfs_zerofree 0.2\n", files["exports.txt"], StringComparison.Ordinal);

        using TempDirectory directory = new();
        File.WriteAllText(directory.File("symbols.map"), files["symbols.map"]);
        File.WriteAllText(directory.File("library.c"), "void gfs_free(void) { }\nvoid gfs_zerofree(void) { }\nvoid gfs_other(void) { }\n");
        Command.Run("gcc", "-shared", "-fPIC", "-o", directory.File("library.so"), directory.File("library.c"), "-Wl,--version-script="
            + directory.File("symbols.map"));
        Assert.Equal(
            ["GFS_0.1", "GFS_0.2", "gfs_free@@GFS_0.1", "gfs_zerofree@@GFS_0.2"],
            Command.Run("nm", "-D", "--defined-only", "--with-symbol-versions", directory.File("library.so"))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split(' ')[^1])
                .Select(s => s.StartsWith("GFS_", StringComparison.Ordinal) ? s.Split('@')[0] : s)
                .Order(StringComparer.Ordinal));
        Assert.Matches(@"Name: GFS_0\.2\s+0x\w+: Parent 1: GFS_0\.1", Command.Run("readelf", "-VW", directory.File("library.so")));

        string header = Assert.Single(new CHeaderEmitter(Model, Docs, Abi, history).Emit()).Content;
        Assert.Matches(@"@since 0\.2\n \*/\n[A-Z_ ]*gfs_status gfs_zerofree\(", header);
        Assert.Matches(@"@since 0\.1\n \*/\n[A-Z_ ]*gfs_status gfs_zero\(", header);
        Assert.Contains("#define GFS_VERSION_MINOR 2\n", header, StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_that_is_gone_and_one_that_is_older_than_abi_json_says_are_refused()
    {
        ExportHistory more = new([.. Record, "gfs_gone 0.1"], "0.2.0"),
            other = new([.. Record.Select(line => line == "gfs_cancel 0.1" ? "gfs_cancel 0.0" : line)], "0.2.0");
        Assert.Contains(
            "gfs_gone",
            Assert.Throws<ModelException>(() => new ExportListEmitter(Model, Docs, Abi, more).Emit().ToList()).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "gfs_cancel",
            Assert.Throws<ModelException>(() => new ExportListEmitter(Model, Docs, Abi, other).Emit().ToList()).Message,
            StringComparison.Ordinal);
    }
}
