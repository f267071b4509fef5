using System.Globalization;
using System.Text;

using Guestfs.Appliances;
using Guestfs.Cli.Guests;
using Guestfs.Interop;

namespace Guestfs.Cli.Making;

/// <summary>Copies disks with this host's qemu-img, which knows of holes and is faster than any guest.</summary>
internal static class DiskCopy
{
    /// <summary>The format and the size of a disk.</summary>
    internal static (string Format, long Size) Examine(DiskName disk)
    {
        using GuestfsHandle g = new();
        string? format = disk.FindFormat();

        // What cannot be opened is refused with the reason, as by all commands.
        g.AddDrive(disk.File, new AddDriveOptions { Format = format, ReadOnly = true });
        format ??= g.DiskFormat(disk.File);

        // libguestfs has the size of the format that it sees itself.
        return (format, ImageFacts.TryRead(disk.File, format)?.VirtualSize ?? g.DiskVirtualSize(disk.File));
    }

    /// <summary>Refuses a disk that qemu-img would not copy, before much was done for it.</summary>
    /// <exception cref="GuestfsDiskException">It is in use.</exception>
    /// <exception cref="UsageException">It, or a file that it is made of, is what the copy would take the place of.</exception>
    internal static void RefuseImpossible(DiskName disk, string format, string target)
    {
        DiskFinding? finding = DiskExamination.FindForCopy(disk.File, format, out IReadOnlyCollection<(uint, uint, ulong)> files);
        if (HostCalls.Status(target, followLink: true, out statx status) == 0 && files.Contains(new HostStatus(status).Identity))
        {
            throw new UsageException($"{target} is the disk that is copied, or one of its backing files: give the copy another name.");
        }

        if (finding is not null)
        {
            throw finding.ToException("copy");
        }
    }

    /// <summary>Copies a disk to an image that is not there yet.</summary>
    /// <param name="source">The disk.</param>
    /// <param name="sourceFormat">Its format.</param>
    /// <param name="image">The image.</param>
    /// <param name="compress">Whether it is packed.</param>
    /// <param name="bar">Shows how far it is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal static void Run(
        string source, string sourceFormat, NewImage image, bool compress, ProgressBar bar, CancellationToken cancellationToken) => Run(
        [
            "qemu-img", "convert", "-p", "-f", sourceFormat, "-O", image.Format, .. compress ? (string[])["-c"] : [], "--", source,
            image.Name,
        ],
        bar, cancellationToken);

    /// <summary>Copies a part of a disk into a part of an image that has nothing but zeroes there.</summary>
    /// <param name="source">The disk.</param>
    /// <param name="sourceFormat">Its format.</param>
    /// <param name="start">Where the part begins on the disk.</param>
    /// <param name="image">The image.</param>
    /// <param name="target">Where it begins in the image.</param>
    /// <param name="size">How long it is.</param>
    /// <param name="bar">Shows how far it is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal static void Run(
        string source, string sourceFormat, long start, NewImage image, long target, long size, ProgressBar bar,
        CancellationToken cancellationToken) => Run(
        [
            "qemu-img", "convert", "-p", "-n", "--target-is-zero", "--image-opts", "--target-image-opts", "--",
            Part(source, sourceFormat, start, size), Part(image.Name, image.Format, target, size),
        ],
        bar, cancellationToken);

    /// <summary>Writes into an image.</summary>
    internal static void Write(byte[] bytes, NewImage image, long target, ProgressBar bar, CancellationToken cancellationToken)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, bytes);
            Run(
                [
                    "qemu-img", "convert", "-n", "--image-opts", "--target-image-opts", "--", Part(file, "raw", 0, bytes.Length),
                    Part(image.Name, image.Format, target, bytes.Length),
                ],
                bar, cancellationToken);
        }
        finally
        {
            File.Delete(file);
        }
    }

    // A comma in a name is written twice.
    private static string Part(string name, string format, long start, long size)
    {
        string file = name.Replace(",", ",,", StringComparison.Ordinal);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"driver=raw,offset={start},size={size},file.driver={format},file.file.filename={file}");
    }

    private static void Run(string[] command, ProgressBar bar, CancellationToken cancellationToken)
    {
        HostTool.Find("qemu-img");
        List<string> said = [];
        int code = new CommandRunner(ProcessInput.Variable("PATH")).Run(
            command, directory: null, output => Show(output, bar), line => said.Add(line), cancellationToken);
        if (code != 0)
        {
            throw new IOException(string.Join(' ', said.DefaultIfEmpty($"qemu-img ended with {code}.")));
        }
    }

    // Lines such as "    (12.34/100%)", with returns between them.
    private static void Show(Stream output, ProgressBar bar)
    {
        StringBuilder text = new();
        for (int c = output.ReadByte(); c >= 0; c = output.ReadByte())
        {
            if (c is '/' && double.TryParse(text.ToString().Trim(' ', '(', '\r', '\n'), CultureInfo.InvariantCulture, out double percent))
            {
                bar.Show("copying", (long)percent, 100);
            }

            _ = c is '/' or ')' ? text.Clear() : text.Append((char)c);
        }
    }
}
