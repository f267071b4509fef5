// Where keys of encrypted devices come from. Never from the command line itself, which every user of the host can read.
using System.Globalization;

using Guestfs.Interop;

using Microsoft.Win32.SafeHandles;

namespace Guestfs.Cli.Guests;

/// <summary>Reads a key from where an option says.</summary>
internal static class KeySource
{
    private const int MaxLength = 8 << 20;

    /// <summary>Reads <c>[device:]file:NAME</c>, <c>[device:]fd:NUMBER</c> or <c>[device:]prompt</c>.</summary>
    internal static GuestKey Read(string text)
    {
        // A device's name has no colon, but may be missing.
        string[] parts = text.Split(':', 3);
        (string? device, string kind, string value) = parts switch
        {
            ["prompt"] => (null, "prompt", ""),
            [var name, "prompt"] => (name, "prompt", ""),
            ["file" or "fd", ..] => (null, parts[0], text[(parts[0].Length + 1)..]),
            [var name, var source, var rest] => (name, source, rest),
            _ => (null, "", ""),
        };
        device = device is "all" ? null : device;
        try
        {
            return device is "" ? throw Malformed(text) : kind switch
            {
                "prompt" => GuestKey.FromBytes(Ask(device), device),
                "file" when value.Length > 0 => File.Exists(value)
                    ? GuestKey.FromFile(ProcessInput.FullPath(value), device)
                    : throw new UsageException($"--key: there is no file {value}."),
                "fd" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) =>
                    GuestKey.FromBytes(ReadDescriptor(number), device),
                "key" => throw new UsageException(
                    "A key on the command line can be read by all users of this host: write it into a file, and give "
                    + "'--key DEVICE:file:NAME', or '--key DEVICE:prompt'."),
                _ => throw Malformed(text),
            };
        }
        catch (ArgumentException e)
        {
            // .NET adds the name of a parameter that nobody here knows.
            throw new UsageException($"--key: {e.Message.Split(" (Parameter ")[0]}");
        }
    }

    // Not the text, which may have a key in it.
    private static UsageException Malformed(string text) => new(
        $"--key has {text.Length} characters that are not [DEVICE:]file:NAME, [DEVICE:]fd:NUMBER or [DEVICE:]prompt.");

    private static byte[] ReadDescriptor(int number)
    {
        if (!StandardStreams.IsInherited(number))
        {
            throw Unreadable(number);
        }

        using MemoryStream key = new();
        byte[] piece = new byte[4096];
        try
        {
            // Of standard input that is a key nothing is left for a script or contents.
            using Stream file = number == Libc.STDIN_FILENO
                ? StandardStreams.TakeInput()
                : new FileStream(new SafeFileHandle(number, ownsHandle: false), FileAccess.Read, bufferSize: 0);
            for (int count; key.Length <= MaxLength && (count = file.Read(piece)) > 0;)
            {
                key.Write(piece, 0, count);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Unreadable(number);
        }

        if (key.Length > MaxLength)
        {
            throw new UsageException($"What descriptor {number} gives is larger than 8 MiB, and no key.");
        }

        // As of a file, the line is the key.
        byte[] all = key.ToArray();
        int end = Array.IndexOf(all, (byte)'\n');
        return end > 0 ? all[..end] : all;
    }

    private static UsageException Unreadable(int number) =>
        new($"--key fd:{number} is no descriptor that can be read: a shell opens one with {number}< FILE.");

    private static byte[] Ask(string? device) =>
        SecretPrompt.TryAsk($"Key of {device ?? "encrypted devices"}")
        ?? throw new UsageException("--key prompt needs a terminal: give the key by file or descriptor.");
}
