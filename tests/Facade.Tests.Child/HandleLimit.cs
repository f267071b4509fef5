// More handles than a process can have.
namespace Guestfs.Tests.Child;

internal static class HandleLimit
{
    private static readonly GuestfsHandleOptions Options = new() { IgnoreEnvironment = true };

    /// <summary>Makes handles that nobody disposes of, then more than there can be.</summary>
    internal static void Run()
    {
        for (int i = 0; i < 5000; i++)
        {
            _ = new GuestfsHandle(Options).GetVerbose();
        }

        List<GuestfsHandle> kept = [];
        GuestfsException? refused = null;
        while (refused is null && kept.Count < 5000)
        {
            try
            {
                kept.Add(new GuestfsHandle(Options));
            }
            catch (GuestfsException e)
            {
                refused = e;
            }
        }

        Console.WriteLine($"{kept.Count is > 900 and < 1024} {refused?.Errno} {refused?.Message}");
        kept[500].Dispose();
        using GuestfsHandle last = new(Options);
        Console.WriteLine(last.GetVerbose());
        kept.ForEach(handle => handle.Dispose());
    }
}
