// One line of the heap watcher's results.
namespace Guestfs.Tests.Memory;

/// <summary>What became of the memory of one kind of call.</summary>
public sealed record HeapLine(string Name, int Times, int Allocated, int Live, int LiveBytes, int FreedTwice, int Secrets);
