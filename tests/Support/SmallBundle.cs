// What looks like a bundle to those who pass one on: written by hand, for the real one takes half a minute to pack. No process can load it.
using System.Security.Cryptography;
using System.Text;

namespace Guestfs.TestSupport;

/// <summary>A bundle of a few files, one with holes, and one with a long name.</summary>
public static class SmallBundle
{
    /// <summary>The glibc that it asks for, which no host has.</summary>
    public const string Glibc = "2.999";

    /// <summary>The length of its appliance's root, which ends with a hole.</summary>
    public const long RootLength = 9 << 20;

    /// <summary>Makes it.</summary>
    /// <param name="directory">A new directory.</param>
    /// <param name="processor">What it says that it is for.</param>
    public static void Make(string directory, string processor = "x86_64")
    {
        string longName = $"licences/{new string('n', 120)}/copyright";
        Dictionary<string, string> files = new()
        {
            ["load"] = $"guestfs-bundle 1\nprocessor {processor}\nglibc {Glibc}\nlibrary gfsguestfs.so.0\n",
            ["README"] = "",
            ["bin/qemu-img"] = "starter",
            ["libexec/qemu-img"] = "program",
            ["loader/ld.so"] = "loader",
            ["loader/libc.so.6"] = "libc",
            ["lib/gfsguestfs.so.0"] = "libguestfs",
            ["lib/gfsssl.so.3"] = "libssl",
            ["licences/libstdc++6/copyright"] = "+",
            [longName] = "long",
        };
        foreach ((string name, string text) in files)
        {
            string path = Path.Combine(directory, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        string root = Path.Combine(directory, "appliance", "root");
        Directory.CreateDirectory(Path.GetDirectoryName(root)!);
        using (FileStream file = File.Create(root))
        {
            file.SetLength(RootLength);
            file.Position = 1 << 20;
            file.Write(RandomNumberGenerator.GetBytes(100_000));
            file.Position = 5 << 20;
            file.Write(Encoding.ASCII.GetBytes("data"));
        }

        string listed = string.Join(",\n", files.Keys.Append("appliance/root").Order(StringComparer.Ordinal).Select(name =>
        {
            byte[] bytes = File.ReadAllBytes(Path.Combine(directory, name));
            return $$"""{"name": "{{name}}", "size": {{bytes.Length}}, "sha256": "{{Convert.ToHexStringLower(SHA256.HashData(bytes))}}"}""";
        }));
        string manifest = $$"""
            {"format": 1, "builder": "0", "architecture": "{{processor}}", "libguestfs": "1:1.2.3-4", "qemu": "1", "kernel": "1",
            "glibc": "{{Glibc}}", "packages": [], "files": [
            {{listed}}]}
            """;
        File.WriteAllText(Path.Combine(directory, "manifest.json"), manifest);
        byte[] id = SHA256.HashData(Encoding.UTF8.GetBytes(manifest))[..16];
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        File.WriteAllText(
            Path.Combine(directory, "sbom.cdx.json"), $$"""{"serialNumber": "urn:uuid:{{new Guid(id, bigEndian: true):D}}"}""");
        Command.Run("chmod", "a+x", $"{directory}/bin/qemu-img", $"{directory}/libexec/qemu-img", $"{directory}/loader/ld.so");
    }
}
