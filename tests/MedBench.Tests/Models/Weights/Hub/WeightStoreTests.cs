using MedBench.Core.Downloads;
using MedBench.Core.Errors;
using MedBench.Models.Weights.Hub;

namespace MedBench.Tests.Models.Weights.Hub;

public sealed class WeightStoreTests : IDisposable
{
    // sha256 of "abc" and of nothing.
    private const string Abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static readonly byte[] s_content = [4, 5, 6];
    private static readonly string s_served = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(s_content));

    private static readonly WeightSource s_source = new("org/name", "model.safetensors");
    private static readonly WeightSource s_packed = new(File: "tools/net.onnx", Revision: "1.0.0-Beta", Package: "My.Package");

    private readonly TestFolder _own = new(), _cache = new();
    private readonly FakeHub _hub = new();
    private readonly FileServer _server = new(s_content);

    public void Dispose()
    {
        _hub.Dispose();
        _server.Dispose();
        _own.Dispose();
        _cache.Dispose();
    }

    [Theory]
    [InlineData("resnet18.a1_in1k.safetensors")]
    [InlineData("resnet18.a1_in1k.pth")]
    [InlineData("resnet18.a1_in1k.onnx")]
    [InlineData("org__name/model.safetensors")]
    public async Task Get_FileInTheUsersFolder_ComesFirst(string name)
    {
        Cached("other"u8);
        string path = _own.Write(name, "abc"u8);
        Assert.Equal(new ResolvedWeights(path, Abc, WeightOrigin.Folder), await Get(s_source with { Sha256 = Abc }));
        Assert.Empty(_hub.Requests);
    }

    [Fact]
    public async Task Get_FileOfAnotherSha256_IsRefused()
    {
        string path = _own.Write("resnet18.a1_in1k.pth", default);
        var e = await Assert.ThrowsAsync<MedBenchException>(() => Get(s_source with { Sha256 = Abc }));
        Assert.Equal($"{path} has the SHA256 {Nothing}, not {Abc}", e.Message);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("main")]
    [InlineData(FakeHub.Commit)]
    public async Task Get_FileInTheCache_IsNotAskedFor(string? revision)
    {
        string path = Cached("abc"u8);
        Assert.Equal(new ResolvedWeights(path, Abc, WeightOrigin.Cache), await Get(s_source with { Revision = revision }, offline: true));
    }

    [Fact]
    public async Task Get_OtherRevisionThanCached_IsDownloaded()
    {
        Cached("abc"u8);
        var found = await Get(s_source with { Revision = "refs/pr/1" });
        Assert.Equal((_hub.Sha256, WeightOrigin.Download), (found.Sha256, found.Origin));
    }

    [Fact]
    public async Task Get_FileOfARestoredPackage_IsFound()
    {
        string path = _cache.Write("packages/my.package/1.0.0-beta/tools/net.onnx", "abc"u8);
        Assert.Equal(new ResolvedWeights(path, Abc, WeightOrigin.Package), await Get(s_packed with { Sha256 = Abc }, offline: true));
        string own = _own.Write("net.onnx", "abc"u8);
        Assert.Equal(new ResolvedWeights(own, Abc, WeightOrigin.Folder), await Get(s_packed));
        Assert.Empty(_hub.Requests);
    }

    [Fact]
    public async Task Get_PackageThatIsNotRestored_SaysTheCommand()
    {
        var e = await Assert.ThrowsAsync<MedBenchException>(() => Get(s_packed));
        Assert.Equal($"tools/net.onnx of NuGet package My.Package 1.0.0-Beta is not in {_cache.File("packages")}", e.Message);
        Assert.StartsWith($"run: dotnet package download My.Package@1.0.0-Beta --output {_cache.File("packages")}", e.Fix, StringComparison.Ordinal);
        Assert.Empty(_hub.Requests);
    }

    [Theory]
    [InlineData("../x", "f", "1.0.0")]
    [InlineData("a/b", "f", "1.0.0")]
    [InlineData("a", "../f", "1.0.0")]
    [InlineData("a", "f", "../1")]
    [InlineData("a", "f", null)]
    [InlineData("a", null, "1.0.0")]
    public async Task Get_PackageThatLeadsElsewhere_IsRefused(string package, string? file, string? version) =>
        Assert.Contains("do not name a file of a NuGet package", (await Assert.ThrowsAsync<MedBenchException>(() => Get(new WeightSource(File: file, Revision: version, Package: package)))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Get_AfterADownload_FindsItInTheCache()
    {
        var first = await Get(s_source);
        Assert.Equal(first with { Origin = WeightOrigin.Cache }, await Get(s_source, offline: true));
    }

    [Fact]
    public async Task Get_OfflineAndMissing_SaysWhatToPutWhere()
    {
        var e = await Assert.ThrowsAsync<MedBenchException>(() => Get(s_source with { Revision = "v1" }, offline: true));
        Assert.Equal($"{_hub.Address}org/name/resolve/v1/model.safetensors may not be downloaded: HF_HUB_OFFLINE is set", e.Message);
        Assert.Equal($"unset HF_HUB_OFFLINE, or download {_hub.Address}org/name/resolve/v1/model.safetensors to {_own.File("org__name/model.safetensors")} and set MEDBENCH_WEIGHTS={_own.Path}", e.Fix);
        Assert.Empty(_hub.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Get_FileWithAnAddressOfItsOwn_IsKeptInTheCache(bool digestInName)
    {
        var source = AtAddress(digestInName ? $"net-{s_served[..8]}.pth" : "net.pth") with { Sha256 = digestInName ? null : s_served };
        var first = await Get(source);
        Assert.Equal(new ResolvedWeights(_cache.File("weights/" + source.FileName), s_served, WeightOrigin.Download), first);
        Assert.Equal(first with { Origin = WeightOrigin.Cache }, await Get(source, offline: true));
        Assert.Single(_server.Requests);
        Assert.Equal([first.Path], Directory.GetFiles(_cache.File("weights")));
    }

    [Fact]
    public async Task Get_FileWithoutTheDigestInItsName_IsRefusedAndNotKept()
    {
        var source = AtAddress("net-00000000.pth");
        var e = await Assert.ThrowsAsync<MedBenchException>(() => Get(source));
        Assert.Equal($"what arrived from {source.Url} has the SHA256 {s_served}, not one that begins with 00000000; it was deleted", e.Message);
        Assert.Contains($"download {source.Url} to {_own.File("net-00000000.pth")} and set MEDBENCH_WEIGHTS={_own.Path}", e.Fix, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_cache.File("weights")));
    }

    [Theory]
    [InlineData("resnet18.a1_in1k.pth", null)]
    [InlineData("net.pth", null)]
    [InlineData("other.pth", "other.pth")]
    public async Task Get_FileWithAnAddressInTheUsersFolder_ComesFirst(string name, string? file)
    {
        string path = _own.Write(name, "abc"u8);
        Assert.Equal(new ResolvedWeights(path, Abc, WeightOrigin.Folder), await Get(AtAddress("net.pth") with { File = file }));
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task Get_AddressThatRefuses_SaysWhatToPutWhere()
    {
        using var server = new FileServer([1], (_, context, _) => FileServer.Refuse(context, 404));
        var source = new WeightSource(Url: server.Address + "net.pth");
        var e = await Assert.ThrowsAsync<MedBenchException>(() => Get(source));
        Assert.Equal($"{source.Url} answered 404", e.Message);
        Assert.Equal($"find the file elsewhere: download {source.Url} to {_own.File("net.pth")} and set MEDBENCH_WEIGHTS={_own.Path}", e.Fix);
    }

    [Theory]
    [InlineData("https://download.pytorch.org/models/alexnet-owt-7be5be79.pth", "7be5be79")]
    [InlineData("https://download.pytorch.org/models/alexnet-owt-7be5be79.pt", "7be5be79")]
    [InlineData("https://download.pytorch.org/models/alexnet-owt.pth", null)]
    [InlineData("https://download.pytorch.org/models/vit-base-feedc0de.safetensors", null)]
    public void Checksum_OfAFileName_IsTorchvisions(string url, string? digits) => Assert.Equal(digits, new WeightSource(Url: url).Checksum?.Digits);

    [Theory]
    [InlineData("ftp://host/f.pth", null, null)]
    [InlineData("https://host/", null, null)]
    [InlineData("https://host/f.pth?x=1", null, null)]
    [InlineData("https://host/f.pth", "../f.pth", null)]
    [InlineData("https://host/f.pth", "a/f.pth", null)]
    [InlineData("https://host/f.pth", null, "org/name")]
    [InlineData("f.pth", null, null)]
    [InlineData(null, null, null)]
    public async Task Get_SourceThatIsNone_IsRefused(string? url, string? file, string? repository) =>
        Assert.Matches("is not the web address of a file|do not name a file", (await Assert.ThrowsAsync<MedBenchException>(() => Get(new WeightSource(repository, file, Url: url)))).Message);

    [Fact]
    public void Find_MissingFile_IsNullAndAsksNobody()
    {
        using var hub = new HubClient(Settings(offline: false));
        Assert.Null(new WeightStore(Settings(offline: false), hub).Find("m", s_source));
        Assert.Empty(_hub.Requests);
    }

    [Fact]
    public void Find_RefThatLeadsElsewhere_IsNotFollowed()
    {
        _cache.Write("secret/model.safetensors", "abc"u8);
        _cache.Write("models--org--name/refs/main", "../../secret"u8);
        using var hub = new HubClient(Settings(offline: true));
        Assert.Null(new WeightStore(Settings(offline: true), hub).Find("m", s_source));
    }

    [Fact]
    public void Find_UsersFolderMissing_SaysSo()
    {
        var settings = new HubSettings { CacheFolder = _cache.Path, UrlFolder = _cache.File("weights"), WeightsFolder = _own.File("none") };
        using var hub = new HubClient(settings);
        var e = Assert.Throws<MedBenchException>(() => new WeightStore(settings, hub).Find("m", s_source));
        Assert.Equal($"MEDBENCH_WEIGHTS is {_own.File("none")}, which is not a folder", e.Message);
    }

    [Theory]
    [InlineData("", "~/.cache/huggingface/hub")]
    [InlineData("XDG_CACHE_HOME=/x", "/x/huggingface/hub")]
    [InlineData("XDG_CACHE_HOME=/x HF_HOME=/h", "/h/hub")]
    [InlineData("HF_HOME=/h HF_HUB_CACHE=/c", "/c")]
    public void FromEnvironment_CacheVariables_GoAsInPython(string variables, string expected)
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        Assert.Equal(expected.Replace("~", home), From(variables).CacheFolder.Replace('\\', '/').Replace(home.Replace('\\', '/'), home));
    }

    [Fact]
    public void FromEnvironment_OtherVariables_AreRead()
    {
        var settings = From("HF_ENDPOINT=https://hub.example/api/ HF_TOKEN=t HF_HUB_OFFLINE=1 MEDBENCH_WEIGHTS=/w");
        Assert.Equal(("t", true, "/w"), (settings.Token, settings.Offline, settings.WeightsFolder));
        Assert.Equal("https://hub.example/api/org/name/resolve/refs%2Fpr%2F1/a%20b/c", settings.AddressOf(new WeightSource("org/name", "a b/c", "refs/pr/1")).AbsoluteUri);
        Assert.Equal("https://huggingface.co/org/name/resolve/main/f", From("HF_HUB_OFFLINE=0").AddressOf(new WeightSource("org/name", "f")).AbsoluteUri);
        Assert.Throws<MedBenchException>(() => From("HF_ENDPOINT=huggingface.co"));
    }

    private static HubSettings From(string variables)
    {
        var values = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(v => v.Split('=')).ToDictionary(v => v[0], v => v[1]);
        return HubSettings.FromEnvironment(values.GetValueOrDefault);
    }

    // As huggingface_hub leaves it.
    private string Cached(ReadOnlySpan<byte> content)
    {
        _cache.Write("models--org--name/blobs/tag", content);
        _cache.Write("models--org--name/refs/main", System.Text.Encoding.ASCII.GetBytes(FakeHub.Commit));
        string path = _cache.File($"models--org--name/snapshots/{FakeHub.Commit}/model.safetensors");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.CreateSymbolicLink(path, Path.Combine("..", "..", "blobs", "tag"));
        return path;
    }

    private WeightSource AtAddress(string file) => new(Url: _server.Address + file);

    private HubSettings Settings(bool offline) => new() { CacheFolder = _cache.Path, UrlFolder = _cache.File("weights"), PackagesFolder = _cache.File("packages"), WeightsFolder = _own.Path, Endpoint = _hub.Address, Offline = offline };

    private async Task<ResolvedWeights> Get(WeightSource source, bool offline = false)
    {
        using var hub = new HubClient(Settings(offline), new DownloadPatience { FirstDelay = TimeSpan.FromMilliseconds(1) });
        return await new WeightStore(Settings(offline), hub).GetAsync("resnet18.a1_in1k", source);
    }
}
