using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using MedBench.Data.Errors;

namespace MedBench.Models.Weights;

/// <summary>
/// Downloads files of a Hugging Face server into its cache layout, so that its Python library finds them, too.
/// Source of the protocol: <c>file_download.py</c> of github.com/huggingface/huggingface_hub.
/// </summary>
public sealed class HubClient : IDisposable
{
    private const int MaxRedirects = 5;

    private static readonly TimeSpan s_lockPoll = TimeSpan.FromMilliseconds(200);

    // A file that another process has open alone: Windows, Linux, macOS.
    private static readonly int[] s_sharingViolations = [unchecked((int)0x80070020), 11, 35];

    private readonly HubSettings _settings;
    private readonly HubCache _cache;
    private readonly HttpClient _http;
    private readonly TimeSpan _firstDelay;

    /// <summary>Makes a client; nothing is sent yet.</summary>
    /// <param name="settings">Server, token and cache folder.</param>
    /// <param name="firstDelay">Wait before the second of five tries, default 1 s; doubles each time.</param>
    public HubClient(HubSettings settings, TimeSpan? firstDelay = null)
    {
        _settings = settings;
        _cache = new HubCache(settings.CacheFolder);
        _firstDelay = firstDelay ?? TimeSpan.FromSeconds(1);
        // Redirects are followed here, because the token must not follow them to another host.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(20) }) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("medbench", "1"));
        _http.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
    }

    /// <summary>
    /// Fetches a file into the cache and returns its path there. An interrupted download goes on where it stopped; two
    /// processes do not fetch the same file twice. The sha256 is checked where <paramref name="source"/> or the server gives one.
    /// </summary>
    /// <param name="source">The file.</param>
    /// <param name="progress">Told after each piece.</param>
    /// <param name="cancel">Stops; what has arrived stays for the next time.</param>
    /// <exception cref="MedBenchException">Offline, no such file, no access, another sha256, no connection after five tries, or the cache cannot be written.</exception>
    public async Task<string> DownloadAsync(WeightSource source, IProgress<DownloadProgress>? progress = null, CancellationToken cancel = default)
    {
        source.Checked();
        if (_settings.Offline) throw new MedBenchException($"{_settings.AddressOf(source)} may not be downloaded: HF_HUB_OFFLINE is set", "unset HF_HUB_OFFLINE");
        try
        {
            var file = await ResumableDownload.Retry(_firstDelay).ExecuteAsync(async token => await DescribeAsync(source, token).ConfigureAwait(false), cancel).ConfigureAwait(false);
            if (source.Sha256 is { } wanted && file.Sha256 is { } offered && wanted != offered) throw WrongDigest(source, wanted, offered);
            string blob = _cache.Blob(source, file.ETag), lockFile = _cache.Lock(source, file.ETag);
            Directory.CreateDirectory(Path.GetDirectoryName(blob)!);
            Directory.CreateDirectory(Path.GetDirectoryName(lockFile)!);
            using (await LockAsync(lockFile, cancel).ConfigureAwait(false))
            {
                if (!File.Exists(blob)) await FetchAsync(source, file, blob, progress, cancel).ConfigureAwait(false);
                return _cache.Publish(source, file.ETag, file.Commit);
            }
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutException)
        {
            throw new MedBenchException($"cannot download {_settings.AddressOf(source)}: {e.Message}", "check the network and run again (the download goes on where it stopped), or fetch the file by other means into the folder MEDBENCH_WEIGHTS", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MedBenchException($"cannot write the cache {_settings.CacheFolder}: {e.Message}", "free some disk space, or choose another folder with HF_HUB_CACHE", e);
        }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _http.Dispose();

    private async Task FetchAsync(WeightSource source, HubFile file, string blob, IProgress<DownloadProgress>? progress, CancellationToken cancel)
    {
        string partial = blob + ".incomplete";
        var download = new ResumableDownload((offset, token) => SendAsync(HttpMethod.Get, source, offset, token), file.Size, _firstDelay);
        await download.CompleteAsync(partial, (received, total) => progress?.Report(new DownloadProgress(source.File, received, total)), cancel).ConfigureAwait(false);
        if ((source.Sha256 ?? file.Sha256) is { } wanted)
        {
            string found = FileDigest.Sha256(partial);
            if (found != wanted)
            {
                File.Delete(partial);
                throw WrongDigest(source, wanted, found);
            }
        }
        File.Move(partial, blob);
    }

    private async Task<HubFile> DescribeAsync(WeightSource source, CancellationToken cancel)
    {
        string? commit = null, etag = null, linkedSize = null;
        using var response = await SendAsync(HttpMethod.Head, source, 0, cancel, hop =>
        {
            commit ??= Header(hop, "X-Repo-Commit");
            etag ??= Header(hop, "X-Linked-ETag") ?? (hop.IsSuccessStatusCode ? hop.Headers.ETag?.Tag : null);
            linkedSize ??= Header(hop, "X-Linked-Size");
        }).ConfigureAwait(false);
        // The length of a redirect's own body says nothing.
        long? size = long.TryParse(linkedSize, NumberStyles.None, CultureInfo.InvariantCulture, out long linked) ? linked
            : response.IsSuccessStatusCode ? response.Content.Headers.ContentLength : null;
        return HubFile.From(commit, etag, size)
            ?? throw new MedBenchException($"{_settings.AddressOf(source)} does not answer like a Hugging Face server (no X-Repo-Commit or ETag)", "check HF_ENDPOINT");
    }

    // A HEAD stops where a redirect leaves the server: all that is to be learnt has been said by then.
    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, WeightSource source, long offset, CancellationToken cancel, Action<HttpResponseMessage>? look = null)
    {
        var address = _settings.AddressOf(source);
        for (int hop = 0; hop <= MaxRedirects; hop++)
        {
            using var request = new HttpRequestMessage(method, address);
            if (offset > 0) request.Headers.Range = new RangeHeaderValue(offset, null);
            if (_settings.Token is { } token && IsOwn(address)) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            var response = await ResumableDownload.Within(t => _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, t), cancel).ConfigureAwait(false);
            look?.Invoke(response);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location)
            {
                Check(response, source);
                return response;
            }
            var next = new Uri(address, location);
            if (method == HttpMethod.Head && !IsOwn(next)) return response;
            response.Dispose();
            if (next.Scheme != "https" && (next.Scheme != "http" || address.Scheme == "https")) throw new MedBenchException($"{address.Host} redirects to {next.Scheme}://{next.Host}, which is not safe", "check HF_ENDPOINT");
            address = next;
        }
        throw new MedBenchException($"{_settings.AddressOf(source)} redirects more than {MaxRedirects} times", "check HF_ENDPOINT");
    }

    private bool IsOwn(Uri address) => Uri.Compare(address, _settings.Endpoint, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;

    private void Check(HttpResponseMessage response, WeightSource source)
    {
        int status = (int)response.StatusCode;
        if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable) return;
        string said = Header(response, "X-Error-Message") is { } message ? $": {message}" : "";
        response.Dispose();
        if (status is 408 or 429 or >= 500) throw new HttpRequestException($"the server answered {status}{said}", null, response.StatusCode);
        throw new MedBenchException($"{_settings.AddressOf(source)} answered {status}{said}", status switch
        {
            401 or 403 => $"set HF_TOKEN to a token that may read {source.Repository}; accept its terms at {_settings.Endpoint.AbsoluteUri.TrimEnd('/')}/{source.Repository} if it has some; check the name",
            404 => $"check repository {source.Repository}, file {source.File} and revision {source.RevisionOrMain}",
            _ => "check HF_ENDPOINT and the name of the file",
        });
    }

    private static MedBenchException WrongDigest(WeightSource source, string wanted, string found) => new(
        $"{source.File} of {source.Repository} at {source.RevisionOrMain} has the sha256 {found}, not {wanted}",
        "pin the revision that has the file you expect; if the download was damaged, run again");

    private static async Task<FileStream> LockAsync(string path, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (s_sharingViolations.Contains(e.HResult))
            {
                await Task.Delay(s_lockPoll, cancel).ConfigureAwait(false);
            }
        }
    }

    private static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
