// Every kind of result when the call fails: upstream's functions that always do. The texts are those of the C library.
using Guestfs.TestSupport;
using Guestfs.TestSurface;

using Xunit;

namespace Guestfs.Tests.Calls;

public sealed class FailedCallTests : IDisposable
{
    private static readonly Dictionary<string, Action<GuestfsHandle>> Failing = new()
    {
        ["internal_test_rinterr"] = h => h.InternalTestRinterr(),
        ["internal_test_rint64err"] = h => h.InternalTestRint64err(),
        ["internal_test_rboolerr"] = h => h.InternalTestRboolerr(),
        ["internal_test_rconststringerr"] = h => h.InternalTestRconststringerr(),
        ["internal_test_rstringerr"] = h => h.InternalTestRstringerr(),
        ["internal_test_rstringlisterr"] = h => h.InternalTestRstringlisterr(),
        ["internal_test_rstructerr"] = h => h.InternalTestRstructerr(),
        ["internal_test_rstructlisterr"] = h => h.InternalTestRstructlisterr(),
        ["internal_test_rhashtableerr"] = h => h.InternalTestRhashtableerr(),
        ["internal_test_rbufferouterr"] = h => h.InternalTestRbufferouterr(),
    };

    private readonly GuestfsHandle handle = new(new GuestfsHandleOptions { IgnoreEnvironment = true });

    public static TheoryData<string> FailingFunctions => [.. Failing.Keys];

    public void Dispose() => handle.Dispose();

    [Theory]
    [MemberData(nameof(FailingFunctions))]
    public void A_failed_call_throws_what_the_C_library_said(string function)
    {
        GuestfsException e = Assert.Throws<GuestfsException>(() => Failing[function](handle));
        Assert.Equal(function, e.Operation);
        Assert.Equal("error", e.Message);
        Assert.Equal(0, e.Errno);
    }

    [Fact]
    public void An_optional_constant_string_has_no_error_but_null() => Assert.Null(handle.InternalTestRconstoptstringerr());

    [Theory]
    [InlineData("internal_test_rint", "expecting int argument")]
    [InlineData("internal_test_rint64", "expecting int64 argument")]
    [InlineData("internal_test_rstringlist", "expecting int argument")]
    [InlineData("internal_test_rhashtable", "expecting int argument")]
    [InlineData("internal_test_rstructlist", "expecting uint32 argument")]
    public void The_message_is_that_of_the_call_that_failed(string function, string message)
    {
        Assert.Throws<GuestfsException>(() => handle.InternalTestRinterr());
        GuestfsException e = Assert.Throws<GuestfsException>((Action)(function switch
        {
            "internal_test_rint" => () => handle.InternalTestRint("x"),
            "internal_test_rint64" => () => handle.InternalTestRint64("x"),
            "internal_test_rstringlist" => () => handle.InternalTestRstringlist("x"),
            "internal_test_rhashtable" => () => handle.InternalTestRhashtable("x"),
            _ => () => handle.InternalTestRstructlist("x"),
        }));
        Assert.Equal(function, e.Operation);
        Assert.Equal($"{function}: {message}", e.Message);
    }

    [Fact]
    public void The_error_number_is_that_of_the_system_call()
    {
        using TempDirectory directory = new();
        GuestfsException missing = Assert.Throws<GuestfsException>(() => handle.InternalTestSetOutput(directory.File("no/such/file")));
        Assert.Equal("internal_test_set_output", missing.Operation);
        Assert.Equal(2, missing.Errno);
        Assert.Contains("No such file or directory", missing.Message, StringComparison.Ordinal);
        Assert.Contains(directory.File("no/such/file"), missing.Message, StringComparison.Ordinal);

        GuestfsException isDirectory = Assert.Throws<GuestfsException>(() => handle.InternalTestSetOutput(directory.Path));
        Assert.Equal(21, isDirectory.Errno);
    }

    [Fact]
    public void The_message_shows_the_bytes_of_a_name_that_is_not_UTF_8()
    {
        GuestfsException e = Assert.Throws<GuestfsException>(() => handle.InternalTestSetOutput("/no\uDCFFsuch/file"));
        Assert.Contains("/no\\xffsuch/file", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_handle_works_on_after_an_error()
    {
        foreach (Action<GuestfsHandle> call in Failing.Values)
        {
            Assert.Throws<GuestfsException>(() => call(handle));
            Assert.Equal("ok", handle.InternalTestRstring("ok"));
        }
    }

    [Fact]
    public void Errors_of_two_threads_are_not_mixed_up()
    {
        using TempDirectory directory = new();
        string[] names = [directory.File("a/b"), directory.File("c/d"), directory.File("e/f")];
        Parallel.ForEach(names, name =>
        {
            for (int i = 0; i < 200; i++)
            {
                Assert.Contains(
                    name, Assert.Throws<GuestfsException>(() => handle.InternalTestSetOutput(name)).Message, StringComparison.Ordinal);
            }
        });
    }
}
