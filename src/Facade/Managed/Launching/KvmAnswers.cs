// Remembers trials of KVM: in this process, and for other processes of this user in files of a private directory.
using System.Collections.Concurrent;
using System.Globalization;

using Guestfs.Interop;

namespace Guestfs;

/// <summary>The answer for a qemu and a kernel, tried once for each version of their files and each boot of the host.</summary>
/// <param name="directory">Where answers are kept; private to this user. Null keeps them in memory only.</param>
internal sealed class KvmAnswers(string? directory)
{
    private const string Prefix = "kvm-";

    // For how long a trial that took too long is not repeated.
    private static readonly TimeSpan Passing = TimeSpan.FromMinutes(10);

    // One process tries a machine once, whatever number of handles asks; what the answer depends on is in the key.
    private static readonly ConcurrentDictionary<string, Entry> Known = new(StringComparer.Ordinal);

    /// <summary>Those of this user; only in memory where no directory can be had, or is not private.</summary>
    internal static KvmAnswers OfUser() => new(PrivateDirectory.TryOfUser());

    /// <summary>Whether KVM works with a qemu and a kernel.</summary>
    /// <param name="trial">Tries it, if it is not known.</param>
    /// <param name="kernel">The kernel; null if there is none yet.</param>
    internal KvmAnswer Get(KvmTrial trial, string? kernel)
    {
        if (trial.WithoutTrial() is { } hindrance)
        {
            return hindrance;
        }

        if (Find(trial.Hypervisor, kernel) is not { } subject)
        {
            return File.Exists(trial.Hypervisor)
                ? new KvmAnswer(false, "there is no kernel to try KVM with", KvmProof.None)
                : new KvmAnswer(false, $"there is no {trial.Hypervisor}", KvmProof.None);
        }

        Entry entry = Known.GetOrAdd(subject.Key, static _ => new Entry());
        lock (entry)
        {
            if (entry.Answer is not { } answer || Environment.TickCount64 >= entry.Until)
            {
                answer = Read(subject) ?? TryAndWrite(trial, kernel!, subject);
                entry.Keep(answer);
            }

            return answer;
        }
    }

    /// <summary>A launch under KVM went wrong although the trial had not: from now on it counts as one that does not work.</summary>
    internal void Refute(string hypervisor, string? kernel, string reason, KvmProof proof)
    {
        if (Find(hypervisor, kernel) is { } subject)
        {
            KvmAnswer answer = new(false, reason.ReplaceLineEndings(" "), proof);
            Entry entry = Known.GetOrAdd(subject.Key, static _ => new Entry());
            lock (entry)
            {
                entry.Keep(answer);
                Write(subject, answer);
            }
        }
    }

    private static KvmSubject? Find(string hypervisor, string? kernel) =>
        kernel is null ? null : KvmSubject.Find(hypervisor, kernel, HostBoot.ReadId());

    private KvmAnswer TryAndWrite(KvmTrial trial, string kernel, KvmSubject subject)
    {
        KvmAnswer answer = trial.Run(kernel);
        if (answer.Proof != KvmProof.None)
        {
            Write(subject, answer);
        }

        return answer;
    }

    private string? FileOf(KvmSubject subject) => directory is null || subject.Boot is null ? null
        : Path.Combine(directory, Prefix + RecordFile.NameOf(subject.Names));

    // Five lines: the boot, what was tried, what came out, until when that holds, why.
    private KvmAnswer? Read(KvmSubject subject)
    {
        try
        {
            return FileOf(subject) is { } file
                && File.ReadAllLines(file) is [var boot, var key, "works" or "broken", var until, var reason] lines
                && boot == subject.Boot && key == subject.Key
                && long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out long end)
                ? IsOver(end) ? null : new KvmAnswer(lines[2] == "works", reason, end == 0 ? KvmProof.Lasting : KvmProof.Passing)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // A clock that was set back must not make it hold for years.
    private static bool IsOver(long end) =>
        end != 0
        && DateTimeOffset.FromUnixTimeSeconds(end) - DateTimeOffset.UtcNow is var left
        && (left <= TimeSpan.Zero || left > Passing);

    private void Write(KvmSubject subject, KvmAnswer answer)
    {
        if (FileOf(subject) is not { } file)
        {
            return;
        }

        long until = answer.Proof == KvmProof.Lasting ? 0 : (DateTimeOffset.UtcNow + Passing).ToUnixTimeSeconds();
        DeleteThoseOfOtherBoots(subject.Boot!);
        RecordFile.Write(
            file, subject.Boot!, subject.Key, answer.Works ? "works" : "broken", until.ToString(CultureInfo.InvariantCulture),
            answer.Reason);
    }

    // Each new appliance has a kernel of its own.
    private void DeleteThoseOfOtherBoots(string boot)
    {
        try
        {
            foreach (string file in Directory.GetFiles(directory!, Prefix + "*"))
            {
                if (File.ReadAllLines(file) is not [var first, ..] || first != boot)
                {
                    File.Delete(file);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then the next one does it.
        }
    }

    // Locked while one thread tries, so that others wait for what it finds.
    private sealed class Entry
    {
        internal KvmAnswer? Answer { get; private set; }

        internal long Until { get; private set; }

        internal void Keep(KvmAnswer answer)
        {
            Answer = answer.Proof == KvmProof.None ? null : answer;
            Until = answer.Proof == KvmProof.Lasting ? long.MaxValue : Environment.TickCount64 + (long)Passing.TotalMilliseconds;
        }
    }
}
