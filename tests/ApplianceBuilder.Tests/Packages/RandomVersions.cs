// Versions that are like each other, so that comparing them goes deep.
#pragma warning disable CA5394 // Nothing here is secret, and rounds must repeat.
namespace Guestfs.Appliances.Tests.Packages;

internal static class RandomVersions
{
    /// <summary>Pairs of versions: the second is the first with a small change.</summary>
    public static IEnumerable<(string First, string Second)> Pairs(Random random, int count, string alphabet, string epochs = "012")
    {
        for (int i = 0; i < count; i++)
        {
            string version = Text(random, alphabet, 1 + random.Next(8));
            int cut = random.Next(version.Length + 1);
            string other =
                version[..cut] + Text(random, alphabet, random.Next(3)) + version[Math.Min(version.Length, cut + random.Next(3))..];
            yield return (Decorate(version), Decorate(other.Length == 0 ? "1" : other));
        }

        string Decorate(string version) =>
            (random.Next(4) == 0 ? $"{epochs[random.Next(epochs.Length)]}:" : "")
            + version
            + (random.Next(3) == 0 ? "-" + random.Next(12) : "");
    }

    // The first is a digit: versions that begin with another character are no versions to the judges.
    private static string Text(Random random, string alphabet, int length) =>
        length == 0 ? "" : string.Concat(
            Enumerable.Range(0, length).Select(i => i == 0 ? (char)('0' + random.Next(10)) : alphabet[random.Next(alphabet.Length)]));
}
