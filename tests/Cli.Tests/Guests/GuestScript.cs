using Guestfs.TestSupport;

namespace Guestfs.Cli.Tests.Guests;

/// <summary>Scripts about one guest and the tree that it was made of.</summary>
internal static class GuestScript
{
    // .NET cannot remove a name that is not UTF-8.
    private const string Functions = """
        export LC_ALL=C TZ=UTC
        work=$PWD; trap 'find "$work" -mindepth 1 -delete' EXIT
        waitFor() { for i in $(seq 300); do eval "$1" && return; sleep 0.1; done; echo "not seen: $1" >&2; return 1; }

        """;

    /// <summary>Runs one; what it ends with is for the caller to judge.</summary>
    internal static CommandResult Run(GuestImage guest, string script)
    {
        CommandResult result = GuestShell.Run(Functions + script, Variables(guest));
        guest.CheckUntouched();
        return result;
    }

    /// <summary>Runs one that must succeed.</summary>
    internal static void Pass(GuestImage guest, string script)
    {
        GuestShell.Pass(Functions + script, Variables(guest));
        guest.CheckUntouched();
    }

    private static Dictionary<string, string?> Variables(GuestImage guest) => new() { ["image"] = guest.Name, ["tree"] = guest.Tree };
}
