using System.Text.Json;

namespace Guestfs;

/// <summary>Writes what a failure says: its operation, errno and message, and of which file and line, or of which device, it is.</summary>
internal static class ProblemJson
{
    internal static void Write(Utf8JsonWriter writer, GuestfsException value, JsonNamingPolicy? naming)
    {
        writer.WriteStartObject();
        writer.WriteString(Name(nameof(value.Operation)), value.Operation);
        writer.WriteNumber(Name(nameof(value.Errno)), value.Errno);
        writer.WriteString(Name(nameof(value.Message)), value.Message);
        if (value is GuestFileException file)
        {
            writer.WriteString(Name(nameof(file.Path)), file.Path);
            if (file.Line is { } line)
            {
                writer.WriteNumber(Name(nameof(file.Line)), line);
            }
        }
        else if (value is GuestDeviceException device)
        {
            writer.WriteString(Name(nameof(device.Device)), device.Device);
        }

        writer.WriteEndObject();

        string Name(string name) => naming?.ConvertName(name) ?? name;
    }
}
