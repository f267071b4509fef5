using Guestfs.Cli.Output;

namespace Guestfs.Cli.Making;

/// <summary>A disk image that is made: under another name beside its own, which it gets when it is whole.</summary>
internal sealed class NewImage : IDisposable
{
    private readonly string target;
    private readonly bool replaces;

    /// <summary>One that is to be made.</summary>
    /// <param name="target">Its name.</param>
    /// <param name="format">raw or qcow2; null for what the end of its name says.</param>
    /// <param name="replaces">Whether it takes the place of a file of that name.</param>
    /// <param name="like">The format of what it is a copy of, which it has where nothing else is said.</param>
    internal NewImage(string target, string? format, bool replaces, string like = "raw")
    {
        this.target = ProcessInput.FullPath(target);
        this.replaces = replaces;
        Format = format ?? (Path.GetExtension(target) == ".qcow2" || like != "raw" ? "qcow2" : "raw");
        if (!HostOutput.IsReplaceable(this.target) || (!replaces && Path.Exists(this.target)))
        {
            throw new UsageException(replaces
                ? $"{target} is no regular file: nothing takes its place."
                : $"{target} is there already: --force replaces it.");
        }

        string folder = Path.GetDirectoryName(this.target)!;
        if (!Directory.Exists(folder))
        {
            throw new UsageException($"{folder}, where {Path.GetFileName(target)} is to be, is no directory.");
        }

        Name = HostOutput.NameBeside(this.target);
    }

    internal string Format { get; }

    /// <summary>The name that it has until it is whole.</summary>
    internal string Name { get; }

    /// <summary>Makes it, with nothing in it.</summary>
    /// <param name="size">Of the disk, in bytes.</param>
    internal void Create(long size)
    {
        File.Delete(Name);
        if (Format == "raw")
        {
            using FileStream file = new(Name, FileMode.CreateNew, FileAccess.Write);
            file.SetLength(size);
            return;
        }

        using GuestfsHandle g = new();
        g.DiskCreate(Name, Format, size);
    }

    /// <summary>Gives it its name.</summary>
    internal void Finish()
    {
        using (FileStream file = new(Name, FileMode.Open, FileAccess.ReadWrite))
        {
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(Name, target, replaces);
        }
        catch (IOException) when (!replaces && Path.Exists(target))
        {
            throw new IOException($"{target} is there since a moment ago, and was not replaced.");
        }
    }

    public void Dispose() => File.Delete(Name);
}
