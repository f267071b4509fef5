// Archives that try what an archive must not. tar itself is no judge of most; the plan and the host's tree are.
using Guestfs.Appliances.Archives;
using Guestfs.Appliances.Plan;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Archives;

public sealed class HostileTarTests
{
    public static TheoryData<string> Hostile => [.. Archives.Keys];

    private static Dictionary<string, Func<byte[]>> Archives { get; } = new()
    {
        ["dot dot"] = () => new TarBuilder().Add("../evil").End(),
        ["dot dot inside"] = () => new TarBuilder().Add("a/../../evil").End(),
        ["dot dot in pax"] = () => new TarBuilder().AddPax("path", "/a/../../evil").Add("x").End(),
        ["NUL in pax"] = () => new TarBuilder().AddPax("path", "a\0b").Add("x").End(),
        ["NUL in link"] = () => new TarBuilder().AddPax("linkpath", "a\0b").Add("x", '2', link: "y").End(),
        ["empty name"] = () => new TarBuilder().Add("").End(),
        ["empty link"] = () => new TarBuilder().Add("x", '2').End(),
        ["hard link out"] = () => new TarBuilder().Add("x", '1', link: "../../etc/shadow").End(),
        ["hard link to nothing"] = () => new TarBuilder().Add("x", '1', link: "etc/shadow").End(),
        ["hard link to itself"] = () => new TarBuilder().Add("x", '1', link: "x").End(),
        ["hard link to directory"] = () => new TarBuilder().Add("d", '5').Add("x", '1', link: "d").End(),
        ["device"] = () => new TarBuilder().Add("null", '3').End(),
        ["unknown type"] = () => new TarBuilder().Add("x", 'Q').End(),
        ["twice"] = () => new TarBuilder().Add("x").Add("./x").End(),
        ["file then directory"] = () => new TarBuilder().Add("x").Add("x", '5').End(),
        ["no end"] = () => new TarBuilder().Add("x", data: "1").Unfinished(),
        ["size beyond the end"] = () => new TarBuilder().Add("x", size: "00077777777\0").End(),
        ["size of exabytes"] = () => new TarBuilder().Add("x", size: "\x80\0\0\0\x7f\xff\xff\xff\xff\xff\xff\xff").End(),
        ["negative size"] = () => new TarBuilder().Add("x", size: "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\0").End(),
        ["negative pax size"] = () => new TarBuilder().AddPax("size", "-5").Add("x").End(),
        ["huge extension"] = () => new TarBuilder().Add("pax", 'x', size: "17777777000\0").End(),
        ["damaged pax"] = () => new TarBuilder().Add("pax", 'x', "99 path=x\n").Add("x").End(),
        ["negative owner"] = () => new TarBuilder().AddPax("uid", "-1").Add("x").End(),
        ["bad digits"] = () => new TarBuilder().Add("x", mode: "0000999\0").End(),
        ["deep"] = () => new TarBuilder().AddPax("path", string.Concat(Enumerable.Repeat("d/", 2000))).Add("x").End(),
        ["long name"] = () => new TarBuilder().AddPax("path", new string('n', 256)).Add("x").End(),
        ["sparse exabytes"] = () => new TarBuilder().AddPax("GNU.sparse.major", "1").AddPax("x", "y").Add("x", data: "0\n").End(),
        ["sparse map of millions"] = () => new TarBuilder().Add("pax", 'x', "22 GNU.sparse.major=1\n22 GNU.sparse.minor=0\n")
            .Add("x", data: "99999999\n" + new string('0', 600))
            .End(),
        ["damaged checksum"] = () => [.. new TarBuilder().Add("x").End().Select((b, i) => i == 3 ? (byte)'!' : b)],
        ["no tar"] = () => "this is not an archive"u8.ToArray(),
        ["nothing"] = () => [],
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void An_archive_that_tries_what_it_must_not_is_refused_by_name(string what)
    {
        using TempDirectory directory = new();
        ApplianceException error = Assert.Throws<ApplianceException>(() => ArchiveTest.Read(Archives[what](), directory));
        Assert.Equal(ApplianceProblem.InvalidArchive, error.Problem);
        Assert.Contains("test.tar", error.Message, StringComparison.Ordinal);
        Assert.Equal(["spool"], Directory.GetFileSystemEntries(directory.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Writing_through_a_symbolic_link_stays_in_the_plan()
    {
        using TempDirectory directory = new();
        string outside = Directory.CreateDirectory(directory.File("outside")).FullName;
        byte[] archive = new TarBuilder().Add("way", '2', link: outside).Add("way/file", data: "x").Add("/absolute", data: "y").End();
        FilePlanBuilder builder = new();
        ArchiveTest.Read(archive, directory).ForEach(builder.Add);

        Assert.Empty(Directory.GetFileSystemEntries(outside));
        FilePlan plan = builder.Build();
        Assert.Equal(EntryKind.File, plan.Find(outside + "/file")!.Kind);
        Assert.Equal(EntryKind.File, plan.Find("/absolute")!.Kind);
    }

    [Fact]
    public void Devices_are_taken_when_allowed()
    {
        using TempDirectory directory = new();
        PlanEntry entry = Assert.Single(
            ArchiveTest.Read(new TarBuilder().Add("null", '3').End(), directory, new TarOptions { AllowDevices = true }));
        Assert.Equal(new DeviceNumber(1, 3), entry.Device);
    }

    [Fact]
    public void A_name_that_would_write_to_a_terminal_is_made_harmless_in_messages()
    {
        using TempDirectory directory = new();
        ApplianceException error = Assert.Throws<ApplianceException>(
            () => ArchiveTest.Read(new TarBuilder().Add("../\u001b[31m").End(), directory));
        Assert.DoesNotContain('\u001b', error.Message);
    }

    [Fact]
    public void Reading_stops_when_it_is_cancelled()
    {
        using TempDirectory directory = new();
        using CancellationTokenSource cancel = new();
        using MemoryStream stream = new(new TarBuilder().Add("a").Add("b").End());
        using Spool spool = new(directory.File("spool"));
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (PlanEntry _ in TarArchive.Read(stream, "a", spool, new TarOptions(), cancel.Token))
            {
                cancel.Cancel();
            }
        });
    }
}
