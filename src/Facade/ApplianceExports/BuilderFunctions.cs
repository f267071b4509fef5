// What libguestfs-facade.so.1 calls. Not for others: these functions change with it.
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using Guestfs.Appliances;
using Guestfs.Appliances.Skeletons;

namespace Guestfs.Exports;

/// <summary>The exports. Each fills a <see cref="BuilderError"/> that the caller has cleared.</summary>
[SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "None may reach C.")]
internal static unsafe class BuilderFunctions
{
    [UnmanagedCallersOnly(EntryPoint = "gfs_builder_build", CallConvs = [typeof(CallConvCdecl)])]
    internal static void Build(
        gfs_appliance_options* options, byte* directory,
        delegate* unmanaged[Cdecl]<void*, gfs_appliance_stage, ulong, ulong, byte*, int> callback, void* opaque, BuilderError* error)
    {
        try
        {
            using BuildProgress progress = new(callback, opaque);
            using Appliance appliance = ApplianceBuilder.Build(Options(*options), NativeString.Read(directory), progress, progress.Token);
        }
        catch (Exception e)
        {
            *error = Explain(e);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "gfs_builder_verify", CallConvs = [typeof(CallConvCdecl)])]
    internal static void Verify(
        byte* directory, delegate* unmanaged[Cdecl]<void*, gfs_appliance_stage, ulong, ulong, byte*, int> callback, void* opaque,
        BuilderError* error)
    {
        try
        {
            using BuildProgress progress = new(callback, opaque);
            using Appliance appliance = Appliance.Open(NativeString.Read(directory));
            appliance.Verify(progress, progress.Token);
        }
        catch (Exception e)
        {
            *error = Explain(e);
        }
    }

    /// <summary>An appliance of a cache, built if need be.</summary>
    /// <param name="cache">The cache's directory, or NULL for the user's.</param>
    /// <param name="stock">Whether it is to be of the profile stock.</param>
    /// <param name="callback">Told how far it is.</param>
    /// <param name="opaque">Given to the callback.</param>
    /// <param name="error">Why there is none.</param>
    /// <param name="directory">The appliance's directory, freed with free(3).</param>
    /// <param name="isReplaceable">Whether one of the profile stock is to take its place where it does not boot.</param>
    /// <returns>What holds the appliance, for <see cref="Release"/>; 0 if there is none.</returns>
    [UnmanagedCallersOnly(EntryPoint = "gfs_builder_acquire", CallConvs = [typeof(CallConvCdecl)])]
    internal static nint Acquire(
        byte* cache, int stock, delegate* unmanaged[Cdecl]<void*, gfs_appliance_stage, ulong, ulong, byte*, int> callback, void* opaque,
        BuilderError* error, byte** directory, int* isReplaceable)
    {
        try
        {
            using BuildProgress progress = new(callback, opaque);
            Appliance appliance = new ApplianceCache(NativeString.ReadOptional(cache) ?? ApplianceCache.DefaultDirectory)
                .GetOrBuild(new ApplianceBuildOptions { Profile = stock != 0 ? ApplianceProfile.Stock : null }, progress, progress.Token);
            *directory = NativeString.Copy(appliance.Directory);
            *isReplaceable = appliance.Manifest!.Profile == ApplianceProfile.Fast ? 1 : 0;
            return GCHandle.ToIntPtr(GCHandle.Alloc(appliance));
        }
        catch (Exception e)
        {
            *error = Explain(e);
            return 0;
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "gfs_builder_release", CallConvs = [typeof(CallConvCdecl)])]
    internal static void Release(nint lease)
    {
        try
        {
            GCHandle handle = GCHandle.FromIntPtr(lease);
            ((Appliance)handle.Target!).Dispose();
            handle.Free();
        }
        catch (Exception)
        {
            // The lease's lock goes with its descriptor, whatever closing it says.
        }
    }

    private static ApplianceBuildOptions Options(in gfs_appliance_options given)
    {
        ApplianceBuildOptions defaults = new();
        return new ApplianceBuildOptions
        {
            Skeleton = NativeString.ReadList(given.skeleton) ?? defaults.Skeleton,
            Packages = NativeString.ReadList(given.archives) is { } archives ? new ArchivePackageSource(archives, [])
                : NativeString.ReadOptional(given.root) is { } root ? new HostPackageSource(root)
                : defaults.Packages,
            FreeSpace = OptionalMember.Value(given.free_space) ?? defaults.FreeSpace,
            Timestamp = OptionalMember.Value(given.timestamp),
            Profile = (ApplianceProfile?)OptionalMember.Value(given.profile),
        };
    }

    private static BuilderError Explain(Exception failure) => new()
    {
        Status = failure switch
        {
            ApplianceException => gfs_status.GFS_ERR_APPLIANCE,
            OperationCanceledException => gfs_status.GFS_ERR_CANCELLED,
            ArgumentException => gfs_status.GFS_ERR_ARGUMENT,
            OutOfMemoryException => gfs_status.GFS_ERR_NO_MEMORY,
            _ => gfs_status.GFS_ERR_INTERNAL,
        },
        Problem = failure is ApplianceException appliance ? (int)appliance.Problem : 0,
        Message = NativeString.Copy(
            failure is ApplianceException or OperationCanceledException or ArgumentException ? failure.Message : failure.ToString()),
    };
}
