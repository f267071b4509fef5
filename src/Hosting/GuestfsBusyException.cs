namespace Guestfs.Extensions.Hosting;

/// <summary>A request was refused because too many others wait, or has waited too long. A web service answers 503.</summary>
public sealed class GuestfsBusyException : Exception
{
    /// <summary>Creates it.</summary>
    public GuestfsBusyException()
        : this("All appliances are in use.")
    {
    }

    /// <summary>Creates it with a message.</summary>
    /// <param name="message">The message.</param>
    public GuestfsBusyException(string message)
        : base(message)
    {
    }

    /// <summary>Creates it with a message and what caused it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The cause.</param>
    public GuestfsBusyException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
