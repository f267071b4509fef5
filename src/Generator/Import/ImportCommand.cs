using Guestfs.Generator.Model;

namespace Guestfs.Generator.Import;

/// <summary><c>import [--root DIR] [--write]</c>.</summary>
internal static class ImportCommand
{
    private const string Usage = "usage: import [--root DIR] [--write]";

    /// <summary>Runs it: 0 is no difference (or written), 1 is a difference or an open decision, 2 is wrong usage or input.</summary>
    public static int Run(IReadOnlyList<string> args, string repositoryRoot, TextWriter output, TextWriter error)
    {
        string root = "/";
        bool write = false;
        for (int i = 0; i < args.Count; i++)
        {
            switch (args[i])
            {
                case "--root" when i + 1 < args.Count:
                    root = args[++i];
                    break;
                case "--write":
                    write = true;
                    break;
                default:
                    error.WriteLine($"import: unexpected '{args[i]}'\n{Usage}");
                    return 2;
            }
        }

        try
        {
            return Run(root, write, Path.Combine(repositoryRoot, "src", "Interop", "Model"), output, error);
        }
        catch (Exception e) when (e is ModelException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            error.WriteLine($"import: {e.Message}");
            return 2;
        }
    }

    private static int Run(string root, bool write, string models, TextWriter output, TextWriter error)
    {
        string modelFile = Path.Combine(models, "guestfs-api.json");
        ApiModel model = ApiModel.Load(modelFile);
        ImportedModel import = ModelComposer.Compose(UpstreamFiles.Read(root), Overlay.Load(Path.Combine(models, "overlay.json")), model);
        string version = import.Model.Upstream;
        output.WriteLine($"libguestfs {version} below {root}, the model is of {model.Upstream}.");

        IReadOnlyList<string> differences = ModelDifference.Compare(model.RestrictTo(version), import.Model);
        string[] problems = [.. import.Undecided, .. import.UnusedOverlay.Select(p => $"unused: overlay.json: {p}: remove it")];
        foreach (string line in differences.Concat(problems))
        {
            output.WriteLine(line);
        }

        if (!write)
        {
            int count = differences.Count + problems.Length;
            output.WriteLine(count == 0 ? "No differences." : $"{differences.Count} differences, {problems.Length} problems.");
            return count == 0 ? 0 : 1;
        }

        if (ApiVersion.Parse(version) < ApiVersion.Parse(model.Upstream))
        {
            error.WriteLine($"import: {version} is older than the model, so nothing is written.");
            return 2;
        }

        if (problems.Length > 0)
        {
            error.WriteLine($"import: {problems.Length} problems are to be solved in overlay.json, so nothing is written.");
            return 1;
        }

        import.Model.Check("the imported model");
        File.WriteAllText(modelFile, import.Model.ToJson());
        output.WriteLine($"{modelFile} is written.");
        return 0;
    }
}
