using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;

namespace MedBench.Tests.Models.Weights.Hub;

/// <summary>A small Hugging Face server in this process: one file, at <c>/org/name/resolve/REVISION/model.safetensors</c>, and at <c>/blob</c>.</summary>
internal sealed class FakeHub : IDisposable
{
    public const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private readonly FileServer _server;

    public FakeHub() => _server = new FileServer([.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 31 >> 3))], (_, context, _) => Misbehave(context));

    public Uri Address => _server.Address;

    public byte[] Content => _server.Content;

    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Content));

    /// <summary>What the server says the sha256 is; null for the truth.</summary>
    public string? ClaimedTag { get; set; }

    /// <summary>Where the file's address redirects to; null to answer itself.</summary>
    public Uri? RedirectTo { get; set; }

    /// <summary>Answers to give before the right one, first come first served; an answer below 100 cuts the line after that many tenths.</summary>
    public ConcurrentQueue<int> Failures { get; } = new();

    public bool IgnoresRanges { get; set; }

    public ConcurrentQueue<string> Requests => _server.Requests;

    public IReadOnlyList<string> Ranges => _server.Ranges;

    public void Dispose() => _server.Dispose();

    private bool Misbehave(HttpListenerContext context)
    {
        var (request, response) = (context.Request, context.Response);
        int failure = 0;
        if (request.HttpMethod == "GET" && Failures.TryDequeue(out failure) && failure >= 100) return FileServer.Refuse(context, failure);
        if (request.RawUrl is not ("/blob" or "/org/name/resolve/main/model.safetensors" or $"/org/name/resolve/{Commit}/model.safetensors" or "/org/name/resolve/refs%2Fpr%2F1/model.safetensors"))
        {
            response.Headers["X-Error-Message"] = "Entry not found";
            return FileServer.Refuse(context, request.RawUrl!.StartsWith("/gated/", StringComparison.Ordinal) ? 401 : 404);
        }
        if (request.RawUrl != "/blob")
        {
            response.Headers["X-Repo-Commit"] = Commit;
            response.Headers["X-Linked-ETag"] = $"\"{ClaimedTag ?? Sha256}\"";
            response.Headers["X-Linked-Size"] = Content.Length.ToString(CultureInfo.InvariantCulture);
            if (RedirectTo is not null)
            {
                response.Headers["Location"] = RedirectTo.ToString();
                return FileServer.Refuse(context, 302);
            }
        }
        if (IgnoresRanges) request.Headers.Remove("Range");
        return failure > 0 && _server.Cut(context, Content.Length * failure / 10);
    }
}
