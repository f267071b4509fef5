// JSON on standard output: documented documents and lines, for programs. A name that is not UTF-8 has its bytes beside it.
using System.Text.Encodings.Web;
using System.Text.Json;

using Guestfs.Interop;

namespace Guestfs.Cli.Output;

/// <summary>Writes JSON.</summary>
internal static class JsonOutput
{
    /// <summary>Begins a document.</summary>
    internal static Utf8JsonWriter Begin(Stream stream) =>
        new(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Writes a name of the guest, and its bytes in base64 where they are not UTF-8, as <c>nameBytes</c>.</summary>
    internal static void WriteName(this Utf8JsonWriter writer, string property, string name)
    {
        writer.WriteString(property, name);
        if (HasOtherBytes(name))
        {
            writer.WriteBase64String($"{property}Bytes", LosslessUtf8.GetBytes(name));
        }
    }

    // LosslessUtf8 makes the second half of a character of each.
    private static bool HasOtherBytes(string name)
    {
        for (int i = 0; i < name.Length; i++)
        {
            if (char.IsLowSurrogate(name[i]) && (i == 0 || !char.IsHighSurrogate(name[i - 1])))
            {
                return true;
            }
        }

        return false;
    }
}
