// Passphrases and key files for encrypted disks. Nothing here shows them: not ToString, not an exception, not a debugger's view of a log.
using Guestfs.Interop;

namespace Guestfs;

/// <summary>A key for one encrypted device, or for any: for <see cref="InspectOptions.Keys"/>.</summary>
public sealed class GuestKey
{
    // Larger ones cryptsetup does not read, by default.
    private const int MaxFile = 8 << 20;

    private GuestKey(string? device, params string[] candidates)
    {
        if (device is "")
        {
            throw new ArgumentException("The device's name is empty. Leave it out for a key that is tried on all.", nameof(device));
        }

        Device = device;
        Candidates = candidates;
    }

    /// <summary>The device or UUID that it is for; null if it is tried on all.</summary>
    public string? Device { get; }

    /// <summary>What it may stand for, each as bytes that are kept without loss.</summary>
    internal IReadOnlyList<string> Candidates { get; }

    /// <summary>A passphrase.</summary>
    /// <param name="passphrase">The passphrase; for BitLocker also the recovery key with its hyphens.</param>
    /// <param name="device">The encrypted device, such as <c>/dev/sda2</c> or <c>/dev/vg/home</c>, or its UUID; null for any.</param>
    /// <exception cref="ArgumentException">It is empty or has a zero character, which libguestfs cannot pass on.</exception>
    public static GuestKey FromPassphrase(string passphrase, string? device = null)
    {
        ArgumentNullException.ThrowIfNull(passphrase);
        return new GuestKey(device, Checked(passphrase, nameof(passphrase)));
    }

    /// <summary>A key of any bytes but zero.</summary>
    /// <param name="key">The key.</param>
    /// <param name="device">The encrypted device or its UUID; null for any.</param>
    /// <exception cref="ArgumentException">It is empty or has a zero byte, which libguestfs cannot pass on.</exception>
    public static GuestKey FromBytes(ReadOnlySpan<byte> key, string? device = null) =>
        new(device, Checked(LosslessUtf8.GetString(key), nameof(key)));

    /// <summary>The key in a file of the host, which is read now. Where it has a line break, its first line is tried before all of
    /// it: libguestfs' tools take the first line for the key, and cryptsetup all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="device">The encrypted device or its UUID; null for any.</param>
    /// <exception cref="ArgumentException">It is empty, larger than 8 MiB, or has a zero byte, which libguestfs cannot pass on.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static GuestKey FromFile(string path, string? device = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        byte[] content = new byte[4096];
        int length = 0;
        while (file.Read(content, length, content.Length - length) is > 0 and int count)
        {
            length += count;
            if (length > MaxFile)
            {
                throw new ArgumentException($"{PrintableText.Line(path)} is larger than 8 MiB, and no key file.", nameof(path));
            }

            Array.Resize(ref content, Math.Max(content.Length, length * 2));
        }

        string all = Checked(LosslessUtf8.GetString(content.AsSpan(0, length)), nameof(path));
        int end = all.IndexOf('\n', StringComparison.Ordinal);
        return end > 0 ? new GuestKey(device, all[..end], all) : new GuestKey(device, all);
    }

    /// <summary>A key as virt-inspector(1) and its companions take it with <c>--key</c>.</summary>
    /// <param name="selector"><c>ID:key:PASSPHRASE</c> or <c>ID:file:FILENAME</c>, where ID is a device, a UUID, or <c>all</c>.</param>
    /// <exception cref="FormatException">It is neither. With <c>ID:clevis</c> the message says why that cannot be done here.</exception>
    /// <exception cref="ArgumentException">The key is empty or has a zero byte.</exception>
    public static GuestKey Parse(string selector)
    {
        ArgumentNullException.ThrowIfNull(selector);
        int id = selector.IndexOf(':', StringComparison.Ordinal);
        string kind = id < 0 ? "" : selector[(id + 1)..];
        int end = kind.IndexOf(':', StringComparison.Ordinal);
        string value = end < 0 ? "" : kind[(end + 1)..];
        kind = end < 0 ? kind : kind[..end];
        string? device = id <= 0 ? null : selector[..id] is "all" ? null : selector[..id];
        return id <= 0 ? throw Malformed()
            : kind == "key" && end >= 0 ? FromPassphrase(value, device)
            : kind == "file" && end >= 0 ? FromFile(value, device)
            : kind == "clevis" && end < 0 ? throw new FormatException(NoClevis)
            : throw Malformed();
    }

    /// <summary>What it is for, not the key.</summary>
    public override string ToString() => Device is null ? "a key for any device" : $"a key for {PrintableText.Line(Device)}";

    /// <summary>Why no key comes out of a network or a chip.</summary>
    internal static string NoClevis =>
        "Clevis gets keys from Tang servers or a TPM. For Tang let the appliance have the network "
        + $"({ApiName.Function(nameof(GuestfsHandle.SetNetwork))}), and call {ApiName.Function(nameof(GuestfsHandle.ClevisLuksUnlock))} "
        + "before inspecting; the TPM is in the guest's machine, and out of reach: give a passphrase or recovery key.";

    // Not the selector: a passphrase may be in it, wherever the mistake is.
    private static FormatException Malformed() =>
        new("A key is given as ID:key:PASSPHRASE or ID:file:FILENAME, where ID is a device, a UUID, or \"all\".");

    private static string Checked(string key, string parameter) =>
        key.Length == 0 ? throw new ArgumentException("The key is empty.", ApiName.Parameter(parameter))
        : key.Contains('\0', StringComparison.Ordinal)
            ? throw new ArgumentException("The key has a zero byte, which libguestfs cannot pass on.", ApiName.Parameter(parameter))
            : key;
}
