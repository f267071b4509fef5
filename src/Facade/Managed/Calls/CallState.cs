namespace Guestfs;

/// <summary>In which state of the handle a function can be called; only looked at when it has failed.</summary>
internal enum CallState
{
    Any,

    /// <summary>Only before launch.</summary>
    Config,

    /// <summary>Only while the appliance runs.</summary>
    Ready,
}
