using MedBench.Core.Files;

namespace MedBench.Core.Downloads;

/// <summary>One file to download.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="Path">Where it goes once it is whole and right.</param>
/// <param name="Part">Where it grows until then.</param>
public sealed record DownloadRequest(Uri Address, string Path, string Part)
{
    /// <summary>What it must hash to; null where that is not known.</summary>
    public Checksum? Checksum { get; init; }

    /// <summary>Bytes in all, where known beforehand.</summary>
    public long? Size { get; init; }

    /// <summary>How to get the file without this program; the fix where it cannot be downloaded.</summary>
    public required string ByHand { get; init; }

    /// <summary>Environment variable that moves the folder of <see cref="Path"/>; the fix where the disk fails.</summary>
    public required string FolderVariable { get; init; }
}
