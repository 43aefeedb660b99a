using System.Net;
using System.Net.Sockets;

namespace MedBench.Tests.Data;

/// <summary>An HTTP server in this process that serves one file, well or badly.</summary>
public sealed class FileServer : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly Func<HttpListenerContext, int, bool> misbehave;
    private readonly byte[] content;

    /// <param name="content">The file.</param>
    /// <param name="misbehave">Gets each request and its number from 0, may answer it badly, and then returns true.</param>
    public FileServer(byte[] content, Func<HttpListenerContext, int, bool>? misbehave = null)
    {
        (this.content, this.misbehave) = (content, misbehave ?? ((_, _) => false));
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Url = $"http://localhost:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        }
        listener.Prefixes.Add(Url);
        listener.Start();
        _ = ServeAsync();
    }

    public string Url { get; }

    /// <summary>The Range header of each request so far, "" where there was none.</summary>
    public List<string> Ranges { get; } = [];

    public void Dispose() => listener.Close();

    private async Task ServeAsync()
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
            Ranges.Add(context.Request.Headers["Range"] ?? "");
            if (!misbehave(context, Ranges.Count - 1))
                Serve(context);
        }
    }

    private void Serve(HttpListenerContext context)
    {
        var response = context.Response;
        int from = context.Request.Headers["Range"] is { } range ? int.Parse(range["bytes=".Length..].TrimEnd('-')) : 0;
        if (from >= content.Length)
        {
            response.StatusCode = 416;
            response.AddHeader("Content-Range", $"bytes */{content.Length}");
        }
        else
        {
            response.ContentLength64 = content.Length - from;
            if (from > 0)
            {
                response.StatusCode = 206;
                response.AddHeader("Content-Range", $"bytes {from}-{content.Length - 1}/{content.Length}");
            }
            response.OutputStream.Write(content, from, content.Length - from);
        }
        response.Close();
    }
}
