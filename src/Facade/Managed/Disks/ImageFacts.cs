// What qemu-img tells of an image that is in use. libguestfs asks it not to mind the locks of others only if the help text of
// qemu-img has the form that it had before version 10: newer ones refuse an image that the handle itself has open.
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

    /// <summary>The facts of an image that libguestfs did not find out.</summary>
    /// <param name="fileName">The image.</param>
    /// <param name="failure">What libguestfs said.</param>
    /// <exception cref="GuestfsException">qemu-img does not tell more: <paramref name="failure"/>.</exception>
    internal static ImageFacts Read(string fileName, GuestfsException failure) => TryRead(fileName) ?? throw failure;

    /// <summary>The same; null if qemu-img does not tell them.</summary>
    internal static ImageFacts? TryRead(string fileName)
    {
        string? path = HostEnvironment.Variable("PATH");
        if (HostCalls.Status(fileName, followLink: true, out _) != 0
            || HostProgram.Find("prlimit", path) is not { } prlimit
            || HostProgram.Find("qemu-img", path) is not { } program)
        {
            return null;
        }

        // As libguestfs names it: never taken for an option or an address. Messages, which have the name in them, are kept apart.
        string image = fileName.StartsWith('/') ? fileName : $"./{fileName}";
        using Subprocess? child = Subprocess.TryStart(
            [prlimit, .. Limits, program, "info", "--force-share", "--output=json", image], [], errorsApart: true);
        long start = Environment.TickCount64;
        TimeSpan Left() => Limit - TimeSpan.FromMilliseconds(Environment.TickCount64 - start);
        while (child is not null && Left() > TimeSpan.Zero && child.Read(Left()))
        {
        }

        return child?.WaitForEnd(Left()) == true && !child.HasFailed ? Parse(LosslessUtf8.GetBytes(child.Output)) : null;
    }

    private static ImageFacts? Parse(ReadOnlySpan<byte> output)
    {
        string? format = null;
        long? size = null;
        bool hasBackingFile = false;
        try
        {
            Utf8JsonReader json = new(output);
            while (json.Read() && !(json.TokenType == JsonTokenType.EndObject && json.CurrentDepth == 0))
            {
                if (json.TokenType != JsonTokenType.PropertyName || json.CurrentDepth != 1)
                {
                    continue;
                }

                switch (json.GetString())
                {
                    case "format" when json.Read():
                        format = json.GetString();
                        break;
                    case "virtual-size" when json.Read():
                        size = json.GetInt64();
                        break;
                    case "backing-filename":
                        hasBackingFile = true;
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

        return format is not null && size is not null ? new ImageFacts(format, size.Value, hasBackingFile) : null;
    }
}
