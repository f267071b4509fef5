// Fetches files from http, https and file addresses; tries again where that may help, and says what is wrong where it may not.
using System.Net;

using Guestfs.Appliances.Archives;

namespace Guestfs.Appliances.Repositories;

/// <summary>Fetches files of repositories.</summary>
/// <param name="http">Used as it is: its handler decides about proxies and certificates. Redirections that it does not follow are followed
/// here.</param>
/// <param name="credentials">Logins.</param>
/// <param name="time">For the delays between tries and for noticing that nothing comes any more.</param>
internal sealed class Downloader(HttpClient http, AptCredentials credentials, TimeProvider time)
{
    /// <summary>How often a file is tried that must come.</summary>
    internal const int Tries = 3;

    private const int MaxRedirections = 20;

    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(60);

    /// <summary>An address as it may be shown, without a password.</summary>
    internal static string Display(Uri address) => address.UserInfo.Length == 0
        ? address.AbsoluteUri
        : address.AbsoluteUri.Replace(address.UserInfo + "@", "", StringComparison.Ordinal);

    /// <summary>Fetches a file that must come.</summary>
    internal Task FetchAsync(Uri address, Func<Stream, CancellationToken, Task> consume, CancellationToken cancellationToken) =>
        FetchAsync(address, consume, Tries, cancellationToken);

    /// <summary>Fetches a file.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="consume">Reads it. Called again from the start after a transient failure.</param>
    /// <param name="tries">How often it is tried.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ApplianceException">The file is not there, or cannot be fetched.</exception>
    internal async Task FetchAsync(
        Uri address, Func<Stream, CancellationToken, Task> consume, int tries, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await FetchOnceAsync(address, consume, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested && IsTransient(e))
            {
                if (attempt == tries)
                {
                    throw new ApplianceException(
                        ApplianceProblem.DownloadFailed,
                        $"{Display(address)} cannot be fetched{(tries > 1 ? $", {tries} times in a row" : "")}: {Reason(e)}. "
                        + "Check the network and try again.",
                        e);
                }
            }

            await Task.Delay(TimeSpan.FromSeconds(1 << (attempt - 1)), time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Whether a fetch failed because the server could not be reached or did not work, and not by an answer of it.</summary>
    internal static bool IsUnreachable(ApplianceException failure) => failure.InnerException is { } cause && IsTransient(cause);

    private static bool IsTransient(Exception e) => e switch
    {
        HttpRequestException { StatusCode: { } code } =>
            (int)code >= 500 || code is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests,
        HttpRequestException or HttpIOException or OperationCanceledException => true,
        _ => false,
    };

    private static string Reason(Exception e) => e is OperationCanceledException ? "no data came for a minute" : e.Message.TrimEnd('.');

    private async Task FetchOnceAsync(Uri address, Func<Stream, CancellationToken, Task> consume, CancellationToken cancellationToken)
    {
        if (address.IsFile)
        {
            await FetchFileAsync(address, consume, cancellationToken).ConfigureAwait(false);
            return;
        }

        using CancellationTokenSource stall = new(Stall, time);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(stall.Token, cancellationToken);
        using HttpResponseMessage response = await SendAsync(address, both.Token).ConfigureAwait(false);
        switch (response.StatusCode)
        {
            case HttpStatusCode.NotFound or HttpStatusCode.Gone:
                throw NotThere(address, $"HTTP {(int)response.StatusCode}");
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.ProxyAuthenticationRequired:
                throw new ApplianceException(
                    ApplianceProblem.DownloadFailed, $"{Display(address)} may not be fetched (HTTP {(int)response.StatusCode}). "
                        + "Check the login in apt's auth.conf, and the proxy.");
            default:
                break;
        }

        if (!response.IsSuccessStatusCode)
        {
            HttpRequestException refused = new($"HTTP {(int)response.StatusCode} {response.ReasonPhrase}", null, response.StatusCode);
            throw IsTransient(refused)
                ? refused
                : new ApplianceException(
                    ApplianceProblem.DownloadFailed,
                    $"{Display(address)} cannot be fetched: {refused.Message}. Check the source's address.", refused);
        }

        Stream body = await response.Content.ReadAsStreamAsync(both.Token).ConfigureAwait(false);
        ProgressStream watched = new(body, () => stall.CancelAfter(Stall));
        await using (watched.ConfigureAwait(false))
        {
            await consume(watched, both.Token).ConfigureAwait(false);
        }
    }

    // Redirections are followed here: each address has its own login, and one that cannot be used is refused before it is used.
    private async Task<HttpResponseMessage> SendAsync(Uri address, CancellationToken cancellationToken)
    {
        Uri at = address;
        for (int redirections = 0; ; redirections++)
        {
            if (at.Scheme == Uri.UriSchemeHttps && !OpenSsl.IsThere)
            {
                throw new ApplianceException(
                    ApplianceProblem.DownloadFailed,
                    $"{Shown()} cannot be fetched: https needs OpenSSL, which this host does not have. {OpenSsl.Remedy}");
            }

            using HttpRequestMessage request = new(HttpMethod.Get, at);
            request.Headers.Authorization = credentials.For(at);
            HttpResponseMessage response =
                await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
                or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect) || response.Headers.Location is not { } location)
            {
                return response;
            }

            response.Dispose();
            Uri next = new(at, location);
            bool isFollowed = next.Scheme == Uri.UriSchemeHttps || (next.Scheme == Uri.UriSchemeHttp && at.Scheme == Uri.UriSchemeHttp);
            if (!isFollowed || redirections == MaxRedirections)
            {
                throw new ApplianceException(
                    ApplianceProblem.DownloadFailed,
                    $"{Shown()} cannot be fetched: "
                    + (isFollowed ? $"it is the {MaxRedirections}th redirection in a row." : $"it redirects to {Display(next)}.")
                    + " Check the source's address.");
            }

            at = next;
        }

        string Shown() => at == address ? Display(at) : $"{Display(at)}, to which {Display(address)} redirects,";
    }

    private static async Task FetchFileAsync(
        Uri address, Func<Stream, CancellationToken, Task> consume, CancellationToken cancellationToken)
    {
        FileStream file;
        try
        {
            file = new FileStream(
                address.LocalPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, useAsync: true);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw NotThere(address, "no such file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ApplianceException(ApplianceProblem.DownloadFailed, $"{Display(address)} cannot be read: {e.Message}", e);
        }

        await using (file.ConfigureAwait(false))
        {
            await consume(file, cancellationToken).ConfigureAwait(false);
        }
    }

    private static ApplianceException NotThere(Uri address, string how) => new(
        ApplianceProblem.DownloadFailed,
        $"{Display(address)} does not exist ({how}). While a mirror is being updated this may be temporary: try again in a few minutes. "
        + "Otherwise check address, suite and components of the source.");

    // Every piece that comes postpones the moment at which the connection counts as dead. Errors of the network get a type
    // of their own, so that they are not mistaken for those of the disk that the bytes go to.
    private sealed class ProgressStream(Stream inner, Action progress) : ReadOnlyStream
    {
        public override int Read(Span<byte> buffer) => throw new NotSupportedException();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            try
            {
                int count = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                progress();
                return count;
            }
            catch (IOException e) when (e is not HttpIOException)
            {
                throw new HttpIOException(HttpRequestError.Unknown, e.Message, e);
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
