using System.Net;
using System.Net.Http.Headers;
using MedBench.Data.Datasets;
using MedBench.Data.Errors;
using MedBench.Data.Files;
using Polly;
using Polly.Retry;

namespace MedBench.Data.Downloads;

/// <summary>
/// Fetches published dataset files. An interrupted download goes on where it stopped (HTTP Range into a ".part" file); the finished file appears only with the published MD5.
/// </summary>
public sealed class DatasetDownloader
{
    private const int Attempts = 5, BufferSize = 1 << 17;
    private static readonly TimeSpan Stall = TimeSpan.FromMinutes(1);

    private readonly HttpClient http;
    private readonly ResiliencePipeline retry;

    /// <summary>Prepares to download.</summary>
    /// <param name="http">Makes the requests; its timeout applies until the answer's headers.</param>
    /// <param name="firstDelay">Wait before the first retry, doubled for each further one; null for 2 seconds.</param>
    public DatasetDownloader(HttpClient http, TimeSpan? firstDelay = null)
    {
        this.http = http;
        retry = new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<TransferException>(e => e.Transient),
            MaxRetryAttempts = Attempts - 1,
            Delay = firstDelay ?? TimeSpan.FromSeconds(2),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
        }).Build();
    }

    /// <summary>Makes sure that <paramref name="folder"/> holds the published file, downloading it where it is absent or has another checksum.</summary>
    /// <param name="file">Which file.</param>
    /// <param name="folder">Where to, usually <see cref="DatasetFolders.Resolve"/>; made if missing.</param>
    /// <param name="progress">Told after each piece; may be null.</param>
    /// <param name="cancel">Stops the download; what has arrived stays for the next one.</param>
    /// <returns>The file's path.</returns>
    /// <exception cref="MedBenchException">No network, no such file on the server, a wrong checksum (nothing is kept), or a disk that cannot be written.</exception>
    public async Task<string> DownloadAsync(DatasetFile file, string folder, IProgress<DownloadProgress>? progress = null, CancellationToken cancel = default)
    {
        string path = Path.Combine(Path.GetFullPath(folder), file.FileName), part = path + ".part";
        if (File.Exists(path) && Md5.OfFile(path) == file.Md5)
            return path;
        try
        {
            await retry.ExecuteAsync(async token => await TransferAsync(file.Url, part, progress, token), cancel);
        }
        catch (TransferException e)
        {
            throw new MedBenchException($"cannot download {file.Url}: {e.Message}", ImageDataset.ManualSteps(path, file), e);
        }
        string md5 = Md5.OfFile(part);
        if (md5 != file.Md5)
        {
            OnDisk(part, () => File.Delete(part));
            throw new MedBenchException($"what arrived from {file.Url} has MD5 {md5} instead of {file.Md5}; it was deleted", ImageDataset.ManualSteps(path, file));
        }
        OnDisk(path, () => File.Move(part, path, overwrite: true));
        return path;
    }

    // One attempt: appends what the part file still lacks.
    private async Task TransferAsync(string url, string part, IProgress<DownloadProgress>? progress, CancellationToken cancel)
    {
        await using var target = OnDisk(part, () =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(part)!);
            return new FileStream(part, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 0);
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (target.Length > 0)
            request.Headers.Range = new RangeHeaderValue(target.Length, null);
        using var response = await OnNetwork(token => http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token), Timeout.InfiniteTimeSpan, cancel);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && response.Content.Headers.ContentRange?.Length == target.Length)
            return;
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            OnDisk(part, () => target.SetLength(0));
        if (!response.IsSuccessStatusCode)
            throw Refused(response);
        if (response.StatusCode != HttpStatusCode.PartialContent || response.Content.Headers.ContentRange?.From != target.Length)
            OnDisk(part, () => target.SetLength(0));
        long? total = target.Length + response.Content.Headers.ContentLength;
        OnDisk(part, () => target.Seek(0, SeekOrigin.End));
        await CopyAsync(response.Content, target, total, progress, cancel);
    }

    private static async Task CopyAsync(HttpContent content, FileStream target, long? total, IProgress<DownloadProgress>? progress, CancellationToken cancel)
    {
        using var source = await OnNetwork(token => content.ReadAsStreamAsync(token), Stall, cancel);
        var buffer = new byte[BufferSize];
        for (long received = target.Position; ;)
        {
            int count = await OnNetwork(token => source.ReadAsync(buffer, token).AsTask(), Stall, cancel);
            if (count == 0)
                break;
            OnDisk(target.Name, () => target.Write(buffer, 0, count));
            received += count;
            progress?.Report(new DownloadProgress(received, total));
        }
        OnDisk(target.Name, () => target.Flush(flushToDisk: true));
    }

    private static TransferException Refused(HttpResponseMessage response)
    {
        int status = (int)response.StatusCode;
        bool transient = status >= 500 || response.StatusCode is HttpStatusCode.RequestedRangeNotSatisfiable or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests;
        return new TransferException($"the server answered {status} {response.ReasonPhrase}", transient);
    }

    private static async Task<T> OnNetwork<T>(Func<CancellationToken, Task<T>> work, TimeSpan limit, CancellationToken cancel)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timer.CancelAfter(limit);
        try
        {
            return await work(timer.Token);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw new TransferException(e is OperationCanceledException ? "the server fell silent" : e.Message, transient: true, e);
        }
    }

    private static void OnDisk(string path, Action work) => OnDisk(path, () =>
    {
        work();
        return true;
    });

    private static T OnDisk<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MedBenchException($"cannot write {path}: {e.Message}",
                $"free some disk space, set {DatasetFolders.RootVariable} to a folder that you may write to, or wait for another download of the same file to end", e);
        }
    }
}
