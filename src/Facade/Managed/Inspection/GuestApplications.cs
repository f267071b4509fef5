// The lists of packages that are text. Databases of rpm and the registry of Windows are read by libguestfs.
using Guestfs.Interop;

namespace Guestfs;

/// <summary>Reads which applications a guest has.</summary>
internal static class GuestApplications
{
    // As much as libguestfs reads.
    private const int MaxDatabase = 50 << 20;

    /// <summary>The applications of a mounted guest; null if libguestfs must be asked.</summary>
    internal static IReadOnlyList<GuestApplication>? Find(GuestfsHandle g, GuestOperatingSystem os) => os.Type != "linux" ? null
        : os.PackageFormat switch
        {
            "deb" => Text(g, "/var/lib/dpkg/status") is { } status ? PackageLists.Dpkg(status) : null,
            "apk" => Text(g, "/lib/apk/db/installed") is { } installed ? PackageLists.Apk(installed) : null,
            _ => null,
        };

    /// <summary>What libguestfs lists. It does so only of what its own inspection found, which is made up for where it was not asked:
    /// that unmounts everything, so it is mounted again.</summary>
    internal static IReadOnlyList<GuestApplication> AskLibguestfs(GuestfsHandle g, GuestOperatingSystem os)
    {
        if (!IsInspected(g, os.Root))
        {
            bool readOnly = (g.Statvfs("/").Flag & Libc.ST_RDONLY) != 0;
            HashSet<string> others = [.. g.Mountpoints().Values.Except(os.Mountpoints.Select(m => m.Path)).Where(p => p != "/")];
            if (others.Count > 0)
            {
                throw new InvalidOperationException(
                    $"{PrintableText.Line(string.Join(", ", others))} is mounted beside the system of {os.Root}, and would have to be "
                    + $"mounted again: call {ApiName.Function(nameof(GuestfsHandle.InspectOs))} before "
                    + $"{ApiName.Function(nameof(GuestfsHandle.MountAll), "guest_os_mount")}.");
            }

            g.InspectOs();
            g.MountAll(os, readOnly);
        }

        return [.. g.InspectListApplications2(os.Root).Select(GuestApplication.From)];
    }

    private static bool IsInspected(GuestfsHandle g, string root)
    {
        try
        {
            return g.InspectGetType(root).Length > 0;
        }
        catch (GuestfsException) when (g.State == GuestfsState.Ready)
        {
            return false;
        }
    }

    private static string? Text(GuestfsHandle g, string path)
    {
        try
        {
            StatNs status = g.Statns(path);
            if ((status.Mode & Libc.S_IFMT) != Libc.S_IFREG || status.Size > MaxDatabase)
            {
                return null;
            }

            using MemoryStream text = new();
            g.Download(path, text);
            return LosslessUtf8.GetString(text.GetBuffer().AsSpan(0, (int)text.Length));
        }
        catch (GuestfsException) when (g.State == GuestfsState.Ready)
        {
            return null;
        }
    }
}
