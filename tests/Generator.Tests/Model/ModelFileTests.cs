// The model file itself: how it is read, refused, written and restricted.
using Guestfs.Generator.Model;
using Guestfs.Generator.Tests.Import;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Generator.Tests.Model;

public class ModelFileTests
{
    private static readonly string ModelFile = Repository.File("src", "Interop", "Model", "guestfs-api.json");

    [Fact]
    public void The_checked_in_model_is_written_as_it_was_read() =>
        Assert.Equal(File.ReadAllText(ModelFile), ApiModel.Load(ModelFile).ToJson());

    [Theory]
    [InlineData("\"kind\": \"bool\"", "\"kind\": \"boolean\"", "functions[0].options[0].kind")]
    [InlineData("\"subkind\": \"key\"", "\"subkind\": \"secret\"", "functions[0].arguments[1].subkind")]
    [InlineData("\"kind\": \"buffer\"", "\"kind\": \"blob\"", "structs[0].fields[2].kind")]
    [InlineData("\"state\": \"ready\"", "\"state\": 2", "functions[0].state")]
    [InlineData("\"blocking\": true", "\"blocks\": true", "blocks")]
    [InlineData("\"struct\": \"thing\"", "\"struct\": \"thong\"", "unknown struct thong")]
    [InlineData("\"since\": \"1.9.1\"", "\"since\": \"1.9\"", "'1.9' is not a version")]
    [InlineData("\"kind\": \"buffer\"", "\"kind\": \"buffer\", \"since\": \"1.9.2\"", "'formerName' and 'since' belong together")]
    public void What_is_not_in_the_closed_sets_is_refused(string old, string with, string message)
    {
        ModelException e = Assert.Throws<ModelException>(() => Load(SmallUpstream.Replace(new SmallUpstream().Model, old, with)));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Versions_are_compared_as_numbers()
    {
        string[] ordered = ["0.0.3", "1.0.38", "1.9.5", "1.10.0", "1.48.6", "1.49.1", "1.50.0"];
        Assert.Equal(ordered, ordered.Reverse().Select(ApiVersion.Parse).Order().Select(v => v.ToString()));
    }

    [Fact]
    public void A_restricted_model_has_only_what_the_version_had()
    {
        ApiModel model = ApiModel.Load(ModelFile);
        ApiModel old = model.RestrictTo("1.48.6");
        Assert.Equal("1.48.6", old.Upstream);
        Assert.Same(model, model.RestrictTo(model.Upstream));

        // Facts of upstream's history, one of each sort that the model records.
        Assert.DoesNotContain(old.Functions, f => f.Name == "clevis_luks_unlock");
        Assert.DoesNotContain(old.Features, f => f.Name == "clevisluks");
        Assert.DoesNotContain(Function(old, "tar_in").Options, o => o.Name == "keepdirlink");
        Assert.Null(Function(old, "btrfs_fsck").Deprecated);
        Assert.Equal("gdisk", Function(old, "part_get_gpt_type").Feature);
        Assert.True(Function(old, "readdir") is { ProtocolLimit: true, Progress: false, Cancellable: false });
        Assert.Contains(old.Structs.Single(s => s.Name == "application2").Fields, f => f.Name == "app2_spare1");

        ApiModel between = model.RestrictTo("1.56.2");
        Assert.Null(Function(between, "part_get_gpt_type").Feature);
        Assert.DoesNotContain(between.Functions, f => f.Name == "ntfs_chmod");
        Assert.Contains(Function(between, "e2fsck").Options, o => o.Name == "forceno");
        Assert.Equal("btrfs_scrub_full", Function(between, "btrfs_fsck").Deprecated?.By);

        static ApiFunction Function(ApiModel model, string name) => model.Functions.Single(f => f.Name == name);
    }

    private static ApiModel Load(string json)
    {
        using TempDirectory directory = new();
        File.WriteAllText(directory.File("model.json"), json);
        return ApiModel.Load(directory.File("model.json"));
    }
}
