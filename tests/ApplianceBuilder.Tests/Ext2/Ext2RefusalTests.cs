// What cannot be written is refused in words, and leaves nothing behind.
using System.Globalization;

using Guestfs.Appliances.Ext2;
using Guestfs.Appliances.Host;
using Guestfs.Appliances.Plan;
using Guestfs.TestSupport;
using Xunit;

using static Guestfs.Appliances.Tests.Ext2.PlanEntries;

namespace Guestfs.Appliances.Tests.Ext2;

public sealed class Ext2RefusalTests : IDisposable
{
    private readonly TempDirectory directory = new();

    private string Image => directory.File("image");

    public void Dispose() => directory.Dispose();

    internal static bool Refused(FilePlan plan, Ext2Options options)
    {
        try
        {
            Ext2Image.Plan(plan, options);
            return false;
        }
        catch (ApplianceException exception) when (exception.Problem == ApplianceProblem.InvalidInput)
        {
            return true;
        }
    }

    internal static long NeededSize(FilePlan plan)
    {
        ApplianceException refusal = Assert.Throws<ApplianceException>(() => Ext2Image.Plan(plan, Options with { Size = 4096 }));
        Assert.Equal(ApplianceProblem.InvalidInput, refusal.Problem);
        return long.Parse(refusal.Message.Split("at least ")[1].Split('.')[0], CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Plans_that_ext2_cannot_hold_are_refused()
    {
        PlanEntry file = File("/f", [1]);
        FilePlan[] plans =
        [
            PlanOf(file with { Path = "/" + new string('n', 256) }),
            PlanOf(file with { Path = "/\uD800" }),
            PlanOf(file with { Path = "/lost+found" }),
            PlanOf(file with { Content = new SparseContent(3L << 40) }),
            PlanOf(file with { Content = new SparseContent(10, new DataRange(5, 6)) }),
            PlanOf(file with { Content = new SparseContent(10, new DataRange(5, 2), new DataRange(4, 1)) }),
            PlanOf(file with { ExtendedAttributes = [new("user.a", new byte[5000])] }),
            PlanOf(file with { ExtendedAttributes = [new("other.a", default)] }),
            PlanOf(file with { ExtendedAttributes = [new("user.", default)] }),
            PlanOf(file with { ExtendedAttributes = [new("system.posix_acl_access", new byte[13])] }),
            PlanOf(Link("/l", "")),
            PlanOf(Link("/l", new string('l', 4096))),
            PlanOf(Device("/d", EntryKind.BlockDevice, 4096, 0)),
            PlanOf(Enumerable.Range(0, 31_999).Select(i => Directory($"/d/{i}"))),
            PlanOf(Enumerable.Range(0, 32_000).Select(i => HardLink($"/h/{i}", "/f")).Append(file)),
        ];
        Assert.All(plans, plan => Assert.True(Refused(plan, Options)));
        Assert.True(Refused(PlanOf(file), Options with { Label = "seventeen bytes.." }));
        Assert.True(Refused(PlanOf(file), Options with { FreeSpace = -1 }));
        Assert.True(Refused(PlanOf(file), Options with { Size = -1 }));
    }

    [Fact]
    public void As_many_directories_and_links_as_ext2_allows_are_written() =>
        Ext2Judge.WriteChecked(
            PlanOf(Enumerable.Range(0, 31_998)
                .Select(i => Directory($"/d/{i}"))
                .Concat(Enumerable.Range(0, 31_999).Select(i => HardLink($"/h/{i}", "/f")))
                .Append(File("/f", [1]))),
            Image);

    [Fact]
    public void A_source_that_became_shorter_is_reported()
    {
        string source = directory.File("source");
        System.IO.File.WriteAllBytes(source, new byte[100_000]);
        Ext2Layout layout = Ext2Image.Plan(
            PlanOf(File("/f", new HostFileContent(source, 0, 100_000))), Options, TestContext.Current.CancellationToken);
        Command.Run("truncate", "-s", "99999", source);
        Assert.Equal(ApplianceProblem.UnreadableFile, Failure(layout, Image));
        System.IO.File.Delete(source);
        Assert.Equal(ApplianceProblem.UnreadableFile, Failure(layout, Image));
        Assert.False(System.IO.File.Exists(Image));
    }

    [Fact]
    public void A_file_that_is_there_is_left_alone()
    {
        System.IO.File.WriteAllText(Image, "mine");
        Ext2Layout layout = Ext2Image.Plan(PlanOf(File("/f", [1])), Options, TestContext.Current.CancellationToken);
        Assert.Equal(ApplianceProblem.OutputFailed, Failure(layout, Image));
        Assert.Equal("mine", System.IO.File.ReadAllText(Image));
        Assert.Equal(ApplianceProblem.OutputFailed, Failure(layout, directory.File("none/image")));
    }

    [Fact]
    public void Cancelling_leaves_nothing()
    {
        using CancellationTokenSource source = new();
        Ext2Layout layout = Ext2Image.Plan(
            PlanOf(File("/f", new SparseContent(200 << 20, new DataRange(0, 200 << 20)))), Options, TestContext.Current.CancellationToken);
        List<ApplianceProgress> reports = [];
        SynchronousProgress<ApplianceProgress> cancelsAtTheThird = new(value =>
        {
            reports.Add(value);
            if (reports.Count == 3)
            {
                source.Cancel();
            }
        });
        Assert.ThrowsAny<OperationCanceledException>(() => Ext2Image.Write(layout, Image, cancelsAtTheThird, source.Token));
        Assert.Equal(3, reports.Count);
        Assert.Equal((ApplianceStage.WritingRoot, layout.WrittenSize, "/f"), (reports[^1].Stage, reports[^1].Total, reports[^1].Item));
        Assert.InRange(reports[^1].Done, reports[^2].Done + 1, 3 << 20);
        Assert.False(System.IO.File.Exists(Image));
    }

    [Fact]
    public void A_full_disk_is_reported()
    {
        using SmallFilesystem small = new("2m");
        string image = Path.Combine(small.Directory, "image");
        Ext2Layout layout = Ext2Image.Plan(PlanOf(File("/f", Bytes(9 << 20, 1))), Options, TestContext.Current.CancellationToken);
        Assert.Equal(ApplianceProblem.NoSpace, Failure(layout, image));
        Assert.False(System.IO.File.Exists(image));
    }

    private static ApplianceProblem Failure(Ext2Layout layout, string image) =>
        Assert.Throws<ApplianceException>(() => Ext2Image.Write(layout, image, null, TestContext.Current.CancellationToken)).Problem;
}
