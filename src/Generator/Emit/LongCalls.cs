// Which functions get asynchronous forms, and how a call of each can be stopped.
using Guestfs.Generator.Model;

namespace Guestfs.Generator.Emit;

/// <summary>What follows from a function being long.</summary>
internal static class LongCalls
{
    /// <summary>Those that upstream can stop or that report progress, that move a file between guest and host, or are long by their nature.</summary>
    internal static bool IsLong(ApiFunction f) =>
        f.Visibility != Visibility.Test && (f.Cancellable || f.Progress || f.Long || HostFile(f) is not null);

    /// <summary>The argument that names a file of the host, if there is one.</summary>
    internal static ApiArgument? HostFile(ApiFunction f) =>
        f.Arguments.SingleOrDefault(a => a.Subkind is Subkind.FileIn or Subkind.FileOut);

    /// <summary>The member of the product's <c>Stop</c> that says how.</summary>
    internal static string Stop(ApiFunction f) => UserCancelReaches(f) ? "Stop.UserCancel" : "Stop.EndAppliance";

    /// <summary>What the documentation says about cancelling it.</summary>
    internal static string Remark(ApiFunction f) => UserCancelReaches(f)
        ? "Cancelling stops the transfer; if the appliance does not answer in time, see <see cref=\"GuestfsHandleOptions.CancellationTimeout\"/>."
        : "Cancelling ends the appliance, as a power failure would, and closes the handle: libguestfs has no other way to stop this call.";

    // copy_in and copy_out are transfers that the library makes of others.
    private static bool UserCancelReaches(ApiFunction f) => f.Cancellable || HostFile(f) is not null || f.Name is "copy_in" or "copy_out";
}
