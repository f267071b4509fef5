using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using Guestfs.Interop;

namespace Guestfs.Exports;

/// <summary>Calls <c>libguestfs-facade-builder.so.1</c>, loaded when it is first needed.</summary>
internal static unsafe class Builder
{
    private const string FileName = "libguestfs-facade-builder.so.1";

    private static nint buildAddress, verifyAddress, acquireAddress, releaseAddress;

    /// <exception cref="BuilderException">It failed, or there is no builder.</exception>
    internal static void Build(
        gfs_appliance_options* options, byte* directory,
        delegate* unmanaged[Cdecl]<void*, gfs_appliance_stage, ulong, ulong, byte*, int> callback, void* opaque)
    {
        BuilderError error = default;
        ((delegate* unmanaged[Cdecl]<gfs_appliance_options*, byte*,
            delegate* unmanaged[Cdecl]<void*, gfs_appliance_stage, ulong, ulong, byte*, int>, void*, BuilderError*, void>)
            Function(ref buildAddress, "gfs_builder_build"))(options, directory, callback, opaque, &error);
        Check(error);
    }

    /// <inheritdoc cref="Build"/>
    internal static void Verify(
        byte* directory, delegate* unmanaged[Cdecl]<void*, gfs_appliance_stage, ulong, ulong, byte*, int> callback, void* opaque)
    {
        BuilderError error = default;
        ((delegate* unmanaged[Cdecl]<byte*, delegate* unmanaged[Cdecl]<void*, gfs_appliance_stage, ulong, ulong, byte*, int>, void*,
            BuilderError*, void>)
            Function(ref verifyAddress, "gfs_builder_verify"))(directory, callback, opaque, &error);
        Check(error);
    }

    private static void Verify(string directory, CancellationToken cancellationToken)
    {
        using NativeArena arena = new();
        using PinnedToken token = new(cancellationToken);
        Verify(arena.String(directory), &IsCancelled, token.Pointer);
    }

    /// <summary>An appliance of a cache, built if need be.</summary>
    /// <param name="cache">The cache's directory; null for the user's.</param>
    /// <param name="stock">Whether it is to be of the profile stock.</param>
    /// <param name="cancellationToken">Cancels the building.</param>
    /// <exception cref="BuilderException">There is none.</exception>
    private static ApplianceLease Acquire(string? cache, bool stock, CancellationToken cancellationToken)
    {
        using NativeArena arena = new();
        using PinnedToken token = new(cancellationToken);
        BuilderError error = default;
        byte* directory;
        int isReplaceable;
        var acquire = (delegate* unmanaged[Cdecl]<
            byte*, int, delegate* unmanaged[Cdecl]<void*, gfs_appliance_stage, ulong, ulong, byte*, int>, void*, BuilderError*, byte**,
            int*, nint>)
            Function(ref acquireAddress, "gfs_builder_acquire");
        nint lease = acquire(arena.OptionalString(cache), stock ? 1 : 0, &IsCancelled, token.Pointer, &error, &directory, &isReplaceable);
        Check(error);
        string name = NativeString.Read(directory);
        NativeMemory.Free(directory);
        return new ApplianceLease(name, new BuilderLease(lease))
        {
            MayBeSaved = isReplaceable != 0,
            Fallback = isReplaceable != 0 ? new ManagedSource(cache, stock: true) : null,
        };
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int IsCancelled(void* token, gfs_appliance_stage stage, ulong done, ulong total, byte* item) =>
        ((CancellationToken)GCHandle.FromIntPtr((nint)token).Target!).IsCancellationRequested ? 1 : 0;

    private static void* Function(ref nint address, string name)
    {
        if (address == 0)
        {
            if (!NativeLibrary.TryLoad(FileName, out nint library) || !NativeLibrary.TryGetExport(library, name, out nint found))
            {
                throw new BuilderException(gfs_appliance_problem.GFS_APPLIANCE_INVALID_INPUT,
                    $"{FileName}, the builder of appliances, cannot be loaded. "
                    + "It belongs beside libguestfs-facade.so.1, of the same version: install both.");
            }

            address = found;
        }

        return (void*)address;
    }

    private static void Check(in BuilderError error)
    {
        if (error.Status == gfs_status.GFS_OK)
        {
            return;
        }

        string message = NativeString.Read(error.Message);
        NativeMemory.Free(error.Message);
        throw error.Status switch
        {
            gfs_status.GFS_ERR_APPLIANCE => new BuilderException((gfs_appliance_problem)error.Problem, message),
            gfs_status.GFS_ERR_CANCELLED => new OperationCanceledException(message),
            gfs_status.GFS_ERR_ARGUMENT => new ArgumentException(message),
            gfs_status.GFS_ERR_NO_MEMORY => new InsufficientMemoryException(message),
            _ => new InvalidProgramException(message),
        };
    }

    /// <summary>The choice GFS_APPLIANCE_MANAGED. A bundle has its own, whose version is that of its libguestfs.</summary>
    internal sealed class ManagedSource(string? cache, bool stock = false) : ApplianceSource
    {
        public override ApplianceLease Acquire(CancellationToken cancellationToken) =>
            !stock && GuestfsLibrary.Bundle is { } bundle
                ? ApplianceLease.OfBundle(bundle, cache)
                : Builder.Acquire(cache, stock, cancellationToken);
    }

    /// <summary>The choice GFS_APPLIANCE_DIRECTORY. The digests of an appliance that has a manifest are checked.</summary>
    internal sealed class DirectorySource(string directory) : ApplianceSource
    {
        public override ApplianceLease Acquire(CancellationToken cancellationToken)
        {
            string full = Path.GetFullPath(directory);
            if (File.Exists(Path.Combine(full, ApplianceFiles.Manifest)))
            {
                Verify(full, cancellationToken);
            }

            return new ApplianceLease(full);
        }
    }

    private sealed class BuilderLease(nint lease) : IDisposable
    {
        public void Dispose() => ((delegate* unmanaged[Cdecl]<nint, void>)Function(ref releaseAddress, "gfs_builder_release"))(lease);
    }

    // A token as the argument of a callback.
    private readonly ref struct PinnedToken(CancellationToken cancellationToken)
    {
        private readonly GCHandle handle = GCHandle.Alloc(cancellationToken);

        internal void* Pointer => (void*)GCHandle.ToIntPtr(handle);

        public void Dispose() => handle.Free();
    }
}
