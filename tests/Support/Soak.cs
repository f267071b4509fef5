// Makes the stress tests longer: './build.sh soak' runs many times the rounds of the test command.
using System.Globalization;

namespace Guestfs.TestSupport;

/// <summary>How long stress tests run.</summary>
public static class Soak
{
    /// <summary>The rounds of a stress test: its short form's, times the environment variable GUESTFS_SOAK.</summary>
    public static int Rounds(int shortForm) =>
        int.TryParse(Environment.GetEnvironmentVariable("GUESTFS_SOAK"), NumberStyles.None, CultureInfo.InvariantCulture, out int factor) && factor > 1
            ? checked(shortForm * factor)
            : shortForm;
}
