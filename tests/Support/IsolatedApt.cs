// An apt with state, caches and sources of its own; the system's keep out of it.
namespace Guestfs.TestSupport;

/// <summary>Configures apt-get in a directory.</summary>
public static class IsolatedApt
{
    /// <summary>Writes what apt-get needs into a directory, and returns the file to give it with <c>-c</c>.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="sources">The lines of its sources.list.</param>
    /// <param name="settings">Further lines of its configuration.</param>
    public static string Configure(string directory, string sources, params string[] settings)
    {
        foreach (string sub in new[] { "state/lists/partial", "cache/archives/partial" })
        {
            Directory.CreateDirectory(Path.Combine(directory, sub));
        }

        string configuration = Path.Combine(directory, "apt.conf");
        File.WriteAllText(Path.Combine(directory, "status"), "");
        File.WriteAllText(Path.Combine(directory, "sources.list"), sources + "\n");

        // The system's proxies and credentials stay; its hooks, which may clean its own caches, do not.
        File.WriteAllText(configuration, $"""
            Dir::State "{directory}/state";
            Dir::State::status "{directory}/status";
            Dir::Cache "{directory}/cache";
            Dir::Etc::SourceList "{directory}/sources.list";
            Dir::Etc::SourceParts "/dev/null";
            Dir::Etc::Preferences "/dev/null";
            Dir::Etc::PreferencesParts "/dev/null";
            #clear APT::Update::Pre-Invoke;
            #clear APT::Update::Post-Invoke;
            #clear APT::Update::Post-Invoke-Success;
            APT::Update::Error-Mode "any";
            APT::Sandbox::User "root";
            Acquire::Languages "none";
            {string.Join('\n', settings)}

            """);
        return configuration;
    }
}
