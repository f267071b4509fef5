// Finds and reads the three files an installed libguestfs describes its API in.
using System.IO.Compression;

using Guestfs.Generator.Model;

namespace Guestfs.Generator.Import;

/// <summary>The texts of guestfs.h, guestfs.mli and guestfs(3).</summary>
internal sealed record UpstreamFiles(string Header, string OCaml, string Manual)
{
    /// <summary>Reads the files below a root, which is "/" or the directory that packages were unpacked in.</summary>
    /// <exception cref="ModelException">One is missing; the message says which, and which package has it.</exception>
    public static UpstreamFiles Read(string root) => new(
        Text(Find(root, ["usr/include", "usr/local/include"], "guestfs.h", "libguestfs-dev (Fedora: libguestfs-devel)")),
        Text(Find(root, OCamlFolders(root), "guestfs.mli", "libguestfs-ocaml-dev (Fedora: ocaml-libguestfs-devel)")),
        Text(Find(root, ["usr/share/man/man3", "usr/local/share/man/man3"], "guestfs.3*", "libguestfs-dev (Fedora: libguestfs-devel)")));

    // Distributions differ in where OCaml is: lib/ocaml, lib64/ocaml, lib/TRIPLET/ocaml/VERSION...
    private static IEnumerable<string> OCamlFolders(string root)
    {
        foreach (string library in new[] { "usr/lib", "usr/lib64", "usr/local/lib", "usr/local/lib64" })
        {
            yield return Path.Combine(library, "ocaml");
            string full = Path.Combine(root, library);
            foreach (string sub in Directory.Exists(full) ? Directory.GetDirectories(full) : [])
            {
                yield return Path.Combine(sub, "ocaml");
            }
        }
    }

    private static string Find(string root, IEnumerable<string> folders, string pattern, string package)
    {
        // Links are followed, so the depth is what ends a circle.
        EnumerationOptions options = new() { RecurseSubdirectories = true, MaxRecursionDepth = 3, AttributesToSkip = 0 };
        return folders.Select(f => Path.Combine(root, f))
            .Where(Directory.Exists)
            .SelectMany(f => Directory.EnumerateFiles(f, pattern, options).Order(StringComparer.Ordinal))
            .FirstOrDefault()
            ?? throw new ModelException($"There is no {pattern.TrimEnd('*')} below {root}. Debian has it in the package {package}.");
    }

    private static string Text(string path)
    {
        if (Path.GetExtension(path) is ".xz" or ".zst" or ".bz2")
        {
            throw new ModelException($"{path}: only .gz and uncompressed manual pages can be read.");
        }

        using FileStream file = File.OpenRead(path);
        using Stream content = Path.GetExtension(path) == ".gz" ? new GZipStream(file, CompressionMode.Decompress) : file;
        using StreamReader reader = new(content);
        return reader.ReadToEnd();
    }
}
