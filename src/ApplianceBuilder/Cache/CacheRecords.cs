using System.Text.Json;
using System.Text.Json.Serialization;

using Guestfs.Appliances.Host;

namespace Guestfs.Appliances.Cache;

/// <summary>The small files of the cache.</summary>
/// <param name="Key">The entry.</param>
/// <param name="Inputs">The inputs as they were.</param>
internal sealed record FreshRecord(string Key, IReadOnlyList<FileStamp> Inputs);

/// <summary>The files of an entry as they were when their digests were last found right.</summary>
/// <param name="BootId">The host's boot then: after a crash, what was not yet on the disk may be lost although nothing shows it.</param>
/// <param name="Outputs">The entry's files.</param>
internal sealed record VerifiedRecord(string BootId, IReadOnlyList<FileStamp> Outputs);

[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(FreshRecord))]
[JsonSerializable(typeof(VerifiedRecord))]
internal sealed partial class CacheJson : JsonSerializerContext;

/// <summary>
/// Reads and writes the records. They only save work: one that is damaged counts as missing, and one that cannot be
/// written, on a full disk for example, is left out.
/// </summary>
internal static class CacheRecords
{
    internal static FreshRecord? ReadFresh(string path) =>
        Read(path, bytes => JsonSerializer.Deserialize(bytes, CacheJson.Default.FreshRecord)) is { } record
        && record.Key.All(char.IsAsciiHexDigit) && record.Inputs.All(stamp => stamp is not null) ? record : null;

    internal static VerifiedRecord? ReadVerified(string path) =>
        Read(path, bytes => JsonSerializer.Deserialize(bytes, CacheJson.Default.VerifiedRecord));

    internal static void Write(string path, FreshRecord record) =>
        Write(path, JsonSerializer.SerializeToUtf8Bytes(record, CacheJson.Default.FreshRecord));

    internal static void Write(string path, VerifiedRecord record) =>
        Write(path, JsonSerializer.SerializeToUtf8Bytes(record, CacheJson.Default.VerifiedRecord));

    /// <summary>What stands, in the name of a record of whether an entry boots, between the entry and a qemu.
    /// The caller of the cache writes them.</summary>
    internal const string BootInfix = ".boot-";

    /// <summary>
    /// Whether a file is a record that goes with age: which entry a request led to, whether it boots, or one that was not written to
    /// its end.
    /// </summary>
    internal static bool MayAge(string path) =>
        Path.GetFileName(path) is string name
        && Array.Exists([".fresh", ".verified.", BootInfix], part => name.Contains(part, StringComparison.Ordinal));

    private static T? Read<T>(string path, Func<byte[], T?> parse)
        where T : class
    {
        try
        {
            return File.Exists(path) ? parse(File.ReadAllBytes(path)) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private static void Write(string path, byte[] bytes)
    {
        string temporary = $"{path}.{Guid.NewGuid():N}";
        try
        {
            File.WriteAllBytes(temporary, bytes);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception) when (OutputFault.Is(exception))
        {
            File.Delete(temporary);
        }
    }
}
