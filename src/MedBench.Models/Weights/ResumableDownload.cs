using System.Net;
using MedBench.Data.Errors;
using Polly;
using Polly.Retry;

namespace MedBench.Models.Weights;

/// <summary>
/// One file over HTTP, in as many pieces as the line needs: what has arrived stays on disk, and the next try, also of
/// another process run, asks for the rest.
/// </summary>
/// <param name="open">Sends a GET for the bytes from an offset on; throws <see cref="HttpRequestException"/> for what may pass.</param>
/// <param name="size">Bytes in all, where known.</param>
/// <param name="firstDelay">Wait before the second try; doubles with each further one.</param>
internal sealed class ResumableDownload(Func<long, CancellationToken, Task<HttpResponseMessage>> open, long? size, TimeSpan firstDelay)
{
    private const int BufferBytes = 1 << 17;

    /// <summary>Longest silence of a server before a try is given up.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    /// <summary>Five tries, for failures of network and server that may pass.</summary>
    public static ResiliencePipeline Retry(TimeSpan firstDelay) => new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<HttpRequestException>().Handle<TimeoutException>(),
            MaxRetryAttempts = 4,
            Delay = firstDelay,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
        })
        .Build();

    /// <summary>Awaits <paramref name="step"/>, but no longer than <see cref="Silence"/>.</summary>
    /// <exception cref="TimeoutException">It took longer.</exception>
    public static async Task<T> Within<T>(Func<CancellationToken, Task<T>> step, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Silence);
        try
        {
            return await step(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"no answer for {Silence.TotalSeconds} s", e);
        }
    }

    /// <summary>Completes the file <paramref name="partial"/>, which may hold a first part already.</summary>
    /// <param name="partial">Grows; stays after a failure.</param>
    /// <param name="progress">Told the bytes on disk and in all.</param>
    /// <param name="cancel">Stops; what has arrived stays.</param>
    /// <exception cref="HttpRequestException">The last try failed, too.</exception>
    /// <exception cref="TimeoutException">Likewise.</exception>
    /// <exception cref="MedBenchException">The server refuses.</exception>
    public async Task CompleteAsync(string partial, Action<long, long?>? progress, CancellationToken cancel) =>
        await Retry(firstDelay).ExecuteAsync(async token => await TryAsync(partial, progress, token).ConfigureAwait(false), cancel).ConfigureAwait(false);

    private async Task TryAsync(string partial, Action<long, long?>? progress, CancellationToken cancel)
    {
        using var file = new FileStream(partial, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, 1);
        if (file.Length > size) file.SetLength(0);
        if (file.Length == size) return;

        using var response = await open(file.Length, cancel).ConfigureAwait(false);
        bool rest = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == file.Length;
        if (!rest)
        {
            // A server that cannot continue sends all of it, or refuses: then the next try begins anew.
            file.SetLength(0);
            if (response.StatusCode != HttpStatusCode.OK) throw new HttpRequestException($"the server answered {(int)response.StatusCode} to a request for the rest of the file");
        }
        file.Seek(0, SeekOrigin.End);
        long? total = size ?? file.Length + response.Content.Headers.ContentLength;
        await CopyAsync(response, file, received => progress?.Invoke(received, total), cancel).ConfigureAwait(false);
        file.Flush(flushToDisk: true);
        if (file.Length < total) throw new HttpRequestException($"the connection ended after {file.Length} of {total} bytes");
        if (file.Length > total)
        {
            file.SetLength(0);
            throw new HttpRequestException($"the server sent more than {total} bytes");
        }
    }

    private static async Task CopyAsync(HttpResponseMessage response, FileStream file, Action<long> progress, CancellationToken cancel)
    {
        using var body = await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
        var buffer = new byte[BufferBytes];
        while (await ReadAsync(body, buffer, cancel).ConfigureAwait(false) is > 0 and var count)
        {
            await file.WriteAsync(buffer.AsMemory(0, count), cancel).ConfigureAwait(false);
            progress(file.Length);
        }
    }

    private static async Task<int> ReadAsync(Stream body, byte[] buffer, CancellationToken cancel)
    {
        try
        {
            return await Within(token => body.ReadAsync(buffer, token).AsTask(), cancel).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            // Of the network, not of the disk: worth another try.
            throw new HttpRequestException(e.Message, e);
        }
    }
}
