namespace Guestfs.Cli.Guests;

/// <summary>Questions to which there may be no answer.</summary>
internal static class GuestAnswer
{
    /// <summary>The answer; null where there is none, or an empty one. That the appliance has died is an error all the same.</summary>
    internal static string? OrNull(GuestfsHandle g, Func<string> question)
    {
        try
        {
            return question() is { Length: > 0 } answer ? answer : null;
        }
        catch (GuestfsException) when (g.State == GuestfsState.Ready)
        {
            return null;
        }
    }

    /// <summary>Whether something could be done. That the appliance has died is an error all the same.</summary>
    internal static bool Does(GuestfsHandle g, Action work)
    {
        try
        {
            work();
            return true;
        }
        catch (GuestfsException) when (g.State == GuestfsState.Ready)
        {
            return false;
        }
    }
}
