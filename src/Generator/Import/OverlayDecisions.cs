// Asks the overlay for what upstream cannot tell, and collects the questions it has no answer to.
using System.Text.Json;

using Guestfs.Generator.Model;

namespace Guestfs.Generator.Import;

/// <summary>The answers of an overlay and the questions that stay open.</summary>
internal sealed class OverlayDecisions(Overlay overlay)
{
    private readonly List<string> open = [];

    public Overlay Overlay => overlay;

    /// <summary>What cannot be decided, each with what to add to the overlay.</summary>
    public IReadOnlyList<string> Open => open;

    /// <summary>The overlay's choice, which must be one of these; the first while there is none.</summary>
    public T Choose<T>(string question, IReadOnlyList<T> choices, params string[] path)
        where T : struct, Enum
    {
        if (overlay.TryTake(out T choice, path) && choices.Contains(choice))
        {
            return choice;
        }

        Ask(question, string.Join(" | ", choices.Select(Written)), path);
        return choices[0];
    }

    /// <summary>The overlay's version; null while there is none.</summary>
    public string? Version(string question, params string[] path)
    {
        if (overlay.TryTake(out string? version, path))
        {
            return ApiVersion.Parse(version!).ToString();
        }

        Ask(question, "a version such as 1.61.3", path);
        return null;
    }

    public void Ask(string question, string answers, params string[] path) =>
        open.Add($"undecided: {question}\n    add to overlay.json: {Overlay.Name(path)}: {answers}");

    /// <summary>A contradiction between files, which no entry of the overlay can solve.</summary>
    public void Contradiction(string text) => open.Add($"contradiction: {text}");

    public static string Written<T>(T value) => JsonSerializer.SerializeToNode(value, ApiModel.Format)!.GetValue<string>();
}
