// Handles: making, freeing, launching, cancelling; and their events.
using System.Diagnostics.CodeAnalysis;

namespace Guestfs.Exports;

internal static unsafe partial class Handwritten
{
    internal static gfs_status HandleNew(gfs_handle_options* options, nint* result)
    {
        if (result == null)
        {
            return CallError.NullArgument("handle_new", "result");
        }

        gfs_handle_options given = new()
        {
            ignore_environment = OptionalMember.UnsetInt,
            accelerator = OptionalMember.UnsetInt,
            launch_timeout_ms = OptionalMember.UnsetInt64,
            cancel_timeout_ms = OptionalMember.UnsetInt64,
            appliance = OptionalMember.UnsetInt,
            confinement = OptionalMember.UnsetInt,
            always_boot = OptionalMember.UnsetInt,
        };
        if (options != null && !OptionsOf(options, options->struct_size, &given))
        {
            return CallError.InvalidOptionsSize("handle_new", options->struct_size, (nuint)sizeof(gfs_handle_options));
        }

        try
        {
            SupportedLibrary.Check();
        }
        catch (GuestfsException e) when (e.Errno == 0)
        {
            // Too old.
            return CallError.WithStatus(gfs_status.GFS_ERR_LIBRARY, "handle_new", e.Message);
        }

        GuestfsHandle handle = new(new GuestfsHandleOptions
        {
            IgnoreEnvironment = OptionalMember.Boolean(given.ignore_environment) ?? false,
            Accelerator = Member<Accelerator>(given.accelerator, gfs_accelerator.GFS_ACCELERATOR_TCG, "accelerator"),
            LaunchTimeout = Milliseconds(given.launch_timeout_ms),
            CancellationTimeout = Milliseconds(given.cancel_timeout_ms),
            Appliance = Source(given),
            Confinement = ConfinementOf(given.confinement),
            AlwaysBoot = OptionalMember.Boolean(given.always_boot) ?? false,
        });
        try
        {
            *result = HandleTable.Add(handle).Value;
            return gfs_status.GFS_OK;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    internal static gfs_status HandleFree(nint g)
    {
        if (g == 0)
        {
            return gfs_status.GFS_OK;
        }

        if (HandleTable.Remove(g) is not { } entry)
        {
            return CallError.InvalidHandle("handle_free");
        }

        entry.Handle.Dispose();
        return gfs_status.GFS_OK;
    }

    internal static gfs_status HandleState(nint g, gfs_state* result)
    {
        if (result == null)
        {
            return CallError.NullArgument("handle_state", "result");
        }

        if (HandleTable.Find(g) is not { } entry)
        {
            return CallError.InvalidHandle("handle_state");
        }

        *result = (gfs_state)entry.Handle.State;
        return gfs_status.GFS_OK;
    }

    internal static gfs_status HandleAccelerator(nint g, gfs_accelerator* result, byte** reason) => TellChoice(
        "handle_accelerator", "chooses", g, (int*)result, reason,
        static handle => handle.AcceleratorChoice is { } choice ? ((int)choice.Accelerator, choice.Reason) : null);

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "None may reach C.")]
    internal static gfs_status GetHv(nint g, byte** result)
    {
        if (HandleTable.Find(g) is not { } entry)
        {
            return CallError.InvalidHandle("get_hv");
        }

        try
        {
            *result = NativeString.Copy(entry.Handle.GetHv());
            return gfs_status.GFS_OK;
        }
        catch (Exception e)
        {
            return CallError.FromException("get_hv", e);
        }
    }

    internal static gfs_status HandleConfinement(nint g, gfs_confinement* result, byte** reason) => TellChoice(
        "handle_confinement", "decides", g, (int*)result, reason,
        static handle => handle.ConfinementChoice is { } choice ? ((int)choice.Confinement, choice.Reason) : null);

    internal static gfs_status HandleResumed(nint g, int* result, byte** reason) => TellChoice(
        "handle_resumed", "decides", g, result, reason,
        static handle => handle.ResumeChoice is { } choice ? (choice.Resumed ? 1 : 0, choice.Reason) : null);

    internal static gfs_status HandleWaitSaved(nint g, long timeout, int* result)
    {
        if (HandleTable.Find(g) is not { } entry)
        {
            return CallError.InvalidHandle("handle_wait_saved");
        }

        bool isDone = entry.Handle.Session.Saving?.Wait((int)Math.Clamp(timeout, Timeout.Infinite, int.MaxValue)) ?? true;
        if (result != null)
        {
            *result = isDone ? 1 : 0;
        }

        return gfs_status.GFS_OK;
    }

    // What a launch has made up its mind to, and why.
    private static gfs_status TellChoice(
        string operation, string verb, nint g, int* result, byte** reason, Func<GuestfsHandle, (int Value, string Reason)?> choiceOf)
    {
        if (result == null)
        {
            return CallError.NullArgument(operation, "result");
        }

        if (HandleTable.Find(g) is not { } entry)
        {
            return CallError.InvalidHandle(operation);
        }

        if (choiceOf(entry.Handle) is not { } choice)
        {
            return CallError.WithStatus(
                gfs_status.GFS_ERR_STATE, operation, $"{operation}: gfs_launch {verb} it: call that first.");
        }

        if (reason != null)
        {
            *reason = NativeString.Copy(choice.Reason);
        }

        *result = choice.Value;
        return gfs_status.GFS_OK;
    }

    internal static gfs_status Cancel(nint g)
    {
        if (HandleTable.Find(g) is not { } entry)
        {
            return CallError.InvalidHandle("cancel");
        }

        entry.Cancel();
        return gfs_status.GFS_OK;
    }

    internal static gfs_status Launch(nint g)
    {
        if (HandleTable.Find(g) is not { } entry)
        {
            return CallError.InvalidHandle("launch");
        }

        return RunningCall.Run("launch", entry, CancelMethod.EndLaunch, running =>
        {
            entry.Handle.Session.Launch(running.Token);
            return gfs_status.GFS_OK;
        });
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "None may reach C.")]
    internal static gfs_status UserCancel(nint g)
    {
        if (HandleTable.Find(g) is not { } entry)
        {
            return CallError.InvalidHandle("user_cancel");
        }

        try
        {
            entry.Handle.UserCancel();
            return gfs_status.GFS_OK;
        }
        catch (Exception e)
        {
            return CallError.FromException("user_cancel", e);
        }
    }

    internal static gfs_status EventAdd(
        nint g, ulong events, delegate* unmanaged[Cdecl]<nint, void*, ulong, int, byte*, nuint, ulong*, nuint, void> callback, void* opaque,
        int* result)
    {
        if (callback == null)
        {
            return CallError.NullArgument("event_add", "callback");
        }

        if (HandleTable.Find(g) is not { } entry)
        {
            return CallError.InvalidHandle("event_add");
        }

        int id = entry.Events.Add(events, callback, opaque);
        if (result != null)
        {
            *result = id;
        }

        return gfs_status.GFS_OK;
    }

    internal static gfs_status EventRemove(nint g, int id)
    {
        if (HandleTable.Find(g) is not { } entry)
        {
            return CallError.InvalidHandle("event_remove");
        }

        return entry.Events.Remove(id)
            ? gfs_status.GFS_OK
            : CallError.InvalidArgument("event_remove", $"event_remove: this handle has no callback {id}.");
    }

    internal static gfs_status ProgressSet(nint g, delegate* unmanaged[Cdecl]<nint, void*, ulong, ulong, void> callback, void* opaque)
    {
        if (HandleTable.Find(g) is not { } entry)
        {
            return CallError.InvalidHandle("progress_set");
        }

        entry.Events.SetProgress(callback, opaque);
        return gfs_status.GFS_OK;
    }

    internal static gfs_status DiskFullSet(
        nint g, delegate* unmanaged[Cdecl]<nint, void*, byte*, byte*, long, int> callback, void* opaque)
    {
        if (HandleTable.Find(g) is not { } entry)
        {
            return CallError.InvalidHandle("disk_full_set");
        }

        entry.Handle.DiskFullHandler = callback == null ? null : asked =>
        {
            using NativeArena arena = new();
            int goesOn = callback(
                g, opaque, arena.String(asked.FileName), arena.OptionalString(asked.BackingFileName), asked.AvailableBytes ?? -1);
            return goesOn == 0 ? DiskFullAction.Abort : DiskFullAction.Retry;
        };
        return gfs_status.GFS_OK;
    }

    private static ApplianceSource? Source(in gfs_handle_options options) =>
        (gfs_appliance_source)(OptionalMember.Value(options.appliance) ?? 0) switch
        {
            gfs_appliance_source.GFS_APPLIANCE_DEFAULT => null,
            gfs_appliance_source.GFS_APPLIANCE_DIRECTORY => new Builder.DirectorySource(
                NativeString.ReadOptional(options.appliance_directory)
                ?? throw new ArgumentException("GFS_APPLIANCE_DIRECTORY needs appliance_directory.")),
            gfs_appliance_source.GFS_APPLIANCE_MANAGED => new Builder.ManagedSource(NativeString.ReadOptional(options.appliance_directory)),
            _ => throw new ArgumentException($"appliance is not an enum gfs_appliance_source: {options.appliance}."),
        };

    private static Confinement? ConfinementOf(int member) => OptionalMember.Value(member) is null
        ? null
        : Member<Confinement>(member, gfs_confinement.GFS_CONFINEMENT_FULL, "confinement");

    private static TimeSpan? Milliseconds(long member) =>
        OptionalMember.Value(member) is { } value ? TimeSpan.FromMilliseconds(value, 0) : null;

    // The enumerations of both sides have the same numbers: a test holds them side by side.
    private static T Member<T>(int member, Enum last, string name)
        where T : struct, Enum
        => OptionalMember.Value(member) is not { } value ? default
            : value >= 0 && value <= Convert.ToInt32(last, null) ? System.Runtime.CompilerServices.Unsafe.BitCast<int, T>(value)
            : throw new ArgumentException($"{name} has no value {value}.");

    // What the caller's structure has, over the unset values of what it does not have.
    private static bool OptionsOf<T>(void* options, nuint size, T* given)
        where T : unmanaged
    {
        if (size < (nuint)nuint.Size || size > (nuint)sizeof(T))
        {
            return false;
        }

        Buffer.MemoryCopy(options, given, sizeof(T), (long)size);
        return true;
    }
}
