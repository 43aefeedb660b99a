namespace MedBench.Core.Downloads;

/// <summary>How far a download is.</summary>
/// <param name="Received">Bytes on disk, those of an earlier attempt included.</param>
/// <param name="Total">Bytes of the whole file; null where the server does not say.</param>
public sealed record DownloadProgress(long Received, long? Total);
