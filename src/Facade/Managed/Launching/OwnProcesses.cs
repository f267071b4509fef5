// What libguestfs starts during a launch (supermin, qemu, qemu-img, its recovery process), so that it can be ended from
// another thread: a launch whose qemu hangs waits for ever, and nothing in guestfs(3) stops it.
using System.Globalization;

namespace Guestfs;

/// <summary>The processes that one thread has started since this was made, and theirs.</summary>
/// <remarks>
/// The kernel lists children by the thread that started them, and libguestfs starts its own in the thread that calls
/// launch. Where /proc does not show this process by its own number (another PID namespace's /proc), nothing is listed.
/// </remarks>
internal sealed class OwnProcesses
{
    private const int MaxDepth = 8;
    private readonly string? list;
    private readonly HashSet<int> before;

    private OwnProcesses(string? list)
    {
        this.list = list;
        before = [.. Read(list)];
    }

    /// <summary>Begins to watch the calling thread.</summary>
    internal static OwnProcesses OfThisThread()
    {
        // "PID/task/TID".
        string? thread = new FileInfo("/proc/thread-self").LinkTarget;
        string self = Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "/";
        return new OwnProcesses(thread?.StartsWith(self, StringComparison.Ordinal) == true ? $"/proc/{thread}/children" : null);
    }

    /// <summary>Kills all of them. Whoever reads their output sees its end.</summary>
    /// <returns>How many there were.</returns>
    internal int Kill()
    {
        List<ProcessReference> found = [];
        try
        {
            if (list is not null)
            {
                Collect(list, before, MaxDepth, found);
            }

            found.ForEach(process => process.Kill());
            return found.Count;
        }
        finally
        {
            found.ForEach(process => process.Dispose());
        }
    }

    /// <summary>What all of them have done so far, without the help of any of them.</summary>
    internal ProcessUsage Usage()
    {
        List<int> ids = [];
        if (list is not null)
        {
            Collect(list, before, MaxDepth, ids);
        }

        return ProcessUsage.Of(ids);
    }

    private static void Collect(string list, HashSet<int> except, int depth, List<int> found)
    {
        foreach (int id in Read(list).Where(id => !except.Contains(id)))
        {
            found.Add(id);
            if (depth > 0)
            {
                Array.ForEach(ListsOf(id), children => Collect(children, [], depth - 1, found));
            }
        }
    }

    // Parents first: what one of them starts meanwhile is found by the next Kill, if it is still there.
    private static void Collect(string list, HashSet<int> except, int depth, List<ProcessReference> found)
    {
        foreach (int id in Read(list))
        {
            if (except.Contains(id) || ProcessReference.TryOpen(id) is not { } process)
            {
                continue;
            }

            // Still listed after it was opened: the number had not gone to a stranger before.
            if (!Read(list).Contains(id))
            {
                process.Dispose();
                continue;
            }

            found.Add(process);
            if (depth > 0)
            {
                foreach (string children in ListsOf(id))
                {
                    Collect(children, [], depth - 1, found);
                }
            }
        }
    }

    private static string[] ListsOf(int id)
    {
        try
        {
            return [.. Directory.GetDirectories($"/proc/{id}/task").Select(task => task + "/children")];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static int[] Read(string? list)
    {
        try
        {
            return list is null ? [] : [.. File.ReadAllText(list)
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Ended meanwhile, or a kernel without these lists.
            return [];
        }
    }
}
