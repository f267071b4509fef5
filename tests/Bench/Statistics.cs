namespace Guestfs.Bench;

/// <summary>What figures are made of samples.</summary>
internal static class Statistics
{
    /// <summary>The middle one; of an even number the upper one in the middle.</summary>
    internal static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
