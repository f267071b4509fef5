// What the C library prints about the arguments it was given: the judge of everything that goes in.
using System.Text;

using Guestfs.TestSupport;
using Guestfs.TestSurface;

using Xunit;

namespace Guestfs.Tests.Support;

/// <summary>A handle whose <c>internal_test*</c> functions print to a file.</summary>
internal sealed class PrintedOutput : IDisposable
{
    private readonly TempDirectory directory = new();

    internal GuestfsHandle Handle { get; } = new(new GuestfsHandleOptions { IgnoreEnvironment = true });

    public void Dispose()
    {
        Handle.Dispose();
        directory.Dispose();
    }

    /// <summary>The bytes libguestfs prints during a call.</summary>
    internal byte[] Bytes(Action<GuestfsHandle> call)
    {
        string file = directory.File("printed");
        Handle.InternalTestSetOutput(file);
        try
        {
            call(Handle);
        }
        finally
        {
            Handle.InternalTestCloseOutput();
        }

        return File.ReadAllBytes(file);
    }

    /// <summary>The text libguestfs prints during a call; each byte one character.</summary>
    internal string Text(Action<GuestfsHandle> call) => Encoding.Latin1.GetString(Bytes(call));

    /// <summary>What it prints for a required string, between the lines of the other arguments.</summary>
    internal byte[] RequiredString(string value) => Lines(h => h.InternalTest(value, "", [], false, 0, 0, "", "", []), 0);

    /// <summary>What it prints for an optional string.</summary>
    internal byte[] OptionalString(string? value) => Lines(h => h.InternalTest("", value, [], false, 0, 0, "", "", []), 1);

    /// <summary>What it prints for a list: <c>["a", "b"]</c>.</summary>
    internal byte[] List(params string[] value) => Lines(h => h.InternalTest("", "", value, false, 0, 0, "", "", []), 2);

    /// <summary>What it prints for a buffer: <c>&lt;61&gt;&lt;62&gt;</c>.</summary>
    internal byte[] Buffer(byte[] value) => Lines(h => h.InternalTest("", "", [], false, 0, 0, "", "", value), 8);

    /// <summary>What it prints for a string option, with its name.</summary>
    internal byte[] StringOption(string value) =>
        Lines(h => h.InternalTest("", "", [], false, 0, 0, "", "", [], new InternalTestOptions { Ostring = value }), 12);

    /// <summary>What it prints for a list option, with its name.</summary>
    internal byte[] ListOption(params string[] value) =>
        Lines(h => h.InternalTest("", "", [], false, 0, 0, "", "", [], new InternalTestOptions { Ostringlist = value }), 13);

    // Only for values without line feeds: one line for each argument, then one for each option.
    private byte[] Lines(Action<GuestfsHandle> call, int index)
    {
        byte[] all = Bytes(call);
        Assert.Equal(14, all.Count(b => b == '\n'));
        for (int i = 0; i < index; i++)
        {
            all = all[(Array.IndexOf(all, (byte)'\n') + 1)..];
        }

        return all[..Array.IndexOf(all, (byte)'\n')];
    }
}
