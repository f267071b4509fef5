// Random trees: e2fsck must find each flawless, and debugfs' copy of each must be what was planned.
#pragma warning disable CA5394 // Seeded, so that a failure can be repeated.
using Guestfs.Appliances.Plan;
using Guestfs.TestSupport;
using Xunit;

using static Guestfs.Appliances.Tests.Ext2.PlanEntries;

namespace Guestfs.Appliances.Tests.Ext2;

public sealed class Ext2RandomTests
{
    [Fact]
    public void Random_trees_come_out_as_planned()
    {
        for (int seed = 0; seed < Soak.Rounds(20, 200); seed++)
        {
            using TempDirectory directory = new();
            Random random = new(seed);
            FilePlan plan = RandomPlan(random);
            string image = directory.File($"seed-{seed}");
            Ext2Judge.WriteChecked(plan, image, Options with { FreeSpace = random.Next(1 << 27) });
            Ext2Judge.CompareCopy(plan, image);
            Ext2Judge.CompareInodes(plan, image);

            // The size that a refusal names is enough.
            long needed = Ext2RefusalTests.NeededSize(plan);
            System.IO.File.Delete(image);
            Ext2Judge.WriteChecked(plan, image, Options with { Size = needed });
            Assert.True(needed < 1 << 20 || Ext2RefusalTests.Refused(plan, Options with { Size = needed - 4096 }));
        }
    }

    private static FilePlan RandomPlan(Random random)
    {
        List<string> directories = [""];
        List<string> files = [];
        FilePlanBuilder builder = new();
        int count = random.Next(1, 400);
        int mostBytes = 1 << random.Next(22);
        for (int i = 0; i < count; i++)
        {
            string path = $"{directories[random.Next(directories.Count)]}/{i}{RandomName(random)}";
            PlanEntry entry = random.Next(10) switch
            {
                0 or 1 => Directory(path),
                2 => Link(path, "x" + new string('t', random.Next(200))),
                3 when files.Count > 0 => HardLink(path, files[random.Next(files.Count)]),
                4 => Device(
                    path,
                    random.Next(2) == 0 ? EntryKind.BlockDevice : EntryKind.CharacterDevice,
                    (uint)random.Next(4096),
                    (uint)random.Next(1 << 20)),
                5 => File(path, RandomSparse(random)),
                _ => File(path, Bytes(random.Next(mostBytes), i)),
            };
            entry = entry with
            {
                Mode = (uint)random.Next((int)Permissions.Octal7777 + 1),
                Uid = (uint)random.NextInt64(uint.MaxValue),
                Gid = (uint)random.Next(),
                ModificationTime = random.NextInt64(8_000_000_000),
                ExtendedAttributes = entry.Kind == EntryKind.HardLink ? [] : RandomXattrs(random),
            };
            builder.Add(entry);
            (entry.Kind == EntryKind.Directory ? directories : entry.Kind == EntryKind.File ? files : []).Add(path);
        }

        return builder.Build();
    }

    private static string RandomName(Random random)
    {
        byte[] name = new byte[random.Next(20) == 0 ? 240 : random.Next(30)];
        for (int i = 0; i < name.Length; i++)
        {
            do
            {
                name[i] = (byte)random.Next(1, 256);
            }
            while (name[i] == (byte)'/');
        }

        return LosslessUtf8.GetString(name);
    }

    private static SparseContent RandomSparse(Random random)
    {
        List<DataRange> ranges = [];
        long at = 0;
        for (int i = random.Next(20); i > 0; i--)
        {
            at += random.NextInt64(1 << random.Next(1, 20));
            ranges.Add(new DataRange(at, random.Next(1, 1 << random.Next(1, 16))));
            at += ranges[^1].Length;
        }

        return new SparseContent(at + random.Next(10_000), [.. ranges]);
    }

    private static ExtendedAttribute[] RandomXattrs(Random random) => random.Next(4) > 0
        ? []
        : [.. Enumerable.Range(0, random.Next(5))
            .Select(i => new ExtendedAttribute($"user.{i}", Bytes(random.Next(1 << random.Next(10)), i)))];
}
