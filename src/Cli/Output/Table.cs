// Facts in rows: for people a table with titles, for programs lines of fields, or JSON, as soon as they are known.
using System.Globalization;
using System.Text.Json;

using Guestfs.Interop;

using Spectre.Console;

namespace Guestfs.Cli.Output;

/// <summary>What is in a column.</summary>
internal enum ColumnKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>Bytes: for people in a unit that suits them.</summary>
    Size,

    /// <summary>A number of things.</summary>
    Number,

    /// <summary>A part of a whole, 0 to 100.</summary>
    Percent,
}

/// <summary>A column.</summary>
/// <param name="Title">For people.</param>
/// <param name="Name">In JSON.</param>
/// <param name="Kind">What is in it.</param>
internal sealed record Column(string Title, string Name, ColumnKind Kind = ColumnKind.Text);

/// <summary>A table.</summary>
/// <param name="output">Where it is written.</param>
/// <param name="json">The same as JSON; null where that is not wanted.</param>
/// <param name="isHuman">Whether sizes are for people in a pipe, too.</param>
/// <param name="columns">Its columns.</param>
internal sealed class Table(TextOutput output, JsonRecords? json, bool isHuman, params Column[] columns)
{
    private readonly List<object?[]> rows = [];

    /// <summary>Adds a row.</summary>
    /// <param name="values">A string, a number or null for each column; of a percentage a double.</param>
    internal void Add(params object?[] values)
    {
        if (json is not null)
        {
            json.Add(writer =>
            {
                for (int i = 0; i < values.Length; i++)
                {
                    Write(writer, columns[i].Name, values[i]);
                }
            });
        }
        else if (TextOutput.IsTerminal)
        {
            // A person has to see the widest of a column first.
            rows.Add(values);
        }
        else
        {
            output.WriteFields([.. values.Select((value, column) => Text(value, columns[column].Kind, isHuman))]);
        }
    }

    /// <summary>Writes what has been collected.</summary>
    internal void End()
    {
        json?.End();
        if (rows.Count > 0)
        {
            WriteForPeople();
        }
    }

    // Where the terminal is too narrow columns without anything in them go first, and then each row is a block of lines.
    private void WriteForPeople()
    {
        int[] all = [.. Enumerable.Range(0, columns.Length)];
        int[] filled = [.. all.Where(column => rows.Exists(row => row[column] is not null))];
        foreach (int[] shown in (int[][])[all, filled])
        {
            Spectre.Console.Table table = Draw(shown);
            if (Drawing.WidthOf(table) <= Terminal.Width)
            {
                output.WriteDrawing(Drawing.Of(table, Terminal.Width, Terminal.HasColours));
                return;
            }
        }

        int width = filled.Max(column => columns[column].Title.Length);
        foreach (object?[] row in rows)
        {
            string[] texts = Texts(row, filled);
            output.WritePieces((texts[0], Tint.Plain));
            for (int i = 1; i < texts.Length; i++)
            {
                if (row[filled[i]] is null)
                {
                    continue;
                }

                output.WritePieces(($"  {columns[filled[i]].Title.PadRight(width)}  ", Tint.Dim), (texts[i], Tint.Plain));
            }
        }
    }

    private string[] Texts(object?[] row, int[] shown) => [.. shown.Select(column => Text(row[column], columns[column].Kind, human: true))];

    private Spectre.Console.Table Draw(int[] shown)
    {
        Spectre.Console.Table table = new() { Border = TableBorder.None };
        foreach (int column in shown)
        {
            table.AddColumn(new TableColumn(new Text(columns[column].Title, new Style(decoration: Decoration.Dim)))
            {
                Alignment = columns[column].Kind == ColumnKind.Text ? Justify.Left : Justify.Right,
                NoWrap = true,
                Padding = new Padding(0, 0, column == shown[^1] ? 0 : 2, 0),
            });
        }

        foreach (object?[] row in rows)
        {
            table.AddRow(Texts(row, shown).Select(text => new Text(PrintableText.Line(text))));
        }

        return table;
    }

    // What is not known is left out, as in all documents of this tool.
    private static void Write(Utf8JsonWriter writer, string name, object? value)
    {
        switch (value)
        {
            case string text:
                writer.WriteName(name, text);
                break;
            case double part:
                writer.WriteNumber(name, Math.Round(part, 1));
                break;
            case IEnumerable<string> list:
                writer.WriteStartArray(name);
                foreach (string text in list)
                {
                    writer.WriteStringValue(text);
                }

                writer.WriteEndArray();
                break;
            case not null:
                writer.WriteNumber(name, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            default:
                break;
        }
    }

    private static string Text(object? value, ColumnKind kind, bool human) => value switch
    {
        null => TextOutput.IsTerminal ? "-" : "",
        string text => text,

        // Rounded up, as df does.
        double part => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(part):0}%"),
        IEnumerable<string> list => string.Join(',', list),
        _ when kind == ColumnKind.Size && human => HumanSize.Of(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
