// Makes the stress tests longer: './build.sh soak' runs many times the rounds of the test command.
using System.Globalization;

namespace Guestfs.TestSupport;

/// <summary>How long stress tests run.</summary>
public static class Soak
{
    private static readonly int Factor =
        int.TryParse(Environment.GetEnvironmentVariable("GUESTFS_SOAK"), NumberStyles.None, CultureInfo.InvariantCulture, out int factor)
            ? factor
            : 0;

    /// <summary>Whether this is a soak: for what is done once, but takes long.</summary>
    public static bool IsOn => Factor > 0;

    /// <summary>The rounds of a stress test: <paramref name="soak"/> times the environment variable GUESTFS_SOAK where that is
    /// set.</summary>
    /// <param name="shortForm">The rounds in the test command.</param>
    /// <param name="soak">The rounds in a soak.</param>
    public static int Rounds(int shortForm, int soak) => IsOn ? checked(soak * Factor) : shortForm;
}
