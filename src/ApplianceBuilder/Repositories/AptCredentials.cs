using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Guestfs.Appliances.Repositories;

/// <summary>
/// Names and passwords for repositories, in the netrc-like form of apt_auth.conf(5). An entry without a scheme counts for
/// https only, so that no password travels in the clear unless somebody wrote <c>http://</c>. Proxies of apt's
/// configuration are not read: the HttpClient that is passed in decides about proxies.
/// </summary>
internal sealed class AptCredentials
{
    private readonly List<(string Scheme, string Host, int? Port, string Path, string Login, string Password)> entries = [];

    /// <summary>No credentials.</summary>
    internal static AptCredentials None { get; } = new();

    /// <summary>Reads the files of a system.</summary>
    /// <param name="root">The system's root, usually <c>/</c>.</param>
    internal static AptCredentials Read(string root)
    {
        AptCredentials credentials = new();
        string apt = Path.Combine(root, "etc/apt"), parts = Path.Combine(apt, "auth.conf.d");
        string[] files = Directory.Exists(parts) ? [.. Directory.GetFiles(parts, "*.conf").Order(StringComparer.Ordinal)] : [];
        foreach (string file in files.Prepend(Path.Combine(apt, "auth.conf")).Where(File.Exists))
        {
            try
            {
                credentials.Add(File.ReadAllText(file));
            }
            catch (UnauthorizedAccessException)
            {
                // apt keeps these from other users; without them the repository says what is missing.
            }
        }

        return credentials;
    }

    /// <summary>The header to send with a request, or null.</summary>
    internal AuthenticationHeaderValue? For(Uri address)
    {
        (string login, string password) = ("", "");
        if (address.UserInfo.Length > 0)
        {
            string[] both = address.UserInfo.Split(':', 2);
            (login, password) = (Uri.UnescapeDataString(both[0]), Uri.UnescapeDataString(both.Length > 1 ? both[1] : ""));
        }
        else
        {
            foreach (var entry in entries)
            {
                if (entry.Scheme == address.Scheme && string.Equals(entry.Host, address.Host, StringComparison.OrdinalIgnoreCase)
                    && (entry.Port is null ? address.IsDefaultPort : entry.Port == address.Port)
                    && address.AbsolutePath.StartsWith(entry.Path, StringComparison.Ordinal))
                {
                    (login, password) = (entry.Login, entry.Password);
                    break;
                }
            }
        }

        return login.Length == 0
            ? null
            : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login}:{password}")));
    }

    /// <summary>Adds the entries of one file.</summary>
    internal void Add(string text)
    {
        string[] words = [.. text.Split('\n')
            .Where(line => !line.TrimStart().StartsWith('#'))
            .SelectMany(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))];
        string machine = "", login = "", password = "";
        for (int i = 0; i + 1 < words.Length; i += 2)
        {
            switch (words[i])
            {
                case "machine":
                    Finish();
                    (machine, login, password) = (words[i + 1], "", "");
                    break;
                case "login":
                    login = words[i + 1];
                    break;
                case "password":
                    password = words[i + 1];
                    break;
                default:
                    break;
            }
        }

        Finish();

        void Finish()
        {
            if (machine.Length > 0 && login.Length > 0)
            {
                int scheme = machine.IndexOf("://", StringComparison.Ordinal);
                string rest = scheme < 0 ? machine : machine[(scheme + 3)..];
                int slash = rest.IndexOf('/', StringComparison.Ordinal);
                string path = slash < 0 ? "/" : rest[slash..];
                string[] host = (slash < 0 ? rest : rest[..slash]).Split(':', 2);
                int? port = host.Length > 1 && int.TryParse(host[1], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                    ? number
                    : null;
                entries.Add((scheme < 0 ? "https" : machine[..scheme], host[0], port, path, login, password));
            }
        }
    }
}
