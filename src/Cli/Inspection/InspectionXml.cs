// The document of virt-inspector(1), for programs that read it: the elements, their order and what is left out are its.
using System.Globalization;

using Guestfs.Cli.Guests;
using Guestfs.Cli.Output;

namespace Guestfs.Cli.Inspection;

/// <summary>Writes it.</summary>
/// <param name="g">The appliance, which is asked about filesystems.</param>
/// <param name="icons">Whether icons are looked for, for which libguestfs has to inspect the disks itself.</param>
internal sealed class InspectionXml(GuestfsHandle g, bool icons)
{
    internal void Write(Stream stream, IReadOnlyList<FoundSystem> systems)
    {
        stream.Write("<?xml version=\"1.0\"?>\n"u8);
        XmlText xml = new(stream);
        xml.Begin("operatingsystems");
        foreach (FoundSystem found in systems)
        {
            WriteSystem(xml, found);
        }

        xml.End();
    }

    private void WriteSystem(XmlText xml, FoundSystem found)
    {
        GuestOperatingSystem os = found.System;
        xml.Begin("operatingsystem");
        Element(xml, "root", g.CanonicalDeviceName(os.Root));
        Element(xml, "name", os.Type);
        Element(xml, "arch", os.Architecture);
        Element(xml, "distro", os.Distro);
        Element(xml, "product_name", os.ProductName);
        Element(xml, "product_variant", os.ProductVariant);
        Element(xml, "major_version", Number(os.Version?.Major ?? 0));
        Element(xml, "minor_version", Number(os.Version?.Minor ?? 0));
        Element(xml, "package_format", os.PackageFormat);
        Element(xml, "package_management", os.PackageManagement);
        Element(xml, "windows_systemroot", os.Windows?.SystemRoot);
        Element(xml, "windows_current_control_set", os.Windows?.CurrentControlSet);
        if (os.Windows?.HasGroupPolicy == true)
        {
            xml.Begin("windows_group_policy");
            xml.End();
        }

        Element(xml, "hostname", os.HostName);
        Element(xml, "build_id", os.BuildId);
        Element(xml, "osinfo", os.OsinfoId);
        WriteMountpoints(xml, os);
        WriteFilesystems(xml, os);
        WriteDrives(xml, os);
        if (found.Applications is { } applications)
        {
            WriteApplications(xml, applications);
        }

        WriteIcon(xml, os);
        xml.End();
    }

    private void WriteMountpoints(XmlText xml, GuestOperatingSystem os)
    {
        xml.Begin("mountpoints");
        foreach (GuestMountpoint mountpoint in os.Mountpoints
            .OrderBy(m => m.Path.Length).ThenBy(m => m.Path, StringComparer.Ordinal))
        {
            xml.Begin("mountpoint");
            xml.Attribute("dev", g.CanonicalDeviceName(mountpoint.Mountable));
            xml.Text(mountpoint.Path);
            xml.End();
        }

        xml.End();
    }

    private void WriteFilesystems(XmlText xml, GuestOperatingSystem os)
    {
        xml.Begin("filesystems");
        foreach (string filesystem in os.Filesystems.Order(StringComparer.Ordinal))
        {
            xml.Begin("filesystem");
            xml.Attribute("dev", g.CanonicalDeviceName(filesystem));
            Element(xml, "type", GuestAnswer.OrNull(g, () => g.VfsType(filesystem)));
            Element(xml, "label", GuestAnswer.OrNull(g, () => g.VfsLabel(filesystem)));
            Element(xml, "uuid", GuestAnswer.OrNull(g, () => g.VfsUuid(filesystem)));
            xml.End();
        }

        xml.End();
    }

    private void WriteDrives(XmlText xml, GuestOperatingSystem os)
    {
        if (os.DriveMappings.Count == 0)
        {
            return;
        }

        xml.Begin("drive_mappings");
        foreach ((string letter, string device) in os.DriveMappings.OrderBy(d => d.Key, StringComparer.OrdinalIgnoreCase))
        {
            xml.Begin("drive_mapping");
            xml.Attribute("name", letter);
            xml.Text(g.CanonicalDeviceName(device));
            xml.End();
        }

        xml.End();
    }

    private static void WriteApplications(XmlText xml, IReadOnlyList<GuestApplication> applications)
    {
        xml.Begin("applications");
        foreach (GuestApplication application in applications)
        {
            xml.Begin("application");
            Element(xml, "name", application.Name);
            Element(xml, "display_name", application.DisplayName);
            Element(xml, "epoch", application.Epoch == 0 ? null : Number(application.Epoch));
            Element(xml, "version", application.Version);
            Element(xml, "release", application.Release);
            Element(xml, "arch", application.Architecture);
            Element(xml, "install_path", application.InstallPath);
            Element(xml, "publisher", application.Publisher);
            Element(xml, "url", application.Homepage);
            Element(xml, "source_package", application.SourcePackage);
            Element(xml, "summary", application.Summary);
            Element(xml, "description", application.Description);
            Element(xml, "class", application.Category);
            xml.End();
        }

        xml.End();
    }

    private void WriteIcon(XmlText xml, GuestOperatingSystem os)
    {
        if (!icons)
        {
            return;
        }

        // Its function knows only roots that guestfs_inspect_os has found.
        g.InspectOs();
        foreach ((string path, string mountable) in g.InspectGetMountpoints(os.Root).OrderBy(m => m.Key.Length))
        {
            try
            {
                g.MountRo(mountable, path);
            }
            catch (GuestfsException) when (path != "/" && g.State == GuestfsState.Ready)
            {
                // As virt-inspector: an icon is no reason to fail.
            }
        }

        byte[] icon = g.InspectGetIcon(os.Root, new InspectGetIconOptions { Favicon = false });
        g.UmountAll();
        if (icon.Length > 0)
        {
            xml.Begin("icon");
            xml.Text(Convert.ToBase64String(icon));
            xml.End();
        }
    }

    private static void Element(XmlText xml, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            xml.Begin(name);
            xml.Text(value);
            xml.End();
        }
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
