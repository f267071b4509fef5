// The order of kernel versions and kernel file names, which decides what "the newest" is. The same as supermin's.
namespace Guestfs.Appliances.Kernel;

/// <summary>
/// Compares piece by piece: runs of digits as numbers, runs of letters, and other characters singly. Letters come before
/// numbers, numbers before other characters, and the shorter of two that begin alike first.
/// </summary>
internal sealed class KernelVersionComparer : IComparer<string>
{
    private enum PieceKind
    {
        End,
        Letters,
        Number,
        Other,
    }

    internal static KernelVersionComparer Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        ReadOnlySpan<char> a = x, b = y;
        while (!a.IsEmpty || !b.IsEmpty)
        {
            PieceKind kindOfA = KindOf(a), kindOfB = KindOf(b);
            if (kindOfA != kindOfB)
            {
                return kindOfA.CompareTo(kindOfB);
            }

            ReadOnlySpan<char> pieceOfA = Piece(a, kindOfA), pieceOfB = Piece(b, kindOfB);
            int order = kindOfA == PieceKind.Number ? CompareNumbers(pieceOfA, pieceOfB) : pieceOfA.SequenceCompareTo(pieceOfB);
            if (order != 0)
            {
                return order;
            }

            a = a[pieceOfA.Length..];
            b = b[pieceOfB.Length..];
        }

        // "01" and "1" are different names of one number: the order must still be one.
        return string.CompareOrdinal(x, y);
    }

    private static PieceKind KindOf(ReadOnlySpan<char> text) => text switch
    {
        [] => PieceKind.End,
        [>= '0' and <= '9', ..] => PieceKind.Number,
        [(>= 'a' and <= 'z') or (>= 'A' and <= 'Z'), ..] => PieceKind.Letters,
        _ => PieceKind.Other,
    };

    private static ReadOnlySpan<char> Piece(ReadOnlySpan<char> text, PieceKind kind)
    {
        int length = 1;
        while (kind != PieceKind.Other && length < text.Length && KindOf(text[length..]) == kind)
        {
            length++;
        }

        return text[..length];
    }

    private static int CompareNumbers(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        a = a.TrimStart('0');
        b = b.TrimStart('0');
        return a.Length != b.Length ? a.Length.CompareTo(b.Length) : a.SequenceCompareTo(b);
    }
}
