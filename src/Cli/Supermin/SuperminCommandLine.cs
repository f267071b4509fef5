using System.Globalization;
using System.Text.RegularExpressions;

namespace Guestfs.Cli.Supermin;

/// <summary>Reads the command line of supermin 5: its options, and the errors and exit codes that its callers know.</summary>
internal static partial class SuperminCommandLine
{
    /// <summary>The version of supermin that this stands in for.</summary>
    internal const string Version = "5.3.5";

    private const string Help = """
        supermin - builds libguestfs appliances (gfs in place of supermin)

        Usage:

          supermin --prepare LIST OF PACKAGES ...
          supermin --build INPUT [INPUT ...]

        Options:

          --build                      Build a full appliance
          --copy-kernel                Copy the kernel instead of linking to it
          -f, --format chroot|ext2     Output format
          --host-cpu ARCH              Architecture of the kernel
          --if-newer                   Build only if an input is newer than the output
          --include-packagelist        Add /packagelist, the names of all packages
          --list-drivers               List the package databases and whether they are here
          --lock LOCKFILE              Let only one program with this lock file build at a time
          --names                      Always an error (supermin 4)
          -o OUTPUTDIR                 Output directory
          --packager-config FILE       Accepted for compatibility
          --prepare                    Make a skeleton of package names
          --size SIZE                  Size of the ext2 image: a number with b, K, M or G
          --use-installed              Take configuration files of the host, and not of packages that
                                       apt-get downloads
          -v, --verbose                Tell what is done; again for more
          -V, --version                Show the version
          -help, --help                Show this help

        """;

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="SuperminExitException">They ask for no work, or are wrong.</exception>
    internal static SuperminOptions Parse(IReadOnlyList<string> arguments)
    {
        SuperminOptions options = new();
        bool prepare = false, build = false;
        List<string> inputs = [];
        for (int i = 0; i < arguments.Count; i++)
        {
            (string name, string? value) = Split(arguments[i]);
            string Value() => value ?? (i + 1 < arguments.Count ? arguments[++i] : throw Usage($"option '{name}' needs an argument."));
            switch (name)
            {
                case "--build":
                    build = true;
                    break;
                case "--prepare":
                    prepare = true;
                    break;
                case "--copy-kernel":
                    options = options with { CopyKernel = true };
                    break;
                case "--dtb":
                    throw Failure("*** error: the --dtb option is not supported any more: leave it and its argument out.");
                case "-f" or "--format":
                    options = options with { Format = ParseFormat(Value()) };
                    break;
                case "--host-cpu":
                    options = options with { HostCpu = Value() };
                    break;
                case "--if-newer":
                    options = options with { IfNewer = true };
                    break;
                case "--include-packagelist":
                    options = options with { IncludePackageList = true };
                    break;
                case "--list-drivers":
                    throw new SuperminExitException(0, SuperminDrivers.List(), "");
                case "--lock":
                    options = options with { LockFile = Value() };
                    break;
                case "--names":
                    throw Failure("*** error: --names belongs to supermin 4; this program stands in for supermin 5.");
                case "-o":
                    options = options with { Output = Value() };
                    break;
                case "--packager-config":
                    // It configures the downloaders of rpm and pacman, which are not used here.
                    Value();
                    break;
                case "--size":
                    options = options with { Size = ParseSize(Value()) };
                    break;
                case "--use-installed":
                    options = options with { UseInstalled = true };
                    break;
                case "-v" or "--verbose":
                    options = options with { Verbose = options.Verbose + 1 };
                    break;
                case "-V" or "--version":
                    throw new SuperminExitException(0, $"supermin {Version}\n", "");
                case "-help" or "--help":
                    throw new SuperminExitException(0, Help, "");
                default:
                    inputs.Add(name.StartsWith('-') ? throw Usage($"unknown option '{arguments[i]}'.") : arguments[i]);
                    break;
            }
        }

        return Check(options with
        {
            Inputs = inputs,
            Mode = prepare == build ? SuperminMode.None : prepare ? SuperminMode.Prepare : SuperminMode.Build,
        });
    }

    /// <summary>The error of a command that was understood.</summary>
    internal static SuperminExitException Failure(string message) => new(1, "", $"supermin: {message}\n");

    private static SuperminExitException Usage(string message) => new(2, "", $"supermin: {message}\n{Help}");

    private static SuperminOptions Check(SuperminOptions options) => options switch
    {
        { Mode: SuperminMode.None } => throw Failure("you must use --prepare or --build to select the mode"),
        { Mode: SuperminMode.Build, Format: SuperminFormat.None } =>
            throw Failure("when using --build, you must specify an output --format"),
        { Mode: SuperminMode.Build, Inputs.Count: 0 } => throw Failure("build: no input supermin appliance specified"),
        { Inputs.Count: 0 } => throw Failure("prepare: no input packages specified"),
        { Output: "" } => throw Failure("output directory (-o option) must be supplied"),
        { Output: string output } when ProcessInput.FullPath(output).TrimEnd('/') + "/" is string full
            && (Directory.GetCurrentDirectory() + "/").StartsWith(full, StringComparison.Ordinal) =>
            throw Failure($"output directory {output} would be removed with the working directory in it: choose another"),
        _ => options,
    };

    private static (string Name, string? Value) Split(string argument)
    {
        int equals = argument.StartsWith("--", StringComparison.Ordinal) ? argument.IndexOf('=', StringComparison.Ordinal) : -1;
        return equals < 0 ? (argument, null) : (argument[..equals], argument[(equals + 1)..]);
    }

    private static SuperminFormat ParseFormat(string text) => text switch
    {
        "chroot" or "fs" or "filesystem" => SuperminFormat.Chroot,
        "ext2" => SuperminFormat.Ext2,
        _ => throw Failure($"unknown --format option ({text})"),
    };

    private static long ParseSize(string text)
    {
        Match match = SizePattern().Match(text);
        if (!match.Success
            || !decimal.TryParse(
                match.Groups[1].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number))
        {
            throw Failure($"cannot parse size field '{text}'");
        }

        decimal bytes = number * match.Groups[2].Value switch
        {
            "K" => 1L << 10,
            "M" => 1L << 20,
            "G" => 1L << 30,
            _ => 1,
        };
        return bytes is > 0 and < 1L << 50 ? (long)bytes : throw Failure($"cannot parse size field '{text}'");
    }

    [GeneratedRegex("^([.0-9]+)([bKMG])\\z")]
    private static partial Regex SizePattern();
}
