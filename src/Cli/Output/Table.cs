// Facts in rows: for people a table with titles, for programs lines of fields as soon as they are known, or a JSON document.
using System.Globalization;
using System.Text.Json;

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
/// <param name="name">What the rows are, in JSON.</param>
/// <param name="isJson">Whether it is written as JSON.</param>
/// <param name="isHuman">Whether sizes are for people in a pipe, too.</param>
/// <param name="columns">Its columns.</param>
internal sealed class Table(TextOutput output, string name, bool isJson, bool isHuman, params Column[] columns)
{
    private readonly List<object?[]> rows = [];

    // A person has to see the widest of a column first.
    private bool IsCollected => isJson || TextOutput.IsTerminal;

    /// <summary>Adds a row.</summary>
    /// <param name="values">A string, a number or null for each column; of a percentage a double.</param>
    internal void Add(params object?[] values)
    {
        if (IsCollected)
        {
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
        if (isJson)
        {
            WriteJson();
        }
        else if (IsCollected && rows.Count > 0)
        {
            WriteForPeople();
        }
    }

    private void WriteForPeople()
    {
        string[][] lines =
        [
            [.. columns.Select(column => column.Title)],
            .. rows.Select(row => row.Select((value, column) => Text(value, columns[column].Kind, human: true)).ToArray()),
        ];
        int[] widths = [.. columns.Select((_, column) => lines.Max(line => Terminal.Columns(line[column])))];
        for (int i = 0; i < lines.Length; i++)
        {
            IEnumerable<string> cells = lines[i].Select((text, column) => columns[column].Kind == ColumnKind.Text
                ? Terminal.Pad(text, widths[column])
                : text.PadLeft(widths[column]));
            output.WritePieces((string.Join("  ", cells).TrimEnd(), i == 0 ? Tint.Dim : Tint.Plain));
        }
    }

    private void WriteJson()
    {
        using (Utf8JsonWriter writer = JsonOutput.Begin(output.Stream))
        {
            writer.WriteStartObject();
            writer.WriteStartArray(name);
            foreach (object?[] row in rows)
            {
                writer.WriteStartObject();
                for (int i = 0; i < columns.Length; i++)
                {
                    Write(writer, columns[i].Name, row[i]);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        output.Stream.WriteByte((byte)'\n');
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
