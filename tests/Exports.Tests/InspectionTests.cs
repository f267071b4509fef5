// Inspection by a C program. dpkg-query judges the packages, cryptsetup the encrypted device, and .NET's reader the document.
using System.Text.Json;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Exports.Tests;

public sealed class InspectionTests
{
    [Fact]
    public void A_C_program_inspects_a_guest_with_keys_and_snapshots()
    {
        Command.Require("cryptsetup", "dpkg-query");
        using TempDirectory directory = new();
        string encrypted = directory.File("encrypted");
        using (FileStream file = File.Create(encrypted))
        {
            file.SetLength(20 << 20);
        }

        LuksImage.FormatQuickly(encrypted, "opened-by-c", version: 1);
        Directory.CreateDirectory(directory.File("dpkg"));
        string packages = directory.File("dpkg/status"), document = directory.File("document");
        File.Copy("/var/lib/dpkg/status", packages);

        string listed = new CProgram("inspect", PublishedLibrary.Product).Run(encrypted, packages, document);

        string[] judged = Command.Run(
            "dpkg-query", $"--admindir={directory.File("dpkg")}", "-W", "-f", "${db:Status-Status} ${Package} ${Version} ${Architecture}\n")
            .Split('\n').Where(line => line.StartsWith("installed ", StringComparison.Ordinal)).Select(line => line["installed ".Length..])
            .ToArray();
        Assert.NotEmpty(judged);
        Assert.Equal(
            judged.Order(StringComparer.Ordinal),
            listed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));

        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(document));
        JsonElement system = Assert.Single(json.RootElement.GetProperty("systems").EnumerateArray());
        Assert.Equal("Debian of C", system.GetProperty("prettyName").GetString());
        Assert.Equal("btrfsvol:/dev/sda/@old", Assert.Single(system.GetProperty("snapshots").EnumerateArray()).GetString());
        JsonElement problem = Assert.Single(system.GetProperty("problems").EnumerateArray());
        Assert.Equal(("/etc/fstab", 2), (problem.GetProperty("path").GetString(), problem.GetProperty("line").GetInt32()));
        JsonElement device = Assert.Single(json.RootElement.GetProperty("encryptedDevices").EnumerateArray());
        Assert.Equal("/dev/sdb", device.GetProperty("device").GetString());
        Assert.Equal(Command.Run("cryptsetup", "luksUUID", encrypted).Trim(), device.GetProperty("uuid").GetString());
        Assert.StartsWith("/dev/mapper/", device.GetProperty("mapping").GetString(), StringComparison.Ordinal);
    }
}
