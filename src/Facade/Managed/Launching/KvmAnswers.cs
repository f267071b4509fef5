// Remembers trials of KVM: in this process, and for other processes of this user in a file of a private directory.
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

using Guestfs.Appliances;

namespace Guestfs;

/// <summary>The answer for a qemu, tried once for each version of its file and each boot of the host.</summary>
internal static class KvmAnswers
{
    private const string BootId = "/proc/sys/kernel/random/boot_id";

    // One process tries a qemu once; what the answer depends on is in the key.
    private static readonly ConcurrentDictionary<string, KvmAnswer> Known = new(StringComparer.Ordinal);

    /// <summary>Whether KVM works with a qemu.</summary>
    /// <param name="hypervisor">The qemu.</param>
    /// <param name="directory">Where the answers are kept; private to this user. Null keeps them in memory only.</param>
    internal static KvmAnswer Get(string hypervisor, string? directory)
    {
        if (KvmProbe.WithoutTrial() is { } hindrance)
        {
            return hindrance;
        }

        FileInfo program = new(hypervisor);
        if (!program.Exists)
        {
            return new KvmAnswer(false, $"there is no {hypervisor}");
        }

        string? boot = ReadBootId();
        string key = string.Create(CultureInfo.InvariantCulture, $"{hypervisor} {program.Length} {program.LastWriteTimeUtc.Ticks} {boot}");
        if (Known.TryGetValue(key, out KvmAnswer? answer))
        {
            return answer;
        }

        string? file = directory is null || boot is null ? null : Path.Combine(directory, "kvm-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(hypervisor)))[..16]);
        answer = Read(file, key) ?? TryAndWrite(hypervisor, file, key);
        if (answer is null)
        {
            return new KvmAnswer(false, $"{hypervisor} did not answer when it was tried with KVM");
        }

        Known[key] = answer;
        return answer;
    }

    /// <summary>The directory of this user, made if need be; null when it cannot be had, or is not private.</summary>
    internal static string? PrivateDirectory()
    {
        try
        {
            return new ApplianceCache(ApplianceCache.DefaultDirectory).Directory;
        }
        catch (ApplianceException)
        {
            return null;
        }
    }

    private static KvmAnswer? TryAndWrite(string hypervisor, string? file, string key)
    {
        KvmAnswer? answer = KvmProbe.Try(hypervisor);
        if (answer is not null && file is not null)
        {
            Write(file, key, answer);
        }

        return answer;
    }

    // Three lines: what was tried, what came out, why.
    private static KvmAnswer? Read(string? file, string key)
    {
        try
        {
            return file is not null && File.ReadAllLines(file) is [string known, "works" or "broken", string reason] lines && known == key
                ? new KvmAnswer(lines[1] == "works", reason)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void Write(string file, string key, KvmAnswer answer)
    {
        string aside = $"{file}.{Guid.NewGuid():N}";
        try
        {
            File.WriteAllLines(aside, [key, answer.Works ? "works" : "broken", answer.Reason]);
            File.Move(aside, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then the next process tries again.
        }
    }

    private static string? ReadBootId()
    {
        try
        {
            return File.ReadAllText(BootId).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
