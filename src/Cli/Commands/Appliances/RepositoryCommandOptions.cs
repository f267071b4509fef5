using System.CommandLine;
using System.CommandLine.Parsing;

using Guestfs.Appliances;
using Guestfs.Appliances.Host;
using Guestfs.Cli.Help;

using Microsoft.Extensions.Logging;

namespace Guestfs.Cli.Commands.Appliances;

/// <summary>Options for Debian and Ubuntu repositories.</summary>
internal static class RepositoryCommandOptions
{
    private static readonly Option<string?> Suite = new("--suite")
    {
        Description = "Take all packages from this release (such as trixie) of apt's configured repositories, or of --repository.",
        HelpName = "name",
    };

    private static readonly Option<Uri?> Address = new("--repository")
    {
        Description = "Address of a Debian or Ubuntu repository, in place of apt's.", HelpName = "address",
        CustomParser = result =>
        {
            if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https" or "file")
            {
                return address;
            }

            result.AddError($"'{result.Tokens[0].Value}' is not an http, https or file address.");
            return null;
        },
    };

    private static readonly Option<string[]> Keyrings = new("--keyring")
    {
        Description = "Public keys that may sign the repository.", HelpName = "file",
    };

    private static readonly Option<string[]> Components = new("--component")
    {
        Description = "Its components. Default: main.",
        HelpName = "name",
        DefaultValueFactory = _ => ["main"],
    };

    private static readonly Option<string?> KernelPackage = new("--kernel-package")
    {
        Description = "The kernel's package.", HelpName = "name",
    };

    private static readonly Option<string[]> Packages = new("--package")
    {
        Description = "A package to take besides those that the skeleton names.", HelpName = "name",
    };

    private static readonly Flag AllowExpired = new("--allow-expired")
    {
        Description = "Use a repository that says it is out of date, or is older than what was taken from it before.",
    };

    internal static void AddTo(Command command)
    {
        Option[] options = [Suite, Address, Keyrings, Components, KernelPackage, Packages, AllowExpired];
        HelpPage.Group(OptionGroup.Repository, options);
        foreach (Option option in options)
        {
            command.Add(option);
        }
    }

    /// <summary>Fetches files. Whoever downloads follows redirections himself: on a host without OpenSSL one to https would end the process
    /// here.</summary>
    internal static HttpClient NewClient() => new(new SocketsHttpHandler { AllowAutoRedirect = false });

    /// <summary>Whether packages of a repository are asked for.</summary>
    internal static bool AreGiven(CommandResult result) => result.IsGiven(Suite) || result.IsGiven(Address);

    /// <summary>The name of an option that only means something with a repository; null if there is none.</summary>
    internal static string? WithoutRepository(CommandResult result) =>
        Array.Find<Option>([Keyrings, Components, KernelPackage, Packages, AllowExpired], result.IsGiven)?.Name;

    /// <summary>What is wrong with the options among themselves.</summary>
    internal static string? Fault(CommandResult result) => result.IsGiven(Address) switch
    {
        true when !result.IsGiven(Suite) => "--repository needs --suite, the release to take, such as trixie.",
        true when !result.IsGiven(Keyrings) =>
            "--repository needs --keyring, the keys of those who may sign it, such as /usr/share/keyrings/debian-archive-keyring.gpg.",
        false when AreGiven(result) && result.IsGiven(Components) =>
            "--component needs --repository: apt's own sources say which components they have.",
        _ => null,
    };

    /// <summary>What was asked for.</summary>
    internal static RepositoryOptions Read(ParseResult result, string cpu, string packagesDirectory, ILoggerFactory? loggerFactory) => new()
    {
        Suite = result.GetValue(Suite),
        Address = result.GetValue(Address),
        Keyrings = [.. (result.GetValue(Keyrings) ?? []).Select(ProcessInput.FullPath)],
        Components = result.GetValue(Components) ?? [],
        KernelPackage = result.GetValue(KernelPackage),
        Packages = result.GetValue(Packages) ?? [],
        Architecture = RepositoryOptions.ArchitectureOf(cpu),
        AllowExpired = result.GetValue(AllowExpired),
        CacheDirectory = packagesDirectory,
        Runner = new CommandRunner(ProcessInput.Variable("PATH")),
        LoggerFactory = loggerFactory,
    };
}
