namespace Guestfs;

/// <summary>The programs that Windows could remove, as guestfs_inspect_list_applications2 lists them.</summary>
internal sealed class WindowsApplications(GuestfsHandle g, GuestFileReader files, InspectionSteps steps)
{
    // Each takes a dozen calls.
    private const int Most = 5000;

    // Words of the names and publishers of such programs.
    private static readonly string[] Antivirus =
    [
        "virus", "avast", "avg technologies", "bitdefender", "eset,", "f-secure", "kaspersky", "mcafee", "norton", "sophos", "trend micro",
    ];

    internal void Read(string hive, ApplicationList list) => new RegistryHive(g, files).Read(hive, root =>
    {
        ReadKeys(hive, RegistryHive.Node(g, root, "Microsoft", "Windows", "CurrentVersion", "Uninstall"), list);

        // Of programs of 32 bits on 64.
        ReadKeys(hive, RegistryHive.Node(g, root, "WOW6432Node", "Microsoft", "Windows", "CurrentVersion", "Uninstall"), list);
    });

    private void ReadKeys(string hive, long? node, ApplicationList list)
    {
        HivexNode[] keys = node is { } parent ? g.HivexNodeChildren(parent) : [];
        for (int i = 0; i < keys.Length; i++)
        {
            steps.Begin(hive, i, keys.Length);
            if (i == Most)
            {
                files.Report(hive, null, $"has more than {Most} programs that can be removed; the others are left out.");
                return;
            }

            try
            {
                ReadKey(keys[i].NodeH, list);
            }
            catch (GuestfsException e) when (g.State == GuestfsState.Ready)
            {
                files.Report(hive, null, "is damaged where it tells of a program: " + e.Message, e);
            }
        }
    }

    // The name for people is in the language of the guest; without one it is not to be seen.
    private void ReadKey(long key, ApplicationList list)
    {
        string name = g.HivexNodeName(key);
        if (Text("DisplayName") is not { } display)
        {
            return;
        }

        string? publisher = Text("Publisher");
        list.Add(
            new GuestApplication
            {
                Name = name,
                DisplayName = ApplicationList.Known(display),
                Version = ApplicationList.Known(Text("DisplayVersion")),
                InstallPath = ApplicationList.Known(Text("InstallLocation")),
                Publisher = ApplicationList.Known(publisher),
                Homepage = ApplicationList.Known(Text("URLInfoAbout")),
                Description = ApplicationList.Known(Text("Comments")),
                Category = IsAntivirus(display) || IsAntivirus(publisher) ? "antivirus" : null,
            },
            null);

        string? Text(string value) => RegistryHive.Text(g, key, value);
    }

    private static bool IsAntivirus(string? text) =>
        text is not null && Array.Exists(Antivirus, word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
