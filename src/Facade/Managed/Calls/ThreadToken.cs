using System.Runtime.CompilerServices;

namespace Guestfs;

/// <summary>Identifies a thread for as long as it lives; managed thread ids are used again.</summary>
internal sealed class ThreadToken
{
    [ThreadStatic]
    private static ThreadToken? current;

    [ThreadStatic]
    private static WeakReference<CallGate>? lastSilenced;

    internal static ThreadToken Current => current ??= new ThreadToken();

    /// <summary>The handle in which this thread last turned error printing off.</summary>
    internal static CallGate? LastSilenced
    {
        get => lastSilenced is { } reference && reference.TryGetTarget(out CallGate? gate) ? gate : null;
        set => lastSilenced = new WeakReference<CallGate>(value!);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsCurrent(object token) => ReferenceEquals(token, current);
}
