// What a function needs of the handle's state; only looked at when it failed.
namespace Guestfs;

/// <summary>In which state of the handle a function can be called.</summary>
internal enum CallState
{
    Any,

    /// <summary>Only before launch.</summary>
    Config,

    /// <summary>Only while the appliance runs.</summary>
    Ready,
}
