namespace Guestfs;

/// <summary>How far a long operation has come: the event GUESTFS_EVENT_PROGRESS of guestfs(3).</summary>
/// <param name="ProcedureNumber">Which remote procedure is running; an internal number of libguestfs.</param>
/// <param name="Serial">The serial number of the call: the same for all messages of one operation.</param>
/// <param name="Position">How much is done, from 0 to <paramref name="Total"/>; the unit depends on the operation.</param>
/// <param name="Total">The end of the scale. Position 0 of total 1 is sent at the start of operations of unknown length.</param>
public readonly record struct GuestfsProgress(ulong ProcedureNumber, ulong Serial, ulong Position, ulong Total);
