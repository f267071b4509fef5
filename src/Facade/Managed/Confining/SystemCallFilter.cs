// qemu's own filter of system calls (seccomp). What a machine of libguestfs needs is started before, or is not in qemu.
using System.Collections.Concurrent;

using Guestfs.Interop;

namespace Guestfs;

/// <summary>The option of qemu, and which qemus have it.</summary>
internal static class SystemCallFilter
{
    internal const string Option = "-sandbox";
    internal const string Value = "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny";

    private const string Prefix = "sandbox-", Supported = "supported", Refused = "refused";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly ConcurrentDictionary<string, bool> Known = new(StringComparer.Ordinal);

    /// <summary>Whether a qemu takes the option: it may be built without it, or be too old for a part of it. Each version of
    /// its file is asked once.</summary>
    internal static bool IsSupportedBy(string hypervisor)
    {
        FileInfo program = new(hypervisor);
        if (!program.Exists)
        {
            return false;
        }

        string key = RecordFile.Describe(program);
        if (Known.TryGetValue(key, out bool known))
        {
            return known;
        }

        string? file = PrivateDirectory.TryOfUser() is { } directory
            ? Path.Combine(directory, Prefix + RecordFile.NameOf(hypervisor))
            : null;
        if (Read(file, key) is not { } answer)
        {
            if (Ask(hypervisor) is not { } asked)
            {
                return false;
            }

            answer = asked;
            if (file is not null)
            {
                RecordFile.Write(file, key, answer ? Supported : Refused);
            }
        }

        return Known[key] = answer;
    }

    // qemu reads its options before it prints its version. Null where it could not be asked, or gave no answer in time.
    private static bool? Ask(string hypervisor)
    {
        using Subprocess? qemu = Subprocess.TryStart([hypervisor, Option, Value, "-version"], [], errorsApart: true);
        if (qemu is null)
        {
            return null;
        }

        long end = Environment.TickCount64 + (long)Limit.TotalMilliseconds;
        while (Environment.TickCount64 < end && qemu.Read(TimeSpan.FromMilliseconds(end - Environment.TickCount64)))
        {
        }

        // Its status may have gone to whoever reaps the children of this process; the version comes only if it took the option.
        return qemu.WaitForEnd(TimeSpan.FromMilliseconds(Math.Max(end - Environment.TickCount64, 0)))
            ? !qemu.HasFailed && qemu.Output.Length > 0
            : null;
    }

    private static bool? Read(string? file, string key)
    {
        try
        {
            return file is not null
                && File.Exists(file)
                && File.ReadAllLines(file) is [var of, Supported or Refused] lines
                && of == key
                ? lines[1] == Supported
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
