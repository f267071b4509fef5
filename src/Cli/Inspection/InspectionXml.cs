// The document of virt-inspector(1), for programs that read it: the elements, their order and what is left out are its.
using System.Globalization;
using System.Text;
using System.Xml;

using Guestfs.Cli.Guests;

namespace Guestfs.Cli.Inspection;

/// <summary>Writes it.</summary>
/// <param name="g">The appliance, which is asked about filesystems.</param>
/// <param name="icons">Whether icons are looked for, for which libguestfs has to inspect the disks itself.</param>
internal sealed class InspectionXml(GuestfsHandle g, bool icons)
{
    internal void Write(Stream stream, IReadOnlyList<FoundSystem> systems)
    {
        // Its first line names no encoding.
        XmlWriterSettings settings = new()
        {
            Indent = true,
            CheckCharacters = false,
            OmitXmlDeclaration = true,
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        stream.Write("<?xml version=\"1.0\"?>\n"u8);
        using (XmlWriter xml = XmlWriter.Create(stream, settings))
        {
            xml.WriteStartElement("operatingsystems");
            foreach (FoundSystem found in systems)
            {
                WriteSystem(xml, found);
            }

            xml.WriteEndElement();
        }

        stream.WriteByte((byte)'\n');
    }

    private void WriteSystem(XmlWriter xml, FoundSystem found)
    {
        GuestOperatingSystem os = found.System;
        xml.WriteStartElement("operatingsystem");
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
            xml.WriteStartElement("windows_group_policy");
            xml.WriteEndElement();
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
        xml.WriteEndElement();
    }

    private void WriteMountpoints(XmlWriter xml, GuestOperatingSystem os)
    {
        xml.WriteStartElement("mountpoints");
        foreach (GuestMountpoint mountpoint in os.Mountpoints
            .OrderBy(m => m.Path.Length).ThenBy(m => m.Path, StringComparer.Ordinal))
        {
            xml.WriteStartElement("mountpoint");
            xml.WriteAttributeString("dev", g.CanonicalDeviceName(mountpoint.Mountable));
            xml.WriteString(Valid(mountpoint.Path));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private void WriteFilesystems(XmlWriter xml, GuestOperatingSystem os)
    {
        xml.WriteStartElement("filesystems");
        foreach (string filesystem in os.Filesystems.Order(StringComparer.Ordinal))
        {
            xml.WriteStartElement("filesystem");
            xml.WriteAttributeString("dev", g.CanonicalDeviceName(filesystem));
            Element(xml, "type", GuestAnswer.OrNull(g, () => g.VfsType(filesystem)));
            Element(xml, "label", GuestAnswer.OrNull(g, () => g.VfsLabel(filesystem)));
            Element(xml, "uuid", GuestAnswer.OrNull(g, () => g.VfsUuid(filesystem)));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private void WriteDrives(XmlWriter xml, GuestOperatingSystem os)
    {
        if (os.DriveMappings.Count == 0)
        {
            return;
        }

        xml.WriteStartElement("drive_mappings");
        foreach ((string letter, string device) in os.DriveMappings.OrderBy(d => d.Key, StringComparer.OrdinalIgnoreCase))
        {
            xml.WriteStartElement("drive_mapping");
            xml.WriteAttributeString("name", letter);
            xml.WriteString(g.CanonicalDeviceName(device));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteApplications(XmlWriter xml, IReadOnlyList<GuestApplication> applications)
    {
        xml.WriteStartElement("applications");
        foreach (GuestApplication application in applications)
        {
            xml.WriteStartElement("application");
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
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private void WriteIcon(XmlWriter xml, GuestOperatingSystem os)
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
            xml.WriteStartElement("icon");
            xml.WriteBase64(icon, 0, icon.Length);
            xml.WriteEndElement();
        }
    }

    private static void Element(XmlWriter xml, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            xml.WriteElementString(name, Valid(value));
        }
    }

    // A guest's file may have characters that no XML can have, and libxml2 would write a document that nobody reads.
    private static string Valid(string text)
    {
        char[] valid = text.ToCharArray();
        for (int i = 0; i < valid.Length; i++)
        {
            if (i + 1 < valid.Length && XmlConvert.IsXmlSurrogatePair(valid[i + 1], valid[i]))
            {
                i++;
            }
            else if (!XmlConvert.IsXmlChar(valid[i]))
            {
                valid[i] = '\uFFFD';
            }
        }

        return new string(valid);
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
