using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MedBench.Tests;

/// <summary>An HTTP server in this process that serves one file at every address, well or badly.</summary>
public sealed class FileServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<FileServer, HttpListenerContext, int, bool> _misbehave;

    /// <param name="content">The file.</param>
    /// <param name="misbehave">Gets the server, each request and its number from 0; returns true where it has answered, or means not to.</param>
    public FileServer(byte[] content, Func<FileServer, HttpListenerContext, int, bool>? misbehave = null)
    {
        (Content, _misbehave) = (content, misbehave ?? ((_, _, _) => false));
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/");
        }
        _listener.Prefixes.Add(Address.AbsoluteUri);
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public Uri Address { get; }

    public byte[] Content { get; }

    /// <summary>What was asked: method, path, range and authorization, "-" for none.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>The range of each GET so far, "-" where there was none.</summary>
    public IReadOnlyList<string> Ranges => [.. Requests.Where(r => r.StartsWith("GET", StringComparison.Ordinal)).Select(r => r.Split(' ')[2])];

    public void Dispose() => _listener.Close();

    /// <summary>Answers with a status and nothing else.</summary>
    public static bool Refuse(HttpListenerContext context, int status, string? retryAfter = null)
    {
        context.Response.StatusCode = status;
        context.Response.ContentLength64 = 0;
        if (retryAfter is not null) context.Response.Headers["Retry-After"] = retryAfter;
        context.Response.Close();
        return true;
    }

    /// <summary>Sends what is asked for up to the byte <paramref name="end"/> of the file, then cuts the line.</summary>
    public bool Cut(HttpListenerContext context, int end)
    {
        Send(context, end);
        context.Response.Abort();
        return true;
    }

    /// <summary>Sends what is asked for up to the byte <paramref name="end"/> of the file, then nothing more.</summary>
    public bool Stall(HttpListenerContext context, int end)
    {
        Send(context, end);
        return true;
    }

    /// <summary>Sends what is asked for in pieces, slowly.</summary>
    public bool Drip(HttpListenerContext context, int piece, TimeSpan pause)
    {
        int at = Head(context);
        for (; at < Content.Length && context.Request.HttpMethod != "HEAD"; at += piece)
        {
            context.Response.OutputStream.Write(Content, at, Math.Min(piece, Content.Length - at));
            context.Response.OutputStream.Flush();
            Thread.Sleep(pause);
        }
        context.Response.Close();
        return true;
    }

    private async Task ServeAsync()
    {
        for (int number = 0; _listener.IsListening; number++)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                var request = context.Request;
                Requests.Enqueue($"{request.HttpMethod} {request.RawUrl} {request.Headers["Range"] ?? "-"} {request.Headers["Authorization"] ?? "-"}");
                if (_misbehave(this, context, number)) continue;
                Send(context, Content.Length);
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException)
            {
                // The client hung up, or the test is over.
            }
        }
    }

    private void Send(HttpListenerContext context, int end)
    {
        int from = Head(context);
        if (context.Request.HttpMethod == "HEAD" || from >= Content.Length) return;
        context.Response.OutputStream.Write(Content, from, Math.Max(0, end - from));
        context.Response.OutputStream.Flush();
    }

    // Status and headers; returns the first byte that is asked for, or the length of the file where it has no such byte.
    private int Head(HttpListenerContext context)
    {
        var response = context.Response;
        int from = context.Request.Headers["Range"] is { } range ? int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture) : 0;
        if (from >= Content.Length)
        {
            response.StatusCode = 416;
            response.Headers["Content-Range"] = $"bytes */{Content.Length}";
            return Content.Length;
        }
        if (from > 0)
        {
            response.StatusCode = 206;
            response.Headers["Content-Range"] = $"bytes {from}-{Content.Length - 1}/{Content.Length}";
        }
        response.ContentLength64 = Content.Length - from;
        return from;
    }
}
