// A libguestfs version, so that versions are compared as numbers: 1.9.1 is older than 1.10.0.
using System.Globalization;

namespace Guestfs.Generator.Model;

/// <summary>A version; odd minors are development series, so 1.49.1 lies between 1.48.6 and 1.50.0.</summary>
internal readonly record struct ApiVersion(int Major, int Minor, int Release) : IComparable<ApiVersion>
{
    public static bool operator <(ApiVersion left, ApiVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(ApiVersion left, ApiVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(ApiVersion left, ApiVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ApiVersion left, ApiVersion right) => left.CompareTo(right) >= 0;

    /// <summary>A library older than this is refused when a handle is created, so functions this old need no guard.</summary>
    internal static ApiVersion OldestSupported { get; } = new(1, 40, 0);

    /// <summary>Reads three numbers with dots between them.</summary>
    /// <exception cref="ModelException">It is anything else.</exception>
    public static ApiVersion Parse(string text)
    {
        string[] parts = text.Split('.');
        int[] numbers = new int[3];
        bool valid = parts.Length == 3;
        for (int i = 0; valid && i < 3; i++)
        {
            valid = int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]);
        }

        return valid ? new(numbers[0], numbers[1], numbers[2]) : throw new ModelException($"'{text}' is not a version such as 1.19.63.");
    }

    public int CompareTo(ApiVersion other) => (Major, Minor, Release).CompareTo((other.Major, other.Minor, other.Release));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Release}");
}
