using MedBench.Core.Downloads;
using MedBench.Core.Errors;
using MedBench.Core.Files;

namespace MedBench.Data.Datasets;

/// <summary>Fetches published dataset files; until one is whole and has the published MD5, it is called <c>NAME.part</c>.</summary>
/// <param name="http">Makes the requests.</param>
/// <param name="patience">Tries and waits; null for the default.</param>
public sealed class DatasetDownloader(HttpClient http, DownloadPatience? patience = null)
{
    private readonly PatientHttp _http = new(http, patience);

    /// <summary>Makes sure that <paramref name="folder"/> holds the published file, downloading it where it is absent or has another checksum.</summary>
    /// <param name="file">Which file.</param>
    /// <param name="folder">Where to, usually <see cref="DatasetFolders.Resolve"/>; made if missing.</param>
    /// <param name="progress">Told after each piece; may be null.</param>
    /// <param name="cancel">Stops the download; what has arrived stays for the next one.</param>
    /// <returns>The file's path.</returns>
    /// <exception cref="MedBenchException">No network, no such file on the server, a wrong checksum (nothing is kept), or a disk that cannot be written.</exception>
    public async Task<string> DownloadAsync(DatasetFile file, string folder, IProgress<DownloadProgress>? progress = null, CancellationToken cancel = default)
    {
        string path = Path.Combine(Path.GetFullPath(folder), file.FileName);
        var checksum = Checksum.Md5(file.Md5);
        if (File.Exists(path) && checksum.Mismatch(path) is null) return path;
        var request = new DownloadRequest(new Uri(file.Url), path, path + ".part")
        {
            Checksum = checksum,
            ByHand = ImageDataset.ManualSteps(path, file),
            FolderVariable = DatasetFolders.RootVariable,
        };
        await new ResumableDownload(_http, request).RunAsync(progress, cancel);
        return path;
    }
}
