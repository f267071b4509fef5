// Optional arguments up to the last bit of the bitmask; what the C library prints is the judge.
using System.Globalization;
using System.Reflection;

using Guestfs.Tests.Support;
using Guestfs.TestSurface;

using Xunit;

namespace Guestfs.Tests.Calls;

public class OptionBitTests
{
    [Fact]
    public void Each_of_63_options_arrives_alone_under_its_own_name()
    {
        using PrintedOutput output = new();
        for (int bit = 1; bit <= 63; bit++)
        {
            Assert.Equal(Printed(n => n == bit ? Value(n) : null), output.Text(h => h.InternalTest63Optargs(Options(n => n == bit))));
        }
    }

    [Fact]
    public void All_63_options_arrive_together()
    {
        using PrintedOutput output = new();
        Assert.Equal(Printed(n => Value(n)), output.Text(h => h.InternalTest63Optargs(Options(_ => true))));
    }

    [Fact]
    public void None_of_63_options_arrives_when_none_is_given()
    {
        using PrintedOutput output = new();
        Assert.Equal(Printed(_ => null), output.Text(h => h.InternalTest63Optargs()));
    }

    [Fact]
    public void A_function_with_nothing_but_an_option_takes_it_or_not()
    {
        using PrintedOutput output = new();
        Assert.Equal("test: unset\n", output.Text(h => h.InternalTestOnlyOptargs()));
        Assert.Equal("test: -7\n", output.Text(h => h.InternalTestOnlyOptargs(new() { Test = -7 })));
        Assert.Equal("test: 0\n", output.Text(h => h.InternalTestOnlyOptargs(new() { Test = 0 })));
    }

    // Different for each option, so that two exchanged ones show.
    private static int Value(int option) => 1000 + (option * option);

    private static string Printed(Func<int, int?> value) =>
        string.Concat(Enumerable.Range(1, 63).Select(n => $"opt{n}: {value(n)?.ToString(CultureInfo.InvariantCulture) ?? "unset"}\n"));

    private static InternalTest63OptargsOptions Options(Func<int, bool> given)
    {
        object options = default(InternalTest63OptargsOptions);
        for (int n = 1; n <= 63; n++)
        {
            if (given(n))
            {
                PropertyInfo property = typeof(InternalTest63OptargsOptions).GetProperty($"Opt{n}")!;
                property.SetValue(options, Value(n));
            }
        }

        return (InternalTest63OptargsOptions)options;
    }
}
