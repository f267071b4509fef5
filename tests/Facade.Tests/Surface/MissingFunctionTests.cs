// Functions that are newer than the installed library; nm is the judge of which those are.
using Guestfs.Generator.Model;
using Guestfs.Interop;
using Guestfs.Tests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Tests.Surface;

public class MissingFunctionTests
{
    [Fact]
    public void A_function_that_the_library_lacks_says_so_and_since_when_it_exists()
    {
        using GuestfsHandle handle = new(new GuestfsHandleOptions { IgnoreEnvironment = true });
        HashSet<string> symbols = Symbols();
        ApiFunction[] missing = [.. Api.Functions.Where(f => !symbols.Contains(f.Symbol))];

        // The newest libguestfs has them all, which is as good.
        Assert.All(Api.Functions.Except(missing), f => Assert.True(GuestfsLibrary.HasSymbol(f.Symbol)));
        Assert.All(missing, f =>
        {
            GuestfsMissingFunctionException e = Assert.Throws<GuestfsMissingFunctionException>(
                () => CompiledCall.Of(Api.Method(f))(handle));
            Assert.Equal(f.Name, e.Operation);
            Assert.Equal(f.Since, e.Since);
            Assert.Contains($"guestfs_{f.Name} came with libguestfs {f.Since}", e.Message, StringComparison.Ordinal);
            Assert.Contains("Install a newer libguestfs", e.Message, StringComparison.Ordinal);
            Assert.IsType<EntryPointNotFoundException>(e.InnerException);
            Assert.False(GuestfsLibrary.HasSymbol(f.Symbol));
        });
        Assert.Equal(GuestfsState.Config, handle.State);
    }

    [Fact]
    public void What_the_library_lacks_is_newer_than_it()
    {
        using GuestfsHandle handle = new(new GuestfsHandleOptions { IgnoreEnvironment = true });
        HashSet<string> symbols = Symbols();
        GuestfsVersion version = handle.Version();
        ApiVersion installed = new((int)version.Major, (int)version.Minor, (int)version.Release);
        Assert.All(Api.Functions, f => Assert.Equal(ApiVersion.Parse(f.Since) > installed, !symbols.Contains(f.Symbol)));
    }

    private static HashSet<string> Symbols()
    {
        string library = File.ReadLines(
            "/proc/self/maps").First(l => l.Contains("/" + GuestfsLibrary.FileName, StringComparison.Ordinal)).Split(' ')[^1];
        return ExportedSymbols.Of(library);
    }
}
