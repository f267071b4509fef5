// A directory for one test's files, removed with it.
namespace Guestfs.TestSupport;

/// <summary>A fresh directory that is deleted on dispose.</summary>
public sealed class TempDirectory : IDisposable
{
    /// <summary>Its full name.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("guestfs-test-").FullName;

    /// <summary>The full name of a file in it.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>A new disk image in it, of nothing but a hole.</summary>
    public string Disk(string name, int megabytes)
    {
        string path = File(name + ".img");
        using FileStream file = System.IO.File.Create(path);
        file.SetLength((long)megabytes << 20);
        return path;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
