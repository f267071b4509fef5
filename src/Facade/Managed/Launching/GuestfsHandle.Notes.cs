// What this library itself has to say goes the way of libguestfs' own messages, to whoever listens to those.
using System.Text;

using Guestfs.Interop;

namespace Guestfs;

public sealed partial class GuestfsHandle
{
    /// <summary>A message for those who want to know how things go: the event <see cref="LibraryMessageReceived"/>.</summary>
    private void Note(string message)
    {
        if (!Raise(LibGuestfs.GUESTFS_EVENT_LIBRARY, message) && GetVerbose())
        {
            StandardError.WriteLine("libguestfs: " + message);
        }
    }

    /// <summary>Whether anybody listens to <see cref="WarningReceived"/>.</summary>
    internal bool IsWarningHeard => Events.IsHeard(LibGuestfs.GUESTFS_EVENT_WARNING);

    /// <summary>Something that is wrong, although no call has failed: the event <see cref="WarningReceived"/>, else standard error.</summary>
    internal void Warn(string message)
    {
        if (!Raise(LibGuestfs.GUESTFS_EVENT_WARNING, message))
        {
            StandardError.WriteLine("libguestfs: warning: " + message);
        }
    }

    private bool Raise(ulong kind, string message)
    {
        bool heard = Events.IsHeard(kind);
        if (heard)
        {
            Events.Raise(kind, Encoding.UTF8.GetBytes(PrintableText.Of(message)), []);
        }

        return heard;
    }
}
