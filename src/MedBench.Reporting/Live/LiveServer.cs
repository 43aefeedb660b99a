using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using MedBench.Core.Errors;

namespace MedBench.Reporting.Live;

/// <summary>
/// Serves one page on the progress of a results store, on 127.0.0.1 only. It answers GET and HEAD at four fixed addresses: no path of
/// a request ever becomes a path of a file.
/// </summary>
/// <remarks>
/// A request must name 127.0.0.1 as its host: a page of the web that makes its own name point at this machine (DNS rebinding) is
/// refused. <see cref="HttpListener"/> is part of the .NET runtime itself; ASP.NET Core is not in every image that runs a grid.
/// </remarks>
public sealed class LiveServer : IDisposable
{
    private const string Policy = "default-src 'none'; img-src data:; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private const string Text = "text/plain; charset=utf-8";
    private static readonly TimeSpan s_snapshotLife = TimeSpan.FromMilliseconds(500);
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    private readonly HttpListener _listener;
    private readonly Func<LiveSnapshot> _read;
    private readonly Task _serving;
    private byte[] _snapshot = [];
    private DateTimeOffset _taken;

    private LiveServer(HttpListener listener, Func<LiveSnapshot> read, int port)
    {
        (_listener, _read, Address) = (listener, read, new Uri($"http://127.0.0.1:{port}/"));
        _serving = Task.Run(ServeAsync);
    }

    /// <summary>Where to look.</summary>
    public Uri Address { get; }

    /// <summary>Starts to serve.</summary>
    /// <param name="folder">The results store; it may not exist yet.</param>
    /// <param name="port">On 127.0.0.1; 0 for any that is free.</param>
    /// <exception cref="MedBenchException">The port is taken or not allowed.</exception>
    public static LiveServer Start(string folder, int port = 0) => Start(new LiveReader(folder).Read, port);

    internal static LiveServer Start(Func<LiveSnapshot> read, int port = 0)
    {
        if (port is < 0 or > 65535) throw new MedBenchException($"port {port}: not a port", "give 1 to 65535, or 0 for any that is free");
        for (int attempt = 0; ; attempt++)
        {
            int chosen = port == 0 ? FreePort() : port;
            var listener = new HttpListener();
            listener.Prefixes.Add($"http://127.0.0.1:{chosen}/");
            try
            {
                listener.Start();
                return new LiveServer(listener, read, chosen);
            }
            catch (Exception e) when (e is HttpListenerException or SocketException)
            {
                listener.Close();
                // Between finding a free port and taking it, another process may have taken it.
                if (port == 0 && attempt < 5) continue;
                throw new MedBenchException($"port {chosen} of 127.0.0.1 cannot be used: {e.Message}", "choose another --port, or --port 0 for any that is free", e);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Close();
        _serving.Wait();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                Answer(await _listener.GetContextAsync().ConfigureAwait(false));
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException or IOException)
            {
                // The browser hung up, or the server is closed.
            }
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var (status, type, body) = ChooseOrFail(request);
        response.StatusCode = status;
        response.ContentType = type;
        if (status == 405) response.Headers["Allow"] = "GET, HEAD";
        response.Headers["Content-Security-Policy"] = Policy;
        response.Headers["X-Content-Type-Options"] = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers["Cache-Control"] = "no-store";
        response.ContentLength64 = body.Length;
        response.Close(request.HttpMethod == "HEAD" ? [] : body, willBlock: true);
    }

    // A store may be unreadable for a while; the browser asks again.
    private (int Status, string Type, byte[] Body) ChooseOrFail(HttpListenerRequest request)
    {
        try
        {
            return Choose(request);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (500, Text, "the store cannot be read\n"u8.ToArray());
        }
    }

    private (int Status, string Type, byte[] Body) Choose(HttpListenerRequest request)
    {
        if (request.UserHostName != Address.Authority) return (421, Text, "this server answers to 127.0.0.1 only\n"u8.ToArray());
        if (request.HttpMethod is not ("GET" or "HEAD")) return (405, Text, "this server only reads\n"u8.ToArray());
        return request.RawUrl switch
        {
            "/" => (200, "text/html; charset=utf-8", LiveAssets.Read("live.html")),
            "/live.css" => (200, "text/css; charset=utf-8", LiveAssets.Read("live.css")),
            "/live.js" => (200, "text/javascript; charset=utf-8", LiveAssets.Read("live.js")),
            "/progress.json" => (200, "application/json", Snapshot()),
            _ => (404, Text, "not found\n"u8.ToArray()),
        };
    }

    // Many windows cost no more than one.
    private byte[] Snapshot()
    {
        var now = DateTimeOffset.UtcNow;
        if (now - _taken < s_snapshotLife) return _snapshot;
        _snapshot = JsonSerializer.SerializeToUtf8Bytes(_read(), s_json);
        _taken = now;
        return _snapshot;
    }
}
