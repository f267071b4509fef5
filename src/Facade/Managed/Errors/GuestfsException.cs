using System.Text.Json.Serialization;

using Guestfs.Interop;

namespace Guestfs;

/// <summary>A libguestfs call failed.</summary>
[JsonConverter(typeof(GuestfsExceptionConverter))]
public class GuestfsException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="operation">The C name of the function without <c>guestfs_</c>.</param>
    /// <param name="errno">The error number, or 0.</param>
    /// <param name="message">What went wrong. Control characters in it are escaped, and the middle of a very long one is left out.</param>
    /// <param name="innerException">What caused it, if that is an exception.</param>
    public GuestfsException(string operation, int errno, string message, Exception? innerException = null)
        : base(PrintableText.Of(message), innerException)
    {
        Operation = operation;
        Errno = errno;
    }

    /// <summary>The function that failed: its C name without <c>guestfs_</c>, for example <c>mount</c>.</summary>
    public string Operation { get; }

    /// <summary>The Linux error number (2 is ENOENT), or 0 where there was none: guestfs_last_errno(3).</summary>
    public int Errno { get; }
}
