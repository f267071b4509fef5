using System.CommandLine;
using System.Security.Cryptography;

using Guestfs.Cli.Guests;

namespace Guestfs.Cli.Commands;

/// <summary>Options that several commands on files have, with one meaning.</summary>
internal static class FileOptions
{
    internal static readonly Flag Recursive = new("-R", "--recursive") { Description = "Everything below directories, too." };

    internal static readonly Flag Human = new("-h", "--human-readable") { Description = "Sizes such as 1.5K." };

    internal static readonly Flag Zero = new("-0", "--null")
    {
        Description = "A zero byte after each line, and names as they are.",
    };

    internal static readonly Option<string?> Algorithm = new("--algorithm")
    {
        HelpName = "md5|sha1|sha256|sha384|sha512",
        Description = "Which digest. Default: sha256.",
        CustomParser = result =>
        {
            string name = result.Tokens[0].Value;
            if (GuestContents.Algorithm(name) is null)
            {
                result.AddError($"'{name}' is not a digest: md5, sha1, sha256, sha384 or sha512.");
            }

            return name;
        },
    };

    /// <summary>The digest that is wanted.</summary>
    internal static HashAlgorithmName ReadAlgorithm(ParseResult result) =>
        GuestContents.Algorithm(result.GetValue(Algorithm) ?? "sha256")!.Value;
}
