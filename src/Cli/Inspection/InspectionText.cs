// What was found on disks, for people as a tree, and for programs as a line for each fact.
using Guestfs.Cli.Output;

namespace Guestfs.Cli.Inspection;

/// <summary>Writes it.</summary>
internal static class InspectionText
{
    private const int NameWidth = 20;

    internal static void Write(TextOutput output, IReadOnlyList<FoundSystem> systems)
    {
        foreach (FoundSystem found in systems)
        {
            if (TextOutput.IsTerminal)
            {
                WriteTree(output, found);
            }
            else
            {
                foreach (Fact fact in found.Facts())
                {
                    output.WriteFields([found.System.Root, fact.Name, .. fact.Values]);
                }
            }
        }
    }

    private static void WriteTree(TextOutput output, FoundSystem found)
    {
        GuestOperatingSystem os = found.System;
        output.WritePieces(
            (os.PrettyName ?? os.ProductName ?? os.Distro ?? os.Type ?? "unknown system", Tint.Green), ($" on {os.Root}", Tint.Plain));
        IGrouping<string, Fact>[] groups = [.. found.Facts().GroupBy(fact => fact.Name)];
        foreach (IGrouping<string, Fact> group in groups)
        {
            Fact[] facts = [.. group];
            bool isLast = group == groups[^1];
            string branch = Terminal.Branch(isLast);
            if (!facts[0].IsList)
            {
                output.WritePieces((branch, Tint.Dim), (group.Key.PadRight(NameWidth), Tint.Plain), (facts[0].Values[0], Tint.Plain));
                continue;
            }

            output.WritePieces((branch, Tint.Dim), ($"{group.Key}s", Tint.Plain), ($" ({facts.Length})", Tint.Dim));
            int parts = facts[0].Values.Length;
            int[] widths = [.. Enumerable.Range(0, parts).Select(part => facts.Max(fact => Terminal.Columns(fact.Values[part])))];
            foreach (Fact fact in facts)
            {
                string line = string.Join("  ", fact.Values.Select((value, part) => Terminal.Pad(value, widths[part])));
                output.WritePieces(
                    (Terminal.Trunk(isLast) + Terminal.Branch(fact == facts[^1]), Tint.Dim), (line.TrimEnd(), Tint.Plain));
            }
        }
    }
}
