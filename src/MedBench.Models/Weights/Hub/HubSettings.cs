using MedBench.Core.Errors;

namespace MedBench.Models.Weights.Hub;

/// <summary>Where weights are kept and fetched from. A class, not a record, so that no print-out shows the token.</summary>
public sealed class HubSettings
{
    /// <summary>The user's own folder of checkpoints (<c>MEDBENCH_WEIGHTS</c>), looked at first; null for none.</summary>
    public string? WeightsFolder { get; init; }

    /// <summary>The Hugging Face cache: <c>HF_HUB_CACHE</c>, else <c>HF_HOME/hub</c>, else <c>~/.cache/huggingface/hub</c>.</summary>
    public required string CacheFolder { get; init; }

    /// <summary>Where checkpoints with an address of their own are kept: <c>weights</c> in the cache folder (<c>MEDBENCH_CACHE</c>).</summary>
    public required string UrlFolder { get; init; }

    /// <summary>NuGet's folder of restored packages: <c>NUGET_PACKAGES</c>, else <c>~/.nuget/packages</c>.</summary>
    public string PackagesFolder { get; init; } = DefaultPackagesFolder;

    /// <summary>The server (<c>HF_ENDPOINT</c>), default https://huggingface.co.</summary>
    public Uri Endpoint { get; init; } = new("https://huggingface.co");

    /// <summary>Sent to <see cref="Endpoint"/> only (<c>HF_TOKEN</c>); null for none.</summary>
    public string? Token { get; init; }

    /// <summary>Whether nothing may be downloaded (<c>HF_HUB_OFFLINE</c>).</summary>
    public bool Offline { get; init; }

    private static string DefaultPackagesFolder => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>The settings that Hugging Face's own library would use, plus <c>MEDBENCH_WEIGHTS</c>.</summary>
    /// <param name="get">Reads an environment variable; the process's own by default.</param>
    /// <exception cref="MedBenchException"><c>HF_ENDPOINT</c> is not a web address.</exception>
    public static HubSettings FromEnvironment(Func<string, string?>? get = null)
    {
        string? Get(string name) => (get ?? Environment.GetEnvironmentVariable)(name) is { Length: > 0 } value ? value : null;

        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string hubHome = Get("HF_HOME") ?? Path.Combine(Get("XDG_CACHE_HOME") ?? Path.Combine(home, ".cache"), "huggingface");
        string endpoint = Get("HF_ENDPOINT") ?? "https://huggingface.co";
        if (!Uri.TryCreate(endpoint.TrimEnd('/'), UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw new MedBenchException($"HF_ENDPOINT is '{endpoint}', which is not a web address", "set it to something like https://huggingface.co, or unset it");
        return new HubSettings
        {
            WeightsFolder = Get("MEDBENCH_WEIGHTS"),
            CacheFolder = Get("HF_HUB_CACHE") ?? Path.Combine(hubHome, "hub"),
            UrlFolder = Path.Combine(Core.Files.CacheFolder.Resolve(), "weights"),
            PackagesFolder = Get("NUGET_PACKAGES") ?? DefaultPackagesFolder,
            Endpoint = uri,
            Token = Get("HF_TOKEN"),
            Offline = Get("HF_HUB_OFFLINE")?.ToUpperInvariant() is "1" or "ON" or "YES" or "TRUE",
        };
    }

    /// <summary>The address of a file.</summary>
    public Uri AddressOf(WeightSource source) => new(source.Url
        ?? $"{Endpoint.AbsoluteUri.TrimEnd('/')}/{source.Repository}/resolve/{Uri.EscapeDataString(source.RevisionOrMain)}/{string.Join('/', source.FileName.Split('/').Select(Uri.EscapeDataString))}");

    /// <summary>Where a downloaded file with an address of its own is kept.</summary>
    public string UrlPath(WeightSource source) => Path.Combine(UrlFolder, source.FileName);

    /// <summary>Where NuGet keeps a file of a restored package: <c>id/version/FILE</c>, id and version in lower case.</summary>
    public string PackagePath(WeightSource source) =>
        Path.Combine([PackagesFolder, source.Package!.ToLowerInvariant(), source.Revision!.ToLowerInvariant(), .. source.FileName.Split('/')]);

    /// <summary>Where a file of the user's own is looked for under its published name: <c>ORG__NAME/FILE</c> of <paramref name="folder"/>, or the address's or package's own file name.</summary>
    internal static string OwnPath(string folder, WeightSource source) => source.Package is null
        ? Path.Combine(folder, source.Repository?.Replace("/", "__", StringComparison.Ordinal) ?? "", source.FileName)
        : Path.Combine(folder, Path.GetFileName(source.FileName));

    /// <summary>How to get a file to where it is looked for, without this program's help.</summary>
    internal string ByHand(WeightSource source)
    {
        string folder = Path.GetFullPath(WeightsFolder ?? "weights");
        return $"download {AddressOf(source)} to {OwnPath(folder, source)} and set MEDBENCH_WEIGHTS={folder}";
    }

    /// <summary>What to do about a download that failed.</summary>
    internal string Advice(WeightSource source) => $"check the network and run again (the download goes on where it stopped), or {ByHand(source)}";
}
