// The argument shapes that every upstream language binding is tested with; what the C library prints is the judge.
using Guestfs.Tests.Support;
using Guestfs.TestSurface;

using Xunit;

namespace Guestfs.Tests.Calls;

public class BindingConformanceTests
{
    private static readonly byte[] SevenBytes = "abc\0abc"u8.ToArray();

    private static readonly Shape[] Shapes =
    [
        new(h => Call(
            h, options: new() { Obool = true, Oint = 1, Oint64 = long.MaxValue }), Bool: "true", Int: "1", Int64: "9223372036854775807"),
        new(h => Call(
            h, optional: null, options: new() { Oint64 = 1, Ostring = "string" }), Optional: "null", Int64: "1", String: "string"),
        new(
            h => Call(h, required: "", options: new() { Obool = false, Oint64 = long.MinValue }),
            Required: "",
            Bool: "false",
            Int64: "-9223372036854775808"),
        new(h => Call(h, required: "", optional: "", options: default), Required: "", Optional: ""),
        new(h => Call(h, list: ["1"]), List: """["1"]"""),
        new(h => Call(h, list: ["1", "2"]), List: """["1", "2"]"""),
        new(h => Call(h, list: ["1"], flag: true), List: """["1"]""", Flag: "true"),
        new(h => Call(h, list: ["1"], number: -1, large: -1), List: """["1"]""", Number: "-1", Large: "-1"),
        new(h => Call(h, list: ["1"], number: -2, large: -2), List: """["1"]""", Number: "-2", Large: "-2"),
        new(h => Call(h, list: ["1"], number: 1, large: 1), List: """["1"]""", Number: "1", Large: "1"),
        new(h => Call(h, list: ["1"], number: 2, large: 2), List: """["1"]""", Number: "2", Large: "2"),
        new(h => Call(h, list: ["1"], number: 4095, large: long.MaxValue), List: """["1"]""", Number: "4095", Large: "9223372036854775807"),
        new(h => Call(h, list: ["1"], large: long.MinValue, input: "", output: ""), List: """["1"]""", Large: "-9223372036854775808",
            Input: "", Output: ""),
        new(h => Call(h, options: new() { Ostringlist = [] }), StringList: "[]"),
        new(h => Call(h, options: new() { Ostringlist = ["optelem1"] }), StringList: """["optelem1"]"""),
        new(h => Call(h, options: new() { Ostringlist = ["optelem1", "optelem2"] }), StringList: """["optelem1", "optelem2"]"""),
        new(h => Call(h, options: new() { Ostringlist = ["optelem1", "optelem2", "optelem3"] }),
            StringList: """["optelem1", "optelem2", "optelem3"]"""),

        // Beyond upstream's: all options at once, and the ends of the 32-bit range.
        new(h => Call(h, number: int.MaxValue, options: new()
        {
            Obool = true, Oint = int.MinValue, Oint64 = 0, Ostring = "", Ostringlist = ["", ""],
        }),
            Number: "2147483647", Bool: "true", Int: "-2147483648", Int64: "0", String: "", StringList: """["", ""]"""),
        new(h => Call(h, number: int.MinValue, options: new() { Oint = int.MaxValue }), Number: "-2147483648", Int: "2147483647"),
    ];

    public static TheoryData<int> ShapeNumbers => [.. Enumerable.Range(0, Shapes.Length)];

    [Theory]
    [MemberData(nameof(ShapeNumbers))]
    public void The_C_library_receives_the_arguments_of_the_binding_test(int number)
    {
        using PrintedOutput output = new();
        Assert.Equal(Shapes[number].Printed, output.Text(Shapes[number].Call));
    }

    [Fact]
    public void One_handle_takes_all_shapes_one_after_another()
    {
        using PrintedOutput output = new();
        Assert.Equal(string.Concat(Shapes.Select(s => s.Printed)), output.Text(h =>
        {
            foreach (Shape shape in Shapes)
            {
                shape.Call(h);
            }
        }));
    }

    private static void Call(
        GuestfsHandle handle, string required = "abc", string? optional = "def", string[]? list = null, bool flag = false,
        int number = 0, long large = 0, string input = "123", string output = "456", InternalTestOptions options = default) =>
        handle.InternalTest(required, optional, list ?? [], flag, number, large, input, output, SevenBytes, options);

    // The lines as upstream's C code prints them; those of most shapes are the same.
    private sealed record Shape(
        Action<GuestfsHandle> Call,
        string Required = "abc",
        string Optional = "def",
        string List = "[]",
        string Flag = "false",
        string Number = "0",
        string Large = "0",
        string Input = "123",
        string Output = "456",
        string Bool = "unset",
        string Int = "unset",
        string Int64 = "unset",
        string String = "unset",
        string StringList = "unset")
    {
        internal string Printed =>
            $"{Required}\n{Optional}\n{List}\n{Flag}\n{Number}\n{Large}\n{Input}\n{Output}\n<61><62><63><00><61><62><63>\n" +
            $"obool: {Bool}\noint: {Int}\noint64: {Int64}\nostring: {String}\nostringlist: {StringList}\n";
    }
}
