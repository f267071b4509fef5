// An image that a program has open for writing, and a qemu-img in whose help libguestfs does not find the option that makes it
// overlook that, as in qemu from version 10 on.
namespace Guestfs.TestSupport;

/// <summary>An overlay that another process holds.</summary>
public sealed class LockedImage : IDisposable
{
    private readonly TempDirectory directory = new();
    private readonly ImageHolder holder;

    /// <summary>Makes the image, and opens it.</summary>
    public LockedImage()
    {
        Command.Require("qemu-img", "prlimit");
        Command.Run("qemu-img", "create", "-q", "-f", "raw", directory.File("base"), "3M");
        Command.Run("qemu-img", "create", "-q", "-f", "qcow2", "-b", directory.File("base"), "-F", "raw", File, "5M");
        holder = new ImageHolder(File, "qcow2");
        Directory.CreateDirectory(directory.File("bin"));
        string program = directory.File("bin/qemu-img");
        System.IO.File.WriteAllText(program,
            "#!/bin/sh\n[ \"$1\" != --help ] || { echo ' info - Display information about the image'; exit; }\n"
            + $"exec {Command.Find("qemu-img")} \"$@\"\n");
        Command.Run("chmod", "0755", program);
    }

    /// <summary>The image: qcow2, of 5 MiB, over another file.</summary>
    public string File => directory.File("overlay.qcow2");

    /// <summary>The number of the process that holds it.</summary>
    public int Holder => holder.Id;

    /// <summary>What makes a program find that qemu-img.</summary>
    public IReadOnlyDictionary<string, string?> SearchPath =>
        new Dictionary<string, string?> { ["PATH"] = $"{directory.File("bin")}:{Environment.GetEnvironmentVariable("PATH")}" };

    /// <inheritdoc/>
    public void Dispose()
    {
        holder.Dispose();
        directory.Dispose();
    }
}
