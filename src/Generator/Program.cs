// The generator's command line: generate, verify, import, public-documentation.
using Guestfs.Generator;
using Guestfs.Generator.Emit;
using Guestfs.Generator.Emit.C;
using Guestfs.Generator.Import;
using Guestfs.Generator.Model;

const string usage = """
    Usage: Guestfs.Generator generate    write everything that is derived from src/Interop/Model
           Guestfs.Generator verify      fail if a generated file differs from what would be written
           Guestfs.Generator man DIR     write a manual page for each function of the C ABI
           Guestfs.Generator import [--root DIR] [--write]
                                         compare an installed libguestfs (below DIR, default /) with the model;
                                         --write makes it the model once everything is decided
           Guestfs.Generator public-documentation ASSEMBLY XML
                                         take what is not public out of an assembly's documentation; a build runs it
    Run it inside the checkout.
    """;

if (args is ["public-documentation", string assembly, string documentation])
{
    PublicDocumentation.Keep(assembly, documentation);
    return 0;
}

try
{
    string root = FindRoot();
    switch (args)
    {
        case ["generate"]:
            foreach (string file in new GeneratedFiles(root).Write())
            {
                Console.WriteLine($"wrote {file}");
            }

            return 0;
        case ["verify"]:
            List<string> stale = [.. new GeneratedFiles(root).Differences()];
            foreach (string file in stale)
            {
                Console.Error.WriteLine($"differs: {file}");
            }

            Console.WriteLine(stale.Count == 0
                ? "All generated files are up to date."
                : $"{stale.Count} generated files differ. Run './build.sh generate' and commit the result.");
            return stale.Count == 0 ? 0 : 1;
        case ["man", string folder]:
            Console.WriteLine($"wrote {ManPages.Write(root, folder)} pages");
            return 0;
        case ["import", .. string[] rest]:
            return ImportCommand.Run(rest, root, Console.Out, Console.Error);
        default:
            Console.Error.WriteLine(usage);
            return 2;
    }
}
catch (ModelException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

static string FindRoot()
{
    for (DirectoryInfo? d = new(Environment.CurrentDirectory); d is not null; d = d.Parent)
    {
        if (File.Exists(Path.Combine(d.FullName, "src/Interop/Model/guestfs-api.json")))
        {
            return d.FullName;
        }
    }

    throw new ModelException("There is no src/Interop/Model/guestfs-api.json here or above: run the generator inside the checkout.");
}
