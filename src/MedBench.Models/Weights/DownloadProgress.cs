namespace MedBench.Models.Weights;

/// <summary>How far a download is.</summary>
/// <param name="File">Its name.</param>
/// <param name="Received">Bytes on disk, with those of an earlier, interrupted try.</param>
/// <param name="Total">Bytes in all; null where the server does not say.</param>
public sealed record DownloadProgress(string File, long Received, long? Total);
