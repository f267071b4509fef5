// Cancelling while the handle closes, and after that.
namespace Guestfs.Tests.Child;

internal static class LateCancellation
{
    /// <summary>Calls whose handle is closed, by them and by another thread, and which are cancelled then.</summary>
    internal static void Run()
    {
        Cancel(static (handle, cancel) =>
        {
            handle.Dispose();
            cancel();
        });
        Cancel(static (handle, cancel) =>
        {
            cancel();
            handle.Dispose();
        });
        Cancel(static (handle, cancel) =>
        {
            Thread other = new(handle.Dispose);
            handle.FunctionEntered += (_, _) =>
            {
                other.Start();
                other.Join();
                cancel();
            };
            _ = handle.GetMemsize();
        });
    }

    private static void Cancel(Action<GuestfsHandle, Action> call)
    {
        using GuestfsHandle handle = new(new GuestfsHandleOptions { IgnoreEnvironment = true });
        using CancellationTokenSource source = new();
        handle.RunAsync(
            h =>
            {
                call(h, source.Cancel);
                // Long enough for many requests to stop it.
                Thread.Sleep(200);
            },
            cancellationToken: source.Token).GetAwaiter().GetResult();
        Console.WriteLine(handle.State);
    }
}
