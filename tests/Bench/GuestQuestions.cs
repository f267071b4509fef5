// What the small tools of libguestfs are asked of a guest: a file, all names, how full it is. Each is a process from launch to end, as
// the ways to look for a system are.
using System.Globalization;
using System.Text;

namespace Guestfs.Bench;

internal static class GuestQuestions
{
    private const string File = "/etc/os-release";

    private static readonly (string Name, string[] Upstream)[] All =
    [
        ("cat", ["virt-cat", "--format=raw", "-a", "IMAGE", File]),
        ("ls -lR", ["virt-ls", "--format=raw", "-a", "IMAGE", "-lR", "/"]),
        ("df", ["virt-df", "--format=raw", "-a", "IMAGE"]),
    ];

    /// <summary>Three ways for each question, in its order: this library, upstream's tool with the same appliance, and with the
    /// distribution's.</summary>
    internal static InspectionWay[] Ways(
        string image, Dictionary<string, string?> ours, Dictionary<string, string?> distribution, string aot) =>
    [
        .. All.SelectMany(question =>
        {
            string[] upstream = [.. question.Upstream.Select(word => word == "IMAGE" ? image : word)];
            return (InspectionWay[])
            [
                new($"{question.Name}, NativeAOT", -1, ours, [aot, "inspect-once", question.Name, image]),
                new($"{upstream[0]}, same appliance", -1, ours, upstream),
                new($"{upstream[0]}, distribution's appliance", -1, distribution, upstream),
            ];
        }),
    ];

    /// <summary>A table; of each question how many times less this library takes than the others.</summary>
    internal static void Write(StringBuilder text, InspectionWay[] ways)
    {
        text.Append("\n| way | CPU | this library takes times less | wall | times less |\n|---|--:|--:|--:|--:|\n");
        for (int i = 0; i < ways.Length; i++)
        {
            InspectionWay own = ways[i / 3 * 3];
            text.Append(CultureInfo.InvariantCulture,
                $"| {ways[i].Name} | {ways[i].Cpu:F2} | {ways[i].Cpu / own.Cpu:F1} | {ways[i].Wall:F2} | {ways[i].Wall / own.Wall:F1} |\n");
        }

        // The same file to the last byte, and as many names; what df tells of is not the same for all.
        if (ways[0].Output != ways[1].Output || Lines(ways[3]) != Lines(ways[4]) || Lines(ways[6]) == 0)
        {
            throw new InvalidOperationException(
                $"The answers differ: {ways[0].Output}, {ways[1].Output}, {Lines(ways[3])} and {Lines(ways[4])} names, {ways[6].Output}");
        }

        static int Lines(InspectionWay way) => way.Output.AsSpan().Count('\n');
    }

    /// <summary>Answers one in this process, on its standard output; false if it is no question.</summary>
    internal static bool Answer(GuestfsHandle g, string question)
    {
        if (!Array.Exists(All, q => q.Name == question))
        {
            return false;
        }

        GuestMountReport report = g.MountAll(g.Inspect()[0]);
        using StreamWriter output = new(Console.OpenStandardOutput());
        switch (question)
        {
            case "cat":
                output.Write(g.Cat(File));
                break;
            case "df":
                foreach (GuestMountpoint mounted in report.Mounted)
                {
                    StatVfs status = g.Statvfs(mounted.Path);
                    output.Write(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{mounted.Mountable} {status.Blocks * status.FrSize} {status.BAvail * status.FrSize}\n"));
                }

                break;
            default:
                // The directory itself is the first name.
                output.Write("/\n");
                foreach (GuestfsDirectoryEntry entry in g.EnumerateDirectory("/", new() { RecurseSubdirectories = true, Status = true }))
                {
                    output.Write(string.Create(
                        CultureInfo.InvariantCulture, $"{entry.Status?.Mode & 4095:x} {entry.Status?.Size} {entry.Path}\n"));
                }

                break;
        }

        return true;
    }
}
