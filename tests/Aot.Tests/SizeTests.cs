// What the libraries add to a NativeAOT program. Deterministic for one SDK, unlike times.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Aot.Tests;

public sealed class SizeTests(ITestOutputHelper output)
{
    // Of it 12 KB see to it that no handle is one too many, and that messages cannot drive a terminal and name what C# has; 28 KB find a
    // bundle, load libguestfs out of it, and say what is wrong with one that is broken.
    private const long Limit = 100 * 1024;

    [Fact]
    public void A_program_with_one_call_is_at_most_100_KB_larger_than_one_with_its_own_imports()
    {
        PublishedProgram ours = PublishedProgram.OneCall, own = PublishedProgram.OneImport;
        Assert.True(ours.Publishing.ExitCode == 0, ours.Publishing.Output);
        Assert.True(own.Publishing.ExitCode == 0, own.Publishing.Output);
        long with = new FileInfo(ours.File).Length, without = new FileInfo(own.File).Length;
        output.WriteLine($"{with:N0} bytes with the managed API, {without:N0} without: {with - without:N0} more.");
        Assert.InRange(with - without, 0, Limit);
    }
}
