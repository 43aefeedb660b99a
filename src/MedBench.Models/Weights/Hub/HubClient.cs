using System.Globalization;
using MedBench.Core.Downloads;
using MedBench.Core.Errors;
using MedBench.Core.Files;

namespace MedBench.Models.Weights.Hub;

/// <summary>
/// Downloads files of a Hugging Face server into its cache layout, so that its Python library finds them, too; and files
/// that have an address of their own into <see cref="HubSettings.UrlFolder"/>.
/// Source of the protocol: <c>file_download.py</c> of github.com/huggingface/huggingface_hub.
/// </summary>
public sealed class HubClient : IDisposable
{
    private static readonly TimeSpan s_lockPoll = TimeSpan.FromMilliseconds(200);

    // A file that another process has open alone: Windows, Linux, macOS.
    private static readonly int[] s_sharingViolations = [unchecked((int)0x80070020), 11, 35];

    private readonly HubSettings _settings;
    private readonly HubCache _cache;
    private readonly WeightHttp _http;

    /// <summary>Makes a client; nothing is sent yet.</summary>
    /// <param name="settings">Server, token and cache folders.</param>
    /// <param name="patience">Tries and waits; null for the default.</param>
    public HubClient(HubSettings settings, DownloadPatience? patience = null)
    {
        _settings = settings;
        _cache = new HubCache(settings.CacheFolder);
        _http = new WeightHttp(settings, patience);
    }

    /// <summary>
    /// Fetches a file into the cache and returns its path there. An interrupted download goes on where it stopped; two
    /// processes do not fetch the same file of a repository twice. The checksum is tested where <paramref name="source"/> or the server gives one.
    /// </summary>
    /// <param name="source">The file.</param>
    /// <param name="progress">Told after each piece.</param>
    /// <param name="cancel">Stops; what has arrived stays for the next time.</param>
    /// <exception cref="MedBenchException">Offline, no such file, no access, another sha256, no connection after five tries, or the cache cannot be written.</exception>
    public async Task<string> DownloadAsync(WeightSource source, IProgress<DownloadProgress>? progress = null, CancellationToken cancel = default)
    {
        source.Checked();
        if (_settings.Offline) throw new MedBenchException($"{_settings.AddressOf(source)} may not be downloaded: HF_HUB_OFFLINE is set", $"unset HF_HUB_OFFLINE, or {_settings.ByHand(source)}");
        if (source.Url is not null)
        {
            string path = _settings.UrlPath(source);
            await FetchAsync(source, path, ".part", source.Checksum, null, progress, cancel).ConfigureAwait(false);
            return path;
        }
        var file = await _http.Patient.RetryAsync(_settings.AddressOf(source), _settings.Advice(source), token => DescribeAsync(source, token), cancel).ConfigureAwait(false);
        var offered = file.Sha256 is null ? null : Checksum.Sha256(file.Sha256);
        if (source.Checksum is { } wanted && offered is not null && !wanted.Accepts(offered.Digits))
            throw new MedBenchException($"{source} has {wanted.Contrast(offered.Digits)}", "pin the revision that has the file you expect");
        try
        {
            string blob = _cache.Blob(source, file.ETag), lockFile = _cache.Lock(source, file.ETag);
            Directory.CreateDirectory(Path.GetDirectoryName(lockFile)!);
            using (await LockAsync(lockFile, cancel).ConfigureAwait(false))
            {
                if (!File.Exists(blob)) await FetchAsync(source, blob, ".incomplete", source.Checksum ?? offered, file.Size, progress, cancel).ConfigureAwait(false);
                return _cache.Publish(source, file.ETag, file.Commit);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MedBenchException($"cannot write the cache {_settings.CacheFolder}: {e.Message}", "free some disk space, or choose another folder with HF_HUB_CACHE", e);
        }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _http.Dispose();

    private Task FetchAsync(WeightSource source, string path, string suffix, Checksum? checksum, long? size, IProgress<DownloadProgress>? progress, CancellationToken cancel)
    {
        var request = new DownloadRequest(_settings.AddressOf(source), path, path + suffix)
        {
            Checksum = checksum,
            Size = size,
            ByHand = _settings.Advice(source),
            FolderVariable = source.Url is null ? "HF_HUB_CACHE" : CacheFolder.Variable,
        };
        return new ResumableDownload(_http.Patient, request, (offset, token) => _http.SendAsync(HttpMethod.Get, source, offset, token)).RunAsync(progress, cancel);
    }

    private async Task<HubFile> DescribeAsync(WeightSource source, CancellationToken cancel)
    {
        string? commit = null, etag = null, linkedSize = null;
        using var response = await _http.SendAsync(HttpMethod.Head, source, 0, cancel, hop =>
        {
            commit ??= WeightHttp.Header(hop, "X-Repo-Commit");
            etag ??= WeightHttp.Header(hop, "X-Linked-ETag") ?? (hop.IsSuccessStatusCode ? hop.Headers.ETag?.Tag : null);
            linkedSize ??= WeightHttp.Header(hop, "X-Linked-Size");
        }).ConfigureAwait(false);
        // The length of a redirect's own body says nothing.
        long? size = long.TryParse(linkedSize, NumberStyles.None, CultureInfo.InvariantCulture, out long linked) ? linked
            : response.IsSuccessStatusCode ? response.Content.Headers.ContentLength : null;
        return HubFile.From(commit, etag, size)
            ?? throw new MedBenchException($"{_settings.AddressOf(source)} does not answer like a Hugging Face server (no X-Repo-Commit or ETag)", "check HF_ENDPOINT");
    }

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
}
