using MedBench.Core.Errors;
using MedBench.Core.Files;

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

    /// <summary>Sent to <see cref="Endpoint"/> only: <c>HF_TOKEN</c>, else what <c>hf auth login</c> left in <c>HF_TOKEN_PATH</c> or <c>HF_HOME/token</c>; null for none.</summary>
    public string? Token { get; init; }

    /// <summary>Whether nothing may be downloaded (<c>HF_HUB_OFFLINE</c>).</summary>
    public bool Offline { get; init; }

    private static string DefaultPackagesFolder => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>The settings that Hugging Face's own library would use, plus <c>MEDBENCH_WEIGHTS</c>.</summary>
    /// <param name="get">Reads an environment variable; the process's own by default.</param>
    /// <exception cref="MedBenchException"><c>HF_ENDPOINT</c> is not a web address, a folder names a variable that is not set, or the token is none.</exception>
    public static HubSettings FromEnvironment(Func<string, string?>? get = null)
    {
        string? Get(string name) => UserPath.Variable(name, get);
        string? Folder(string name) => UserPath.OfVariable(name, get);
        bool IsSet(string name) => Get(name)?.ToUpperInvariant() is "1" or "ON" or "YES" or "TRUE";

        string hubHome = Folder("HF_HOME") ?? Path.Combine(Folder("XDG_CACHE_HOME") ?? Path.Combine(UserPath.Home("HF_HOME", get), ".cache"), "huggingface");
        string endpoint = Get("HF_ENDPOINT") ?? "https://huggingface.co";
        if (!Uri.TryCreate(endpoint.TrimEnd('/'), UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw new MedBenchException($"HF_ENDPOINT is '{endpoint}', which is not a web address", "set it to something like https://huggingface.co, or unset it");
        if (uri.UserInfo.Length > 0) throw new MedBenchException("HF_ENDPOINT holds a name or a password", "give the address alone, and the token in HF_TOKEN");
        return new HubSettings
        {
            WeightsFolder = Folder("MEDBENCH_WEIGHTS"),
            CacheFolder = Folder("HF_HUB_CACHE") ?? Path.Combine(hubHome, "hub"),
            UrlFolder = Path.Combine(Core.Files.CacheFolder.Resolve(), "weights"),
            PackagesFolder = Get("NUGET_PACKAGES") ?? DefaultPackagesFolder,
            Endpoint = uri,
            Token = IsSet("HF_HUB_DISABLE_IMPLICIT_TOKEN") ? null : TokenOf(Get("HF_TOKEN") ?? Get("HUGGING_FACE_HUB_TOKEN"), Folder("HF_TOKEN_PATH") ?? Path.Combine(hubHome, "token")),
            Offline = IsSet("HF_HUB_OFFLINE"),
        };
    }

    // As huggingface_hub's _clean_token. What it is, is never printed.
    private static string? TokenOf(string? variable, string file)
    {
        string? text = variable;
        try
        {
            if (text is null && File.Exists(file)) text = File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A login that this user may not read is none.
        }
        string token = (text ?? "").Replace("\r", "").Replace("\n", "").Trim();
        if (token.All(c => c is > ' ' and <= '~')) return token.Length > 0 ? token : null;
        throw new MedBenchException($"{(variable is null ? file : "HF_TOKEN")} holds characters that no token has", "copy the token again, from https://huggingface.co/settings/tokens, without quotes or spaces");
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
