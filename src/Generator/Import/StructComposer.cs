using Guestfs.Generator.Model;

namespace Guestfs.Generator.Import;

/// <summary>Makes the model's structures.</summary>
internal sealed class StructComposer(OverlayDecisions decisions, WordSplits words, Manual manual, ApiModel known)
{
    private readonly ApiVersion version = ApiVersion.Parse(manual.Version);
    private readonly bool newer = ApiVersion.Parse(manual.Version) > ApiVersion.Parse(known.Upstream);

    public ApiStruct Compose(string name, IReadOnlyList<HeaderVariable> members)
    {
        ApiStruct? old = known.Structs.FirstOrDefault(s => s.Name == name);
        _ = decisions.Overlay.TryTake(out Dictionary<string, RenamedField>? renamed, "renamedFields", name);
        List<ApiField> fields = [];
        for (int i = 0; i < members.Count; i++)
        {
            HeaderVariable m = members[i];

            // A buffer is a length and then the bytes.
            if (m.Type == "uint32_t" && members.ElementAtOrDefault(i + 1) is { Type: "char *" } bytes && m.Name == bytes.Name + "_len")
            {
                fields.Add(new ApiField { Name = bytes.Name, Words = words.OfField(name, bytes.Name), Kind = FieldKind.Buffer });
                i++;
                continue;
            }

            // The overlay has fields under their names of today.
            (string today, RenamedField? rename) = (renamed ?? []).Where(r => r.Key == m.Name || r.Value.FormerName == m.Name)
                .Select(r => (r.Key, r.Value))
                .FirstOrDefault((m.Name, null!));
            FieldKind kind = Kind(name, m, today);
            bool has = rename is not null && version >= ApiVersion.Parse(rename.Since);
            fields.Add(new ApiField
            {
                Name = m.Name,
                Words = words.OfField(name, m.Name),
                Kind = kind,
                FormerName = has ? rename!.FormerName : null,
                Since = has ? rename!.Since : null,
            });
            if (newer && old is not null && old.Fields.All(f => f.Name != m.Name) && rename is null)
            {
                decisions.Ask(
                    $"struct {name}: '{m.Name}' is new: which field was it before, and until when?",
                    """{"formerName": ..., "since": ...}""", "renamedFields", name, m.Name);
            }
        }

        return new ApiStruct { Name = name, Fields = fields };
    }

    private FieldKind Kind(string type, HeaderVariable m, string today)
    {
        FieldKind[] kinds = m.Type switch
        {
            "char *" => [FieldKind.String, FieldKind.Device],
            "uint64_t" => [FieldKind.UInt64, FieldKind.Bytes],
            "char" => [FieldKind.Char],
            "char[32]" => [FieldKind.Uuid],
            "float" => [FieldKind.OptPercent],
            "int32_t" => [FieldKind.Int32],
            "uint32_t" => [FieldKind.UInt32],
            "int64_t" => [FieldKind.Int64],
            _ => [],
        };
        switch (kinds.Length)
        {
            case 0:
                decisions.Contradiction($"struct {type}: there is no kind for '{m.Type} {m.Name}'.");
                return FieldKind.Int32;
            case 1:
                return kinds[0];
            default:
                return decisions.Choose($"struct {type}: what is '{m.Name}'?", kinds, "structs", type, today);
        }
    }
}
