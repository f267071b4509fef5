// The checked-in model against what upstream itself installs: header, OCaml interface and manual of real packages.
using Guestfs.Generator.Import;
using Guestfs.Generator.Model;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Generator.Tests.Import;

public class InstalledUpstreamTests
{
    private static readonly string[] Packages = ["libguestfs-dev", "libguestfs-ocaml-dev"];

    [Fact]
    public void The_installed_library_is_as_the_model_says()
    {
        try
        {
            _ = UpstreamFiles.Read("/");
        }
        catch (ModelException e)
        {
            Command.Missing(e.Message);
        }

        AssertSame("/");
    }

    [Theory]
    [InlineData("trixie")]
    [InlineData("sid")]
    public void A_newer_Debian_is_as_the_model_says(string suite) => AssertSame(UpstreamPackages.Unpack(suite, Packages));

    [Fact]
    public void What_is_written_from_the_upstream_of_the_model_is_the_model()
    {
        string modelFile = Repository.File("src", "Interop", "Model", "guestfs-api.json");
        (ApiModel model, ImportedModel import) = Import(UpstreamPackages.Unpack("sid", Packages));
        Assert.SkipWhen(import.Model.Upstream != model.Upstream, $"sid has {import.Model.Upstream}, the model is of {model.Upstream}.");
        Assert.Equal(File.ReadAllText(modelFile), import.Model.ToJson());
    }

    [Fact]
    public void Features_are_those_the_manual_lists_functions_of()
    {
        ApiModel model = ApiModel.Load(Repository.File("src", "Interop", "Model", "guestfs-api.json"));
        Assert.Equal(
            model.Features.Where(f => !f.Retired).Select(f => f.Name).Order(StringComparer.Ordinal),
            model.Functions.Select(f => f.Feature).OfType<string>().Distinct().Order(StringComparer.Ordinal));
    }

    private static void AssertSame(string root)
    {
        (ApiModel model, ImportedModel import) = Import(root);
        if (ApiVersion.Parse(import.Model.Upstream) > ApiVersion.Parse(model.Upstream))
        {
            AssertGrown(model, import.Model);
            return;
        }

        string[] problems =
        [
            .. ModelDifference.Compare(model.RestrictTo(import.Model.Upstream), import.Model),
            .. import.Undecided,
            .. import.UnusedOverlay.Select(p => $"unused in overlay.json: {p}"),
        ];
        Assert.True(problems.Length == 0, $"libguestfs {import.Model.Upstream} below {root}:\n{string.Join('\n', problems)}");
        Assert.True(import.Model.Functions.Count > 600, "Few functions were read.");
    }

    // An upstream that the model does not know yet may only have added: functions, options at the end, deprecations.
    private static void AssertGrown(ApiModel model, ApiModel newer)
    {
        Dictionary<string, ApiFunction> functions = newer.Functions.ToDictionary(f => f.Name, StringComparer.Ordinal);
        List<string> problems = [];
        foreach (ApiFunction f in model.Functions)
        {
            if (!functions.Remove(f.Name, out ApiFunction? n))
            {
                problems.Add($"{f.Name} is gone");
            }
            else if (f.Returns != n.Returns
                || !f.Arguments.SequenceEqual(n.Arguments)
                || f.Options.Where((o, i) => n.Options.ElementAtOrDefault(i) != o).Any())
            {
                problems.Add($"{f.Name} changed");
            }
        }

        problems.AddRange(functions.Values.Where(f => ApiVersion.Parse(f.Since) <= ApiVersion.Parse(model.Upstream))
            .Select(f => $"{f.Name} is not in the model, but exists since {f.Since}"));
        Assert.True(problems.Count == 0, $"libguestfs {newer.Upstream}:\n{string.Join('\n', problems)}");
    }

    private static (ApiModel Model, ImportedModel Import) Import(string root)
    {
        ApiModel model = ApiModel.Load(Repository.File("src", "Interop", "Model", "guestfs-api.json"));
        Overlay overlay = Overlay.Load(Repository.File("src", "Interop", "Model", "overlay.json"));
        return (model, ModelComposer.Compose(UpstreamFiles.Read(root), overlay, model));
    }
}
