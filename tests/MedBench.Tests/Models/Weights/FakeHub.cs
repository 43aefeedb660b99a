using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace MedBench.Tests.Models.Weights;

/// <summary>A small Hugging Face server in this process: one file, at <c>/org/name/resolve/REVISION/model.safetensors</c>, and at <c>/blob</c>.</summary>
internal sealed class FakeHub : IDisposable
{
    public const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private readonly HttpListener _listener = new();

    public FakeHub()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}");
        }
        _listener.Prefixes.Add(Address.AbsoluteUri);
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public Uri Address { get; }

    public byte[] Content { get; init; } = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 31 >> 3))];

    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Content));

    /// <summary>What the server says the sha256 is; null for the truth.</summary>
    public string? ClaimedTag { get; set; }

    /// <summary>Where the file's address redirects to; null to answer itself.</summary>
    public Uri? RedirectTo { get; set; }

    /// <summary>Answers to give before the right one, first come first served; an answer below 100 cuts the line after that many tenths.</summary>
    public ConcurrentQueue<int> Failures { get; } = new();

    public bool IgnoresRanges { get; set; }

    /// <summary>What was asked: method, path, range and authorization.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                Answer(await _listener.GetContextAsync());
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException)
            {
                // The client hung up, or the test is over.
            }
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var (request, response) = (context.Request, context.Response);
        Requests.Enqueue($"{request.HttpMethod} {request.RawUrl} {request.Headers["Range"] ?? "-"} {request.Headers["Authorization"] ?? "-"}");
        bool head = request.HttpMethod == "HEAD";
        int failure = 0;
        if (!head && Failures.TryDequeue(out failure) && failure >= 100)
        {
            Close(response, failure);
            return;
        }
        if (request.RawUrl is not ("/blob" or "/org/name/resolve/main/model.safetensors" or $"/org/name/resolve/{Commit}/model.safetensors" or "/org/name/resolve/refs%2Fpr%2F1/model.safetensors"))
        {
            response.Headers["X-Error-Message"] = "Entry not found";
            Close(response, request.RawUrl!.StartsWith("/gated/", StringComparison.Ordinal) ? 401 : 404);
            return;
        }
        if (request.RawUrl != "/blob")
        {
            response.Headers["X-Repo-Commit"] = Commit;
            response.Headers["X-Linked-ETag"] = $"\"{ClaimedTag ?? Sha256}\"";
            response.Headers["X-Linked-Size"] = Content.Length.ToString(CultureInfo.InvariantCulture);
            if (RedirectTo is not null)
            {
                response.Headers["Location"] = RedirectTo.ToString();
                Close(response, 302);
                return;
            }
        }
        Send(request, response, head, failure);
    }

    private void Send(HttpListenerRequest request, HttpListenerResponse response, bool head, int cutAfterTenths)
    {
        int from = 0;
        if (!IgnoresRanges && request.Headers["Range"] is { } range)
        {
            from = int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture);
            response.StatusCode = 206;
            response.Headers["Content-Range"] = $"bytes {from}-{Content.Length - 1}/{Content.Length}";
        }
        response.ContentLength64 = Content.Length - from;
        if (head)
        {
            response.Close();
            return;
        }
        response.OutputStream.Write(Content, from, cutAfterTenths > 0 ? Content.Length * cutAfterTenths / 10 - from : Content.Length - from);
        response.OutputStream.Flush();
        if (cutAfterTenths > 0) response.Abort();
        else response.Close();
    }

    private static void Close(HttpListenerResponse response, int status)
    {
        response.StatusCode = status;
        response.ContentLength64 = 0;
        response.Close();
    }
}
