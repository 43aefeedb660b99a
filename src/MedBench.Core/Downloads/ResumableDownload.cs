using System.Net;
using MedBench.Core.Errors;
using MedBench.Core.Files;

namespace MedBench.Core.Downloads;

/// <summary>
/// One file over HTTP, in as many pieces as the line needs: what has arrived stays on disk in a part file, and the next
/// try, also of another process, asks for the rest (HTTP Range). The file appears only whole and with the right checksum.
/// </summary>
/// <param name="http">Reads the answers.</param>
/// <param name="request">The file.</param>
/// <param name="open">Sends a GET for the bytes from an offset on; null for a plain one.</param>
public sealed class ResumableDownload(PatientHttp http, DownloadRequest request, Func<long, CancellationToken, Task<HttpResponseMessage>>? open = null)
{
    private const int BufferSize = 1 << 17;
    private static readonly TimeSpan s_staleAfter = TimeSpan.FromMinutes(1);

    private readonly Func<long, CancellationToken, Task<HttpResponseMessage>> _open = open ?? ((offset, cancel) => http.GetAsync(request.Address, offset, cancel));

    /// <summary>Downloads to the end; waits while another process, here or on another machine, downloads the same file.</summary>
    /// <param name="progress">Told after each piece; may be null.</param>
    /// <param name="cancel">Stops; what has arrived stays for the next time.</param>
    /// <exception cref="MedBenchException">No network, a refusal, a wrong checksum (nothing is kept), or a disk that cannot be written.</exception>
    public async Task RunAsync(IProgress<DownloadProgress>? progress = null, CancellationToken cancel = default)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(request.Part))!, name = Path.GetFileName(request.Part);
        var leases = new Leases(Path.Combine(folder, ".medbench-locks"), s_staleAfter, DiskFix);
        var (lease, waited) = await leases.AcquireAsync(name, cancel).ConfigureAwait(false);
        using (lease)
        {
            // Another process may have finished it between the caller's look and the lease.
            if (!IsDone(waited)) await FetchAsync(progress, cancel).ConfigureAwait(false);
            leases.Forget(name);
        }
    }

    private string DiskFix => $"free some disk space, set {request.FolderVariable} to a folder that you may write to, or wait for another download of the same file to end";

    private bool IsDone(bool waited) => File.Exists(request.Path) && (request.Checksum is { } checksum ? checksum.Mismatch(request.Path) is null : waited);

    private async Task FetchAsync(IProgress<DownloadProgress>? progress, CancellationToken cancel)
    {
        await http.RetryAsync(request.Address, request.ByHand, token => TryAsync(progress, token), cancel);
        if (request.Checksum is { } checksum && checksum.Mismatch(request.Part) is { } mismatch)
        {
            OnDisk(() => File.Delete(request.Part));
            throw new MedBenchException($"what arrived from {request.Address} has {mismatch}; it was deleted", request.ByHand);
        }
        OnDisk(() => Sharing.Retry(() => File.Move(request.Part, request.Path, overwrite: true)));
    }

    // One try: appends what the part file still lacks, and returns its length.
    private async Task<long> TryAsync(IProgress<DownloadProgress>? progress, CancellationToken cancel)
    {
        using var part = OnDisk(() =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(request.Part)!);
            return new FileStream(request.Part, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 0);
        });
        if (part.Length > request.Size) OnDisk(() => part.SetLength(0));
        if (part.Length == request.Size) return part.Length;
        using var response = await _open(part.Length, cancel);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && response.Content.Headers.ContentRange?.Length == part.Length) return part.Length;
        if (response.StatusCode != HttpStatusCode.PartialContent || response.Content.Headers.ContentRange?.From != part.Length)
        {
            // A server that cannot continue sends all of it, or says that it cannot: then the next try begins anew.
            if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable) OnDisk(() => part.SetLength(0));
            if (response.StatusCode is HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable) throw new TransferException($"the server answered {(int)response.StatusCode} to a request for the rest of the file");
            if (response.StatusCode != HttpStatusCode.OK) throw new MedBenchException($"{request.Address} answered {(int)response.StatusCode} {response.ReasonPhrase}", request.ByHand);
        }
        await CopyAsync(response.Content, part, progress, cancel);
        return part.Length;
    }

    private async Task CopyAsync(HttpContent content, FileStream part, IProgress<DownloadProgress>? progress, CancellationToken cancel)
    {
        long received = part.Length;
        long? total = request.Size ?? received + content.Headers.ContentLength;
        OnDisk(() => part.Seek(0, SeekOrigin.End));
        using var body = await content.ReadAsStreamAsync(cancel);
        var buffer = new byte[BufferSize];
        while (await http.ReadAsync(body, buffer, cancel) is > 0 and var count)
        {
            OnDisk(() => part.Write(buffer, 0, count));
            received += count;
            progress?.Report(new DownloadProgress(received, total));
        }
        OnDisk(() => part.Flush(flushToDisk: true));
        if (received == total || total is null) return;
        if (received > total) OnDisk(() => part.SetLength(0));
        throw new TransferException($"the server sent {received} of {total} bytes");
    }

    private void OnDisk(Action work) => OnDisk(() =>
    {
        work();
        return true;
    });

    private T OnDisk<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MedBenchException($"cannot write {request.Path}: {e.Message}", DiskFix, e);
        }
    }
}
