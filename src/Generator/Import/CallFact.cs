// How a function is called, as the overlay's 'call' lists it.
namespace Guestfs.Generator.Import;

/// <summary>One of the first three says in which state; the others are added where they hold.</summary>
internal enum CallFact
{
    Any,
    Config,
    Ready,
    Blocking,
    Long,
    Cancellable,
}
