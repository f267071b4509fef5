// Manifests that were changed by whatever hand: refused, and nothing else.
using System.Text.Json.Nodes;

using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Build;

public sealed class ManifestTests : IDisposable
{
    private readonly FakeHost host = new();

    [Fact]
    public void No_change_of_the_manifest_is_overlooked()
    {
        string output = host.Beside("out"), path = output + "/manifest.json";
        ApplianceBuilder.Build(host.Options, output, cancellationToken: TestContext.Current.CancellationToken).Dispose();
        byte[] original = File.ReadAllBytes(path);
        JsonObject manifest = JsonNode.Parse(original)!.AsObject();
        List<byte[]> changed = [[], "null"u8.ToArray(), "{}"u8.ToArray(), "[]"u8.ToArray(), [.. original, (byte)' ']];
        foreach ((string name, JsonNode? value) in manifest)
        {
            changed.AddRange(With(name, null), With(name, new JsonArray()), With(name, "x"), With(name, new JsonObject()));
            if (value is JsonArray)
            {
                changed.AddRange(With(name, new JsonArray((JsonNode?)null)), With(name, new JsonArray(new JsonObject())), With(
                    name, new JsonArray(new JsonObject { ["name"] = null })));
            }
        }

        changed.Add(With("outputs", new JsonArray(new JsonObject { ["name"] = "../../../etc/passwd", ["size"] = 1, ["sha256"] = "" })));
        Random random = new(20260103);
        for (int i = Soak.Rounds(50, 500); i > 0; i--)
        {
            byte[] bytes = [.. original];
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            changed.Add(bytes);
        }

        foreach (byte[] bytes in changed)
        {
            File.WriteAllBytes(path, bytes);
            ApplianceException exception = Assert.Throws<ApplianceException>(
                () => Appliance.Open(output).Verify(cancellationToken: TestContext.Current.CancellationToken));
            Assert.Equal(ApplianceProblem.Damaged, exception.Problem);
        }

        File.WriteAllBytes(path, original);
        Gfs.Verify(output);

        byte[] With(string name, JsonNode? value)
        {
            JsonObject copy = manifest.DeepClone().AsObject();
            copy[name] = value;
            return System.Text.Encoding.UTF8.GetBytes(copy.ToJsonString());
        }
    }

    public void Dispose() => host.Dispose();
}
