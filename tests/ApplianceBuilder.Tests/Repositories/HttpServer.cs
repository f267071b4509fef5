// Serves files over http, and misbehaves where it is told to.
using System.Net;
using System.Net.Sockets;

namespace Guestfs.Appliances.Tests.Repositories;

/// <summary>A web server on this machine.</summary>
internal sealed class HttpServer : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly Func<HttpListenerContext, bool> handle;
    private readonly string root;

    /// <summary>Serves a directory; the function may answer a request itself, and then returns true.</summary>
    public HttpServer(string root, Func<HttpListenerContext, bool>? handle = null)
    {
        this.root = root;
        this.handle = handle ?? (_ => false);
        using (TcpListener probe = new(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = $"http://localhost:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        }

        listener.Prefixes.Add(Address);
        listener.Start();
        _ = Task.Run(Serve);
    }

    public string Address { get; }

    public List<string> Requests { get; } = [];

    public void Dispose() => listener.Close();

    private async Task Serve()
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            _ = Task.Run(() => Answer(context));
        }
    }

    private void Answer(HttpListenerContext context)
    {
        string path = Uri.UnescapeDataString(context.Request.Url!.AbsolutePath);
        lock (Requests)
        {
            Requests.Add(path);
        }

        try
        {
            if (handle(context))
            {
                return;
            }

            string file = root + path;
            if (File.Exists(file))
            {
                context.Response.Close(File.ReadAllBytes(file), willBlock: true);
            }
            else
            {
                context.Response.StatusCode = 404;
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException)
        {
            // The client went away, as some tests want.
        }
    }
}
