// What the kernel says of this process' children: the judge of whether an appliance is really gone.
using System.Globalization;
using System.Text;

namespace Guestfs.IntegrationTests.Support;

/// <summary>Processes of the system, from /proc.</summary>
internal static class Processes
{
    /// <summary>The numbers of processes that have a text in their command line, such as the name of a disk image.</summary>
    internal static IReadOnlyList<int> With(string text) =>
        [.. All().Where(id => id != Environment.ProcessId && Read($"/proc/{id}/cmdline").Contains(text, StringComparison.Ordinal))];

    /// <summary>How many children of this process have ended without anybody having waited for them.</summary>
    internal static int Zombies() => All().Count(id =>
    {
        // The name, in parentheses, may have any character in it.
        string status = Read($"/proc/{id}/stat");
        string[] fields = status[(status.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 1 && fields[0] == "Z" && fields[1] == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
    });

    private static IEnumerable<int> All() => Directory.GetDirectories("/proc")
        .Select(d => int.TryParse(Path.GetFileName(d), NumberStyles.None, CultureInfo.InvariantCulture, out int id) ? id : 0)
        .Where(id => id > 0);

    private static string Read(string file)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(file));
        }
        catch (IOException)
        {
            // Gone meanwhile.
            return "";
        }
        catch (UnauthorizedAccessException)
        {
            return "";
        }
    }
}
