// Arguments of every kind at their limits; the judge is what the C library printed, byte for byte.
using System.Globalization;
using System.Text;

using Guestfs.Tests.Support;
using Guestfs.TestSurface;

using Xunit;

namespace Guestfs.Tests.Marshalling;

public sealed class ArgumentTests : IDisposable
{
    // The string, and its bytes in hexadecimal: written down, not computed by the code under test.
    private static readonly Dictionary<string, string> Encodings = new()
    {
        [""] = "",
        ["a"] = "61",
        ["é"] = "C3A9",
        ["߿ࠀ"] = "DFBFE0A080",
        ["世界"] = "E4B896E7958C",
        ["\uFFFF\uE000\uD7FF"] = "EFBFBFEE8080ED9FBF",
        ["🐧"] = "F09F90A7",
        ["\U00010000\U0010FFFF"] = "F0908080F48FBFBF",
        ["\uDC80"] = "80",
        ["a\uDCE9b\uDCFF"] = "61E962FF",
        ["\uDCC3é\uDCA9"] = "C3C3A9A9",
        ["\uDCF0🐧\uDC9F"] = "F0F09F90A79F",
        ["\uFEFFbom"] = "EFBBBF626F6D",
        ["\"quoted, \\ \t"] = "2271756F7465642C205C2009",
    };

    // Not in attributes, which are UTF-8 and would replace them.
    private static readonly string[] LoneSurrogates =
    [
        "\uD800", "\uDBFF", "\uDC00", "\uDC7F", "\uDD00", "\uDFFF", "a\uD800b", "\uDC80\uD800", "\uD800\uD800\uDC00",
    ];

    private readonly PrintedOutput output = new();

    public static TheoryData<string> HexNumbers => [.. Encodings.Values];

    public void Dispose() => output.Dispose();

    [Theory]
    [MemberData(nameof(HexNumbers))]
    public void Strings_arrive_as_their_bytes_in_every_position(string hex)
    {
        ArgumentNullException.ThrowIfNull(hex);
        string value = Encodings.Single(e => e.Value == hex).Key;
        Assert.Equal(hex, Convert.ToHexString(output.RequiredString(value)));
        Assert.Equal(hex, Convert.ToHexString(output.OptionalString(value)));
        Assert.Equal("ostring: "u8.ToArray().Concat(Convert.FromHexString(hex)), output.StringOption(value));

        string one = Convert.ToHexString("[\""u8) + hex + Convert.ToHexString("\"]"u8);
        string two = Convert.ToHexString("[\"x\", \""u8) + hex + Convert.ToHexString("\"]"u8);
        Assert.Equal(one, Convert.ToHexString(output.List(value)));
        Assert.Equal(two, Convert.ToHexString(output.List("x", value)));
        Assert.Equal(Convert.ToHexString("ostringlist: "u8) + one, Convert.ToHexString(output.ListOption(value)));
    }

    [Fact]
    public void An_optional_string_may_be_null() => Assert.Equal("null"u8, output.OptionalString(null));

    [Fact]
    public void A_null_option_is_not_given() =>
        Assert.EndsWith(
            "ostring: unset\nostringlist: unset\n",
            output.Text(h => h.InternalTest("", "", [], false, 0, 0, "", "", [], new() { Ostring = null, Ostringlist = null })),
            StringComparison.Ordinal);

    [Fact]
    public void Every_byte_value_arrives_in_a_buffer()
    {
        byte[] all = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];

        // The C code prints a char as an unsigned int.
        Assert.Equal(string.Concat(all.Select(b => $"<{(uint)(sbyte)b:x2}>")), Encoding.ASCII.GetString(output.Buffer(all)));
    }

    [Fact]
    public void A_buffer_of_size_0_is_accepted()
    {
        Assert.Empty(output.Buffer([]));

        // Also a null array, which becomes the default span, whose pointer is null: libguestfs refuses NULL.
        Assert.Empty(output.Buffer(null!));
    }

    // Around the end of the 512 bytes of stack that a call's strings share, and of a block of native memory.
    [Theory]
    [InlineData(160, 180)]
    [InlineData(505, 520)]
    [InlineData(1360, 1370)]
    [InlineData(4090, 4100)]
    public void Lengths_around_the_limits_of_the_argument_memory_arrive(int from, int to)
    {
        for (int length = from; length <= to; length++)
        {
            string ascii = Letters(length), wide = new('世', length);
            string expected = $"{ascii}\n{ascii}\n[\"{ascii}\", \"{ascii}\"]\n";
            Assert.StartsWith(
                expected,
                output.Text(h => h.InternalTest(ascii, ascii, [ascii, ascii], false, 0, 0, ascii, ascii, [])),
                StringComparison.Ordinal);

            byte[] bytes = output.Bytes(h => h.InternalTest(wide, null, [wide], false, 0, 0, "", wide, []));
            Assert.Equal(3 * length * 3, bytes.Count(b => b >= 0x80));
            Assert.StartsWith(wide + "\nnull\n[\"" + wide + "\"]\n", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_megabyte_arrives_in_every_position()
    {
        string large = Letters(1 << 20);
        Assert.Equal(large, Encoding.ASCII.GetString(output.RequiredString(large)));
        Assert.Equal(large, Encoding.ASCII.GetString(output.OptionalString(large)));
        Assert.Equal($"[\"{large}\", \"{large}\"]", Encoding.ASCII.GetString(output.List(large, large)));
        Assert.Equal("ostring: " + large, Encoding.ASCII.GetString(output.StringOption(large)));
        Assert.Equal($"ostringlist: [\"{large}\"]", Encoding.ASCII.GetString(output.ListOption(large)));

        byte[] buffer = Encoding.ASCII.GetBytes(large);
        Assert.Equal(string.Concat(buffer.Select(b => $"<{b:x2}>")), Encoding.ASCII.GetString(output.Buffer(buffer)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(100_000)]
    public void A_list_of_any_length_arrives(int count)
    {
        string[] items = [.. Enumerable.Range(0, count).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        string printed = "[" + string.Join(", ", items.Select(i => $"\"{i}\"")) + "]";
        Assert.Equal(printed, Encoding.ASCII.GetString(output.List(items)));
        Assert.Equal("ostringlist: " + printed, Encoding.ASCII.GetString(output.ListOption(items)));
    }

    [Fact]
    public void A_surrogate_that_stands_for_no_byte_is_refused() => Assert.All(LoneSurrogates, value =>
    {
        Refused("str", h => h.InternalTest(value, "", [], false, 0, 0, "", "", []));
        Refused("optstr", h => h.InternalTest("", value, [], false, 0, 0, "", "", []));
        Refused("strlist", h => h.InternalTest("", "", ["", value], false, 0, 0, "", "", []));
        Refused("fileout", h => h.InternalTest("", "", [], false, 0, 0, "", value, []));
        Refused("Ostring", h => h.InternalTest("", "", [], false, 0, 0, "", "", [], new() { Ostring = value }));
        Refused("Ostringlist", h => h.InternalTest("", "", [], false, 0, 0, "", "", [], new() { Ostringlist = [value] }));
    });

    [Theory]
    [InlineData("\0")]
    [InlineData("a\0")]
    [InlineData("\0a")]
    [InlineData("a\0b")]
    public void A_NUL_character_is_refused_and_not_the_end(string value)
    {
        Refused("str", h => h.InternalTest(value, "", [], false, 0, 0, "", "", []));
        Refused("optstr", h => h.InternalTest("", value, [], false, 0, 0, "", "", []));
        Refused("strlist", h => h.InternalTest("", "", ["", value], false, 0, 0, "", "", []));
        Refused("filein", h => h.InternalTest("", "", [], false, 0, 0, value, "", []));
        Refused("Ostring", h => h.InternalTest("", "", [], false, 0, 0, "", "", [], new() { Ostring = value }));
        Refused("Ostringlist", h => h.InternalTest("", "", [], false, 0, 0, "", "", [], new() { Ostringlist = ["", value] }));
    }

    [Fact]
    public void A_null_element_is_refused()
    {
        Refused("strlist", h => h.InternalTest("", "", [null!], false, 0, 0, "", "", []));
        Refused("strlist", h => h.InternalTest("", "", ["", null!, ""], false, 0, 0, "", "", []));
        Refused("Ostringlist", h => h.InternalTest("", "", [], false, 0, 0, "", "", [], new() { Ostringlist = [null!] }));
    }

    [Fact]
    public void A_required_argument_must_not_be_null()
    {
        Assert.Throws<ArgumentNullException>("str", () => output.Handle.InternalTest(null!, "", [], false, 0, 0, "", "", []));
        Assert.Throws<ArgumentNullException>("strlist", () => output.Handle.InternalTest("", "", null!, false, 0, 0, "", "", []));
        Assert.Throws<ArgumentNullException>("fileout", () => output.Handle.InternalTest("", "", [], false, 0, 0, "", null!, []));
    }

    // Nothing may reach C: nothing is printed.
    private void Refused(string parameter, Action<GuestfsHandle> call) =>
        Assert.Empty(output.Bytes(h => Assert.Throws<ArgumentException>(parameter, () => call(h))));

    private static string Letters(int length) => string.Create(length, 0, (span, _) =>
    {
        for (int i = 0; i < span.Length; i++)
        {
            span[i] = (char)('a' + (i % 23));
        }
    });
}
