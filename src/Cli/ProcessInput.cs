// Where the tool reads what it is given from outside: once, and nowhere else.
using System.Globalization;

using Guestfs.Appliances;
using Guestfs.Cli.Output;
using Guestfs.Interop;

namespace Guestfs.Cli;

/// <summary>What the environment says.</summary>
internal static class ProcessInput
{
    // What .NET makes of bytes that are not UTF-8. Such a name leads to another file than the one that was meant.
    private const char Replacement = '\uFFFD';

    /// <summary>The arguments with the bytes that .NET has replaced, as <see cref="LosslessUtf8"/> keeps them: a guest's files may have
    /// any names.</summary>
    internal static string[] Lossless(string[] arguments)
    {
        if (!Array.Exists(arguments, argument => argument.Contains(Replacement, StringComparison.Ordinal)))
        {
            return arguments;
        }

        // A zero byte ends each.
        string[] all = LosslessUtf8.GetString(File.ReadAllBytes("/proc/self/cmdline")).Split('\0')[..^1];
        return [.. arguments.Zip(all.TakeLast(arguments.Length), (ours, whole) => ours.Contains(Replacement) ? whole : ours)];
    }

    /// <summary>Refuses names of this host that .NET cannot give to its kernel.</summary>
    internal static void Check(IEnumerable<string> arguments)
    {
        if (arguments.FirstOrDefault(JsonOutput.HasOtherBytes) is { } argument)
        {
            throw new UsageException(
                $"The argument '{argument}' has bytes that are not UTF-8. Give another name, for example that of a symbolic link.");
        }
    }

    /// <summary>The full name of a file or directory that was named on the command line.</summary>
    internal static string FullPath(string path)
    {
        Check([path]);
        return Path.GetFullPath(path) is string full && !full.Contains(Replacement, StringComparison.Ordinal)
            ? full
            : throw new UsageException("The name of the current directory has bytes that are not UTF-8. "
                + $"Change to another directory, or give the full path of '{path}'.");
    }

    /// <summary>Opens a file that was named on the command line.</summary>
    internal static FileStream OpenFile(string path)
    {
        string full = FullPath(path);
        return Directory.Exists(full) ? throw new UsageException($"{path} is a directory, and a file is needed.") : File.OpenRead(full);
    }

    /// <summary>The kernel that supermin's variables name, for a processor.</summary>
    internal static KernelOptions Kernel(string? cpu) => new()
    {
        Cpu = cpu ?? new KernelOptions().Cpu,
        ImagePath = Variable("SUPERMIN_KERNEL"),
        Version = Variable("SUPERMIN_KERNEL_VERSION"),
        ModulesDirectory = Variable("SUPERMIN_MODULES"),
    };

    /// <summary>SOURCE_DATE_EPOCH, seconds since 1970.</summary>
    internal static long? Timestamp()
    {
        string? text = Variable("SOURCE_DATE_EPOCH");
        return text is null ? null
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) ? seconds
            : throw new ApplianceException(
                ApplianceProblem.InvalidInput, $"SOURCE_DATE_EPOCH is '{text}', which is not a number of seconds since 1970.");
    }

    /// <summary>A variable that is set and not empty.</summary>
    internal static string? Variable(string name) => HostEnvironment.Variable(name) is { Length: > 0 } value
        ? value.Contains(Replacement, StringComparison.Ordinal) ? throw new ApplianceException(
            ApplianceProblem.InvalidInput, $"{name} has bytes that are not UTF-8: '{value}'.") : value
        : null;
}
