// What qemu-img tells of an image. libguestfs asks it not to mind the locks of others only if the help text of qemu-img has the form
// that it had before version 10: newer ones refuse an image that the handle itself has open.
using System.Text.Json;

using Guestfs.Interop;

namespace Guestfs;

/// <summary>A disk image on the host, as qemu-img describes it.</summary>
/// <param name="Format">Its format, such as <c>qcow2</c>.</param>
/// <param name="VirtualSize">How large it appears to a guest, in bytes.</param>
/// <param name="HasBackingFile">Whether it is an overlay over another file.</param>
internal readonly record struct ImageFacts(string Format, long VirtualSize, bool HasBackingFile)
{
    // libguestfs' own limits: an image can be made so that looking at it takes any memory and time.
    private static readonly string[] Limits = ["--as=1073741824", "--cpu=10"];
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>The file that it is an overlay over, its name as qemu would open it.</summary>
    internal string? BackingFile { get; private init; }

    /// <summary>The format that the image names for that file.</summary>
    internal string? BackingFormat { get; private init; }

    /// <summary>The file beside it that has its data.</summary>
    internal string? DataFile { get; private init; }

    /// <summary>The facts of an image that libguestfs did not find out.</summary>
    /// <param name="fileName">The image.</param>
    /// <param name="failure">What libguestfs said.</param>
    /// <exception cref="GuestfsException">qemu-img does not tell more: <paramref name="failure"/>.</exception>
    internal static ImageFacts Read(string fileName, GuestfsException failure) => TryRead(fileName) ?? throw failure;

    /// <summary>The same; null if qemu-img does not tell them.</summary>
    /// <param name="fileName">The image.</param>
    /// <param name="format">Its format; null lets qemu-img guess.</param>
    internal static ImageFacts? TryRead(string fileName, string? format = null) => TryRead(fileName, format, Limit, out _);

    /// <summary>The same.</summary>
    /// <param name="fileName">The image.</param>
    /// <param name="format">Its format; null lets qemu-img guess.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="complaint">What qemu-img said when it refused the image; null if it did not.</param>
    internal static ImageFacts? TryRead(string fileName, string? format, TimeSpan limit, out string? complaint)
    {
        complaint = null;
        string? path = HostEnvironment.Variable("PATH");
        if (HostCalls.Status(fileName, followLink: true, out _) != 0
            || HostProgram.Find("prlimit", path) is not { } prlimit
            || HostProgram.Find("qemu-img", path) is not { } program)
        {
            return null;
        }

        // As libguestfs names it: never taken for an option or an address. Messages, which have the name in them, are kept apart.
        string image = fileName.StartsWith('/') ? fileName : $"./{fileName}";
        string[] named = format is null ? [] : ["-f", format];
        using Subprocess? child = Subprocess.TryStart(
            [prlimit, .. Limits, program, "info", "--force-share", "--output=json", .. named, image], [], errorsApart: true);
        long start = Environment.TickCount64;
        TimeSpan Left() => limit - TimeSpan.FromMilliseconds(Environment.TickCount64 - start);
        while (child is not null && Left() > TimeSpan.Zero && child.Read(Left()))
        {
        }

        if (child?.WaitForEnd(Left()) != true)
        {
            return null;
        }

        if (child.HasFailed)
        {
            // "qemu-img: Could not open 'NAME': " goes before the reason.
            complaint = LosslessUtf8.GetString(child.ExtraOutput).Split('\n')[0];
            return null;
        }

        return Parse(LosslessUtf8.GetBytes(child.Output));
    }

    private static ImageFacts? Parse(ReadOnlySpan<byte> output)
    {
        string? format = null, backing = null, backingFormat = null, dataFile = null;
        long? size = null;
        bool hasBackingFile = false;
        try
        {
            Utf8JsonReader json = new(output);
            while (json.Read() && !(json.TokenType == JsonTokenType.EndObject && json.CurrentDepth == 0))
            {
                if (json.TokenType != JsonTokenType.PropertyName)
                {
                    continue;
                }

                switch ((json.CurrentDepth, json.GetString()))
                {
                    case (1, "format") when json.Read():
                        format = json.GetString();
                        break;
                    case (1, "virtual-size") when json.Read():
                        size = json.GetInt64();
                        break;
                    case (1, "backing-filename"):
                        hasBackingFile = true;
                        break;
                    case (1, "full-backing-filename") when json.Read():
                        backing = TryGetName(json);
                        break;
                    case (1, "backing-filename-format") when json.Read():
                        backingFormat = TryGetName(json);
                        break;
                    case (3, "data-file") when json.Read():
                        dataFile = TryGetName(json);
                        break;
                    default:
                        break;
                }
            }
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }

        return format is null || size is null ? null : new ImageFacts(format, size.Value, hasBackingFile)
        {
            BackingFile = backing,
            BackingFormat = backingFormat,
            DataFile = dataFile,
        };
    }

    // One that is not UTF-8 is no string of JSON.
    private static string? TryGetName(in Utf8JsonReader json)
    {
        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
