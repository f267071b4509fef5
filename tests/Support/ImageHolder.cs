// A program that has an image open for writing, and lets others write to it as far as its format does: a raw one.
using System.Diagnostics;

namespace Guestfs.TestSupport;

/// <summary>qemu-io, with an image.</summary>
public sealed class ImageHolder : IDisposable
{
    private readonly Process process;

    /// <summary>Opens an image.</summary>
    public ImageHolder(string file, string format)
    {
        Command.Require("qemu-io");
        ProcessStartInfo start = new(Command.Find("qemu-io")!, ["-f", format, file])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        process = Process.Start(start)!;

        // It answers when it has the image.
        process.StandardInput.WriteLine("length");
        while (process.StandardOutput.ReadLine()?.Contains("MiB", StringComparison.Ordinal) == false)
        {
        }
    }

    /// <summary>The number of the process.</summary>
    public int Id => process.Id;

    /// <inheritdoc/>
    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }
}
