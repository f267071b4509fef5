// The hand-written part of the ABI as declarations of the header.
using Guestfs.Generator.Model;

namespace Guestfs.Generator.Emit.C;

/// <summary>Writes enumerations, structures, callbacks and functions of abi.json.</summary>
internal sealed class CAbiDeclarations(CHeaderWriter w, CFunctionDescriptions descriptions)
{
    internal void Write(AbiGroup group)
    {
        foreach (AbiEnum e in group.Enums)
        {
            Enumeration(e);
        }

        foreach (AbiStruct s in group.Structs)
        {
            w.Comment("", (s.Summary, 0));
            if (s.Options)
            {
                OptionsStructure(w, s.Name, [.. s.Fields.Select(f => (f.Type, f.Name, f.Text))]);
            }
            else
            {
                Structure(s);
            }
        }

        foreach (AbiCallback c in group.Callbacks)
        {
            Callback(c);
        }

        foreach (AbiFunction f in group.Functions)
        {
            w.Function(descriptions.Of(f));
        }
    }

    /// <summary>A structure of options, and the macro that initialises one.</summary>
    internal static void OptionsStructure(CHeaderWriter w, string name, IReadOnlyList<(string Type, string Name, string Text)> members)
    {
        w.Line($"struct {name} {{");
        w.Comment("    ", ($"Size of this structure: {CName.Init(name)} sets it.", 0));
        w.Line("    size_t struct_size;");
        foreach ((string type, string member, string text) in members)
        {
            w.Comment("    ", (text, 0));
            w.Line($"    {CHeaderWriter.Declare(type, member)};");
        }

        w.Line("};");
        w.Comment("", ($"Initialises a struct {name}, in which nothing is set.", 0));
        w.Line($"#define {CName.Init(name)} \\");
        string line = $"    {{ sizeof(struct {name})";
        foreach ((string type, _, _) in members)
        {
            string value = ", " + Unset(type);
            if (line.Length + value.Length > 96)
            {
                w.Line(line + ", \\");
                line = "      " + value[2..];
            }
            else
            {
                line += value;
            }
        }

        w.Line(line + " }");
        w.Line();
    }

    private static string Unset(string type) => type switch
    {
        "int" => "GFS_UNSET",
        "int64_t" => "GFS_UNSET64",
        _ when type.EndsWith('*') => "NULL",
        _ => throw new ModelException($"an option cannot be of type {type}: it has no value for unset"),
    };

    private void Enumeration(AbiEnum e)
    {
        w.Comment("", (e.Summary, 0));
        w.Line(e.Name == "gfs_status" ? "typedef enum gfs_status {" : $"enum {e.Name} {{");
        for (int i = 0; i < e.Values.Count; i++)
        {
            w.Comment("    ", (e.Values[i].Text, 0));
            w.Line($"    {e.Values[i].Name} = {i}{(i + 1 < e.Values.Count ? "," : "")}");
        }

        w.Line(e.Name == "gfs_status" ? "} gfs_status;" : "};");
        w.Line();
    }

    private void Structure(AbiStruct s)
    {
        w.Line($"struct {s.Name} {{");
        foreach (AbiVariable f in s.Fields)
        {
            w.Comment("    ", (f.Text, 0));
            w.Line($"    {CHeaderWriter.Declare(f.Type, f.Name)};");
        }

        w.Line("};");
        w.Line();
    }

    private void Callback(AbiCallback c)
    {
        List<(string, int)> paragraphs = [(c.Summary, 0), .. c.Parameters.Select(Parameter)];
        if (c.Returns?.Text is { } returns)
        {
            paragraphs.Add(($"@return {returns}", 8));
        }

        w.Comment("", [.. paragraphs]);
        w.Prototype(c.Returns?.Type ?? "void", $"(*{c.Name})", [.. c.Parameters.Select(Declare)], "typedef ");
        w.Line();
    }

    private static (string, int) Parameter(AbiVariable p) => ($"@param {p.Name} {p.Text}", 7);

    private static string Declare(AbiVariable p) => CHeaderWriter.Declare(p.Type, p.Name);
}
