// What an exception alone costs in this runtime: no binding's errors can be cheaper.
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Guestfs.Bench;

/// <summary>Throws and catches, one call deep.</summary>
[SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A filter is not what is measured.")]
internal static class ExceptionCost
{
    internal static void Throw(int count)
    {
        for (int i = 0; i < count; i++)
        {
            try
            {
                Fail();
            }
            catch (Exception)
            {
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Fail() => throw new InvalidOperationException("no");
}
