// Every kind of result, from upstream's functions that return what they are told; their C code is the judge.
using System.Globalization;

using Guestfs.TestSurface;

using Xunit;

namespace Guestfs.Tests.Calls;

public sealed class ReturnValueTests : IDisposable
{
    private readonly GuestfsHandle handle = new(new GuestfsHandleOptions { IgnoreEnvironment = true });

    public void Dispose() => handle.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(-2)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void An_int_comes_back(int value) =>
        Assert.Equal(value, handle.InternalTestRint(value.ToString(CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData(0L)]
    [InlineData(-2L)]
    [InlineData(int.MaxValue + 1L)]
    [InlineData(uint.MaxValue)]
    [InlineData(-4294967297L)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void A_64_bit_integer_comes_back(long value) =>
        Assert.Equal(value, handle.InternalTestRint64(value.ToString(CultureInfo.InvariantCulture)));

    [Fact]
    public void Minus_one_is_the_error_value_whatever_the_function_meant()
    {
        Assert.Equal("internal_test_rint", Assert.Throws<GuestfsException>(() => handle.InternalTestRint("-1")).Operation);
        Assert.Equal("internal_test_rint64", Assert.Throws<GuestfsException>(() => handle.InternalTestRint64("-1")).Operation);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public void A_bool_comes_back(string text, bool value) => Assert.Equal(value, handle.InternalTestRbool(text));

    [Fact]
    public void Strings_that_the_library_keeps_are_not_freed()
    {
        // They are literals in the library: freeing one would abort the process.
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal("static string", handle.InternalTestRconststring("x"));
            Assert.Equal("static string", handle.InternalTestRconstoptstring("x"));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("string")]
    [InlineData("Grüße, 世界, 🐧")]
    public void A_string_comes_back(string value) => Assert.Equal(value, handle.InternalTestRstring(value));

    [Fact]
    public void A_string_that_is_not_UTF_8_comes_back() =>
        Assert.Equal("\uDC80 é \uDCFF\uDCC3", handle.InternalTestRstring("\uDC80 é \uDCFF\uDCC3"));

    [Theory]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(1 << 20)]
    public void A_long_string_comes_back(int length)
    {
        string ascii = new('x', length), wide = new('é', length), mixed = new string('y', length - 1) + '\uDCE9';
        Assert.Equal(ascii, handle.InternalTestRstring(ascii));
        Assert.Equal(wide, handle.InternalTestRstring(wide));
        Assert.Equal(mixed, handle.InternalTestRstring(mixed));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    public void A_list_comes_back(int count) => Assert.Equal(Numbers(count), handle.InternalTestRstringlist(Text(count)));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    public void A_hashtable_comes_back(int count)
    {
        IReadOnlyDictionary<string, string> table = handle.InternalTestRhashtable(Text(count));
        Assert.Equal(Numbers(count), table.Keys);
        Assert.Equal(Numbers(count), table.Values);
        Assert.False(table.ContainsKey("no such key"));
    }

    [Fact]
    public void A_buffer_comes_back()
    {
        Assert.Equal([], handle.InternalTestRbufferout(""));
        Assert.Equal("bytes"u8, handle.InternalTestRbufferout("bytes"));
        Assert.Equal([0xFF, 0x80, 0x41], handle.InternalTestRbufferout("\uDCFF\uDC80A"));
    }

    [Fact]
    public void A_large_buffer_comes_back()
    {
        byte[] buffer = handle.InternalTestRbufferout(new string('b', 1 << 20));
        Assert.Equal(1 << 20, buffer.Length);
        Assert.Equal(-1, buffer.AsSpan().IndexOfAnyExcept((byte)'b'));
    }

    [Fact]
    public void A_structure_comes_back() => Assert.Equal(PhysicalVolume(0), handle.InternalTestRstruct("unused"));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    public void A_list_of_structures_comes_back(int count) =>
        Assert.Equal(Enumerable.Range(0, count).Select(PhysicalVolume), handle.InternalTestRstructlist(Text(count)));

    [Fact]
    public void Structures_compare_by_value()
    {
        LvmPv[] list = handle.InternalTestRstructlist("2");
        Assert.Equal(handle.InternalTestRstruct("unused"), list[0]);
        Assert.NotEqual(list[0], list[1]);
    }

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static string[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(Text)];

    // What upstream's C code puts into the structure with that number.
    private static LvmPv PhysicalVolume(int i) => new()
    {
        Name = $"pv{i}",
        Uuid = "12345678901234567890123456789012",
        Fmt = "unknown",
        Size = (ulong)i,
        DevSize = (ulong)i,
        Free = (ulong)i,
        Used = (ulong)i,
        Attr = $"attr{i}",
        PeCount = i,
        PeAllocCount = i,
        Tags = $"tag{i}",
        PeStart = (ulong)i,
        MdaCount = i,
        MdaFree = (ulong)i,
    };
}
