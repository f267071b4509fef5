using System.Text.Json.Nodes;

using Guestfs.Generator.Model;

namespace Guestfs.Generator.Import;

/// <summary>Compares the checked-in model with an imported one, function by function.</summary>
internal static class ModelDifference
{
    /// <summary>One line for each fact that differs; none when the models are equal.</summary>
    public static IReadOnlyList<string> Compare(ApiModel model, ApiModel upstream)
    {
        List<string> lines = [];
        Section("function", model.Functions, upstream.Functions, f => f.Name, f => $" (since {f.Since})");
        Section("struct", model.Structs, upstream.Structs, s => s.Name, _ => "");
        Section("event", model.Events, upstream.Events, e => e.Name, _ => "");
        Section("feature", model.Features, upstream.Features, f => f.Name, _ => "");
        return lines;

        void Section<T>(string what, IReadOnlyList<T> ours, IReadOnlyList<T> theirs, Func<T, string> name, Func<T, string> more)
        {
            Dictionary<string, T> upstreamByName = theirs.ToDictionary(name, StringComparer.Ordinal);
            foreach (T item in ours)
            {
                if (upstreamByName.Remove(name(item), out T? other))
                {
                    Fact($"{what} {name(item)}", "", ApiModel.ToNode(item), ApiModel.ToNode(other));
                }
                else
                {
                    lines.Add($"{what} {name(item)}: upstream does not have it");
                }
            }

            lines.AddRange(upstreamByName.Values.Select(t => $"{what} {name(t)}{more(t)}: the model does not have it"));
        }

        void Fact(string item, string path, JsonNode? ours, JsonNode? theirs)
        {
            switch (ours, theirs)
            {
                case (JsonObject a, JsonObject b):
                    foreach (string key in a.Select(p => p.Key).Union(b.Select(p => p.Key)))
                    {
                        Fact(item, path.Length == 0 ? key : $"{path}.{key}", a[key], b[key]);
                    }

                    break;
                case (JsonArray a, JsonArray b):
                    for (int i = 0; i < Math.Max(a.Count, b.Count); i++)
                    {
                        Fact(item, $"{path}[{i}]", a.ElementAtOrDefault(i), b.ElementAtOrDefault(i));
                    }

                    break;
                default:
                    if (!JsonNode.DeepEquals(ours, theirs))
                    {
                        lines.Add(
                            $"{item}: {path}: model {ours?.ToJsonString() ?? "nothing"}, upstream {theirs?.ToJsonString() ?? "nothing"}");
                    }

                    break;
            }
        }
    }
}
