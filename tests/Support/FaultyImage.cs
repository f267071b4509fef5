// Disk images that qemu refuses, each for another reason. qemu-img makes them; it, or the kernel, has to refuse them too.
namespace Guestfs.TestSupport;

/// <summary>An image that cannot be used.</summary>
/// <param name="File">The image.</param>
/// <param name="Format">The format to name when it is added; null to name none.</param>
/// <param name="Culprit">Which of its files is at fault.</param>
public sealed record FaultyImage(string File, string? Format, string Culprit)
{
    /// <summary>Each kind, and the name of what is wrong with it: a DiskProblem.</summary>
    public static IReadOnlyDictionary<string, string> Kinds { get; } = new Dictionary<string, string>
    {
        ["backing file gone"] = "Missing",
        ["directory of the backing file gone"] = "Missing",
        ["link that leads nowhere"] = "Missing",
        ["data file gone"] = "Missing",
        ["directory as backing file"] = "NotAFile",
        ["other format than named"] = "WrongFormat",
        ["backing file of other format than named"] = "WrongFormat",
        ["encrypted qcow2"] = "Encrypted",
        ["encrypted backing file"] = "Encrypted",
        ["LUKS"] = "Encrypted",
        ["cut header"] = "Corrupt",
        ["table too large"] = "Corrupt",
        ["newer version"] = "NewerVersion",
        ["unknown feature"] = "NewerVersion",
    };

    /// <summary>Makes one.</summary>
    /// <param name="directory">Where.</param>
    /// <param name="kind">A key of <see cref="Kinds"/>.</param>
    public static FaultyImage Make(TempDirectory directory, string kind)
    {
        ArgumentNullException.ThrowIfNull(directory);
        Command.Require("qemu-img");
        FaultyImage made = Make(directory.File("disk"), directory.File("base"), kind);
        CommandResult judge = Command.TryRun("qemu-img", ["convert", .. made.Format is { } format ? ["-f", format] : Array.Empty<string>(),
            "-O", "raw", made.File, directory.File("copy")]);
        return judge.ExitCode != 0 ? made : throw new InvalidOperationException($"qemu-img uses the image: {kind}");
    }

    /// <summary>Makes two images that are each other's backing file.</summary>
    public static FaultyImage MakeLoop(TempDirectory directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        string disk = directory.File("disk"), other = directory.File("base");
        Create(other, "qcow2");
        Overlay(disk, other, "qcow2");
        Command.Run("qemu-img", "rebase", "-u", "-f", "qcow2", "-b", disk, "-F", "qcow2", other);
        return new FaultyImage(disk, "qcow2", disk);
    }

    private static FaultyImage Make(string disk, string lower, string kind)
    {
        switch (kind)
        {
            case "backing file gone":
                Create(lower, "raw");
                Overlay(disk, lower, "raw");
                System.IO.File.Delete(lower);
                return new FaultyImage(disk, "qcow2", lower);
            case "directory of the backing file gone":
                Directory.CreateDirectory(lower);
                Create($"{lower}/image", "raw");
                Overlay(disk, $"{lower}/image", "raw");
                Directory.Delete(lower, recursive: true);
                return new FaultyImage(disk, null, $"{lower}/image");
            case "link that leads nowhere":
                Create(lower, "raw");
                Overlay(disk, lower, "raw");
                System.IO.File.Delete(lower);
                System.IO.File.CreateSymbolicLink(lower, "elsewhere");
                return new FaultyImage(disk, "qcow2", lower);
            case "data file gone":
                Create(disk, "qcow2", "-o", $"data_file={lower}");
                System.IO.File.Delete(lower);
                return new FaultyImage(disk, "qcow2", lower);
            case "directory as backing file":
                Create(lower, "raw");
                Overlay(disk, lower, "raw");
                System.IO.File.Delete(lower);
                Directory.CreateDirectory(lower);
                return new FaultyImage(disk, "qcow2", lower);
            case "other format than named":
                Create(disk, "vmdk");
                return new FaultyImage(disk, "qcow2", disk);
            case "backing file of other format than named":
                Create(lower, "raw");
                Overlay(disk, lower, "raw");
                Command.Run("qemu-img", "rebase", "-u", "-f", "qcow2", "-b", lower, "-F", "vdi", disk);
                return new FaultyImage(disk, null, lower);
            case "encrypted qcow2":
                Encrypt(disk);
                return new FaultyImage(disk, "qcow2", disk);
            case "encrypted backing file":
                Encrypt(lower);
                Create(disk, "qcow2");
                Command.Run("qemu-img", "rebase", "-u", "-f", "qcow2", "-b", lower, "-F", "qcow2", disk);
                return new FaultyImage(disk, "qcow2", lower);
            case "LUKS":
                System.IO.File.WriteAllText(lower, "key");
                // qemu-img would measure how many rounds the processor can do, which fails where that is busy.
                Create(disk, "raw");
                Command.Require("cryptsetup");
                Command.Run("cryptsetup", "luksFormat", "-q", "--type", "luks1", "--pbkdf-force-iterations", "1000", disk, lower);
                return new FaultyImage(disk, null, disk);
            case "cut header":
                Create(disk, "qcow2");
                using (FileStream file = System.IO.File.OpenWrite(disk))
                {
                    file.SetLength(60);
                }

                return new FaultyImage(disk, "qcow2", disk);
            case "table too large":
                return Patched(disk, 36, 0xFF);
            case "newer version":
                return Patched(disk, 7, 9);
            case "unknown feature":
                return Patched(disk, 72, 0x80);
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "unknown");
        }
    }

    private static void Encrypt(string image) =>
        Create(image, "qcow2", "--object", "secret,id=s,data=abc", "-o", "encrypt.format=aes,encrypt.key-secret=s");

    private static void Create(string image, string format, params string[] options) =>
        Command.Run("qemu-img", ["create", "-q", "-f", format, .. options, image, "3M"]);

    private static void Overlay(string image, string lower, string format) =>
        Command.Run("qemu-img", "create", "-q", "-f", "qcow2", "-b", lower, "-F", format, image);

    private static FaultyImage Patched(string image, int offset, byte value)
    {
        Create(image, "qcow2");
        using FileStream file = System.IO.File.OpenWrite(image);
        file.Position = offset;
        file.WriteByte(value);
        return new FaultyImage(image, "qcow2", image);
    }
}
