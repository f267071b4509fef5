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
            // Parents first: what one of them starts meanwhile is found by the next Kill, if it is still there.
            Visit((list, id) =>
            {
                if (TryOpen(list, id) is { } process)
                {
                    found.Add(process);
                    return true;
                }

                return false;
            });
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
        Visit((_, id) =>
        {
            ids.Add(id);
            return true;
        });
        return ProcessUsage.Of(ids);
    }

    /// <summary>Those that the thread has started itself.</summary>
    internal IEnumerable<int> Children() => Read(list).Except(before);

    /// <summary>One of <see cref="Children"/>; null if it has ended and libguestfs has waited for it.</summary>
    internal ProcessReference? TryOpen(int id) => list is null ? null : TryOpen(list, id);

    private static ProcessReference? TryOpen(string list, int id)
    {
        if (ProcessReference.TryOpen(id) is not { } process)
        {
            return null;
        }

        // Still listed after it was opened: the number had not gone to a stranger before.
        if (Read(list).Contains(id))
        {
            return process;
        }

        process.Dispose();
        return null;
    }

    // Each, with the list that it is in, before its own children, which are left out if the visitor says so.
    private void Visit(Func<string, int, bool> visitor)
    {
        if (list is not null)
        {
            Visit(list, before, MaxDepth, visitor);
        }
    }

    private static void Visit(string list, HashSet<int> except, int depth, Func<string, int, bool> visitor)
    {
        foreach (int id in Read(list))
        {
            if (!except.Contains(id) && visitor(list, id) && depth > 0)
            {
                Array.ForEach(ListsOf(id), children => Visit(children, [], depth - 1, visitor));
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
