// nm judges the imports: each exists in the installed library or is newer than it, and each export is bound or left out on purpose.
using System.Text.RegularExpressions;

using Guestfs.Generator.Model;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Interop.Tests;

public sealed class SymbolTests
{
    // Exports that the bindings leave out, and why.
    private static readonly (string Pattern, string Reason)[] LeftOut =
    [
        ("^guestfs_.*_va$", "takes a va_list; the _argv form is bound"),
        ("^guestfs_internal_(?!test)", "private to upstream's own programs"),
        ("^guestfs_(compare|copy|free)_internal_", "for structures private to upstream's own programs"),
        ("^guestfs_int_", "private to upstream's own programs"),
    ];

    [Fact]
    public void Every_import_is_in_the_installed_library_or_newer_than_it()
    {
        HashSet<string> exports = Exports();
        Dictionary<string, ApiFunction> functions = Model().Functions.ToDictionary(f => f.Symbol, StringComparer.Ordinal);
        ApiVersion installed = InstalledVersion();

        List<string> missing = [.. RawLayer.Imports.Where(i => !exports.Contains(i))];
        List<string> unexplained =
        [
            .. missing.Where(i => !(functions.TryGetValue(i, out ApiFunction? f) && ApiVersion.Parse(f.Since).CompareTo(installed) > 0)),
        ];

        Assert.True(unexplained.Count == 0, $"not in {InstalledLibrary.File} {installed}, and not newer: {string.Join(", ", unexplained)}");
    }

    [Fact]
    public void Every_export_is_bound_or_left_out_for_a_reason()
    {
        HashSet<string> bound = [.. RawLayer.Imports];
        List<string> variadic = [.. bound.Where(i => i.EndsWith("_argv", StringComparison.Ordinal)).Select(i => i[..^"_argv".Length])];

        List<string> forgotten = [.. Exports()
            .Where(e => e.StartsWith("guestfs_", StringComparison.Ordinal) && !bound.Contains(e))
            .Where(e => !variadic.Contains(e)) // variadic in C; the _argv form is bound
            .Where(e => !LeftOut.Any(l => Regex.IsMatch(e, l.Pattern)))];

        Assert.True(forgotten.Count == 0, $"exported but not bound: {string.Join(", ", forgotten)}");
    }

    [Fact]
    public void Every_function_of_the_model_is_imported() =>
        Assert.Empty(Model().Functions.Select(f => f.Symbol).Except(RawLayer.Imports));

    private static ApiModel Model() => ApiModel.Load(Repository.File("src", "Interop", "Model", "guestfs-api.json"));

    private static HashSet<string> Exports() => ExportedSymbols.Of(InstalledLibrary.File);

    private static unsafe ApiVersion InstalledVersion()
    {
        guestfs_h* handle = LibGuestfs.guestfs_create_flags(LibGuestfs.GUESTFS_CREATE_NO_ENVIRONMENT);
        guestfs_version* version = LibGuestfs.guestfs_version(handle);
        ApiVersion result = ApiVersion.Parse($"{version->major}.{version->minor}.{version->release}");
        LibGuestfs.guestfs_free_version(version);
        LibGuestfs.guestfs_close(handle);
        return result;
    }
}
