// Functions that are newer than the installed library; nm is the judge of which those are.
using System.Globalization;

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
        if (missing.Length == 0)
        {
            Command.Missing("The installed library has every function.");
        }

        Assert.All(missing, f =>
        {
            GuestfsMissingFunctionException e = Assert.Throws<GuestfsMissingFunctionException>(() => DummyCall.Of(Api.Method(f))(handle));
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
        Assert.All(Api.Functions, f => Assert.Equal(IsNewer(f.Since, handle.Version()), !symbols.Contains(f.Symbol)));
    }

    // Upstream's odd minor numbers are the development versions before the even stable one.
    private static bool IsNewer(string since, GuestfsVersion installed)
    {
        int[] parts = [.. since.Split('.').Select(p => int.Parse(p, CultureInfo.InvariantCulture))];
        return (parts[0], parts[1], parts[2]).CompareTo(((int)installed.Major, (int)installed.Minor, (int)installed.Release)) > 0;
    }

    private static HashSet<string> Symbols()
    {
        string library = File.ReadLines("/proc/self/maps").First(l => l.Contains("/" + GuestfsLibrary.FileName, StringComparison.Ordinal)).Split(' ')[^1];
        return [.. Command.Run("nm", "-D", "--defined-only", library)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => l.Split(' ')[^1].Split('@')[0])];
    }
}
