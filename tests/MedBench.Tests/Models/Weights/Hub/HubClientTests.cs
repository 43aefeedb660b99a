using MedBench.Core.Downloads;
using MedBench.Core.Errors;
using MedBench.Models.Weights.Hub;

namespace MedBench.Tests.Models.Weights.Hub;

/// <summary>Downloads from a server in this process into a cache in a temporary folder.</summary>
public sealed class HubClientTests : IDisposable
{
    private const string Token = "hf_secret";

    private static readonly WeightSource s_source = new("org/name", "model.safetensors");

    private readonly TestFolder _cache = new();
    private readonly FakeHub _hub = new();

    public void Dispose()
    {
        _hub.Dispose();
        _cache.Dispose();
    }

    [Fact]
    public async Task Download_NewFile_MakesHuggingFacesLayout()
    {
        string path = await Download(s_source);
        Assert.Equal(_cache.File($"models--org--name/snapshots/{FakeHub.Commit}/model.safetensors"), path);
        Assert.Equal($"../../blobs/{_hub.Sha256}", new FileInfo(path).LinkTarget);
        Assert.Equal(_hub.Content, File.ReadAllBytes(path));
        Assert.Equal(FakeHub.Commit, File.ReadAllText(_cache.File("models--org--name/refs/main")));
        Assert.Equal([_hub.Sha256], Directory.GetFiles(_cache.File("models--org--name/blobs")).Select(Path.GetFileName));
        Assert.Single(Directory.GetFileSystemEntries(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public async Task Download_FileInTheCache_IsNotFetchedAgain()
    {
        await Download(s_source);
        await Download(s_source with { Revision = FakeHub.Commit });
        Assert.Single(_hub.Requests, r => r.StartsWith("GET", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(FakeHub.Commit, null)]
    [InlineData("refs/pr/1", "models--org--name/refs/refs/pr/1")]
    public async Task Download_PinnedRevision_AsksForIt(string revision, string? reference)
    {
        await Download(s_source with { Revision = revision });
        Assert.StartsWith($"HEAD /org/name/resolve/{Uri.EscapeDataString(revision)}/model.safetensors", _hub.Requests.First(), StringComparison.Ordinal);
        if (reference is not null) Assert.Equal(FakeHub.Commit, File.ReadAllText(_cache.File(reference)));
        else Assert.False(Directory.Exists(_cache.File("models--org--name/refs")));
    }

    [Fact]
    public async Task Download_LineCutTwice_FetchesOnlyTheRest()
    {
        _hub.Failures.Enqueue(3);
        _hub.Failures.Enqueue(7);
        string path = await Download(s_source);
        Assert.Equal(_hub.Content, File.ReadAllBytes(path));
        Assert.Equal(["-", "bytes=90000-", "bytes=210000-"], _hub.Ranges);
    }

    [Fact]
    public async Task Download_AfterAnEarlierProcess_GoesOn()
    {
        _cache.Write($"models--org--name/blobs/{_hub.Sha256}.incomplete", _hub.Content.AsSpan(0, 1000));
        var seen = new List<DownloadProgress>();
        string path = await Download(s_source, progress: new Relay<DownloadProgress>(seen.Add));
        Assert.Equal(_hub.Content, File.ReadAllBytes(path));
        Assert.Equal(["bytes=1000-"], _hub.Ranges);
        Assert.All(seen, p => Assert.True(p.Received > 1000 && p.Total == _hub.Content.Length));
        Assert.Equal(_hub.Content.Length, seen[^1].Received);
    }

    [Fact]
    public async Task Download_ServerWithoutRanges_StartsAnew()
    {
        _hub.IgnoresRanges = true;
        _hub.Failures.Enqueue(5);
        Assert.Equal(_hub.Content, File.ReadAllBytes(await Download(s_source)));
        Assert.Equal(["-", "bytes=150000-"], _hub.Ranges);
    }

    [Fact]
    public async Task Download_LongerLeftover_StartsAnew()
    {
        _cache.Write($"models--org--name/blobs/{_hub.Sha256}.incomplete", new byte[_hub.Content.Length + 1]);
        Assert.Equal(_hub.Content, File.ReadAllBytes(await Download(s_source)));
        Assert.Equal(["-"], _hub.Ranges);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    public async Task Download_ServerBusy_TriesAgain(int status)
    {
        _hub.Failures.Enqueue(status);
        Assert.Equal(_hub.Content, File.ReadAllBytes(await Download(s_source)));
    }

    [Fact]
    public async Task Download_ServerAlwaysBusy_GivesUpAfterFiveTries()
    {
        for (int i = 0; i < 9; i++) _hub.Failures.Enqueue(500);
        var e = await Refused(s_source);
        Assert.Contains("the server answered 500", e.Message, StringComparison.Ordinal);
        Assert.Equal(5, _hub.Ranges.Count);
    }

    [Fact]
    public async Task Download_NoServer_NamesTheAddress()
    {
        _hub.Dispose();
        var e = await Refused(s_source);
        Assert.StartsWith($"cannot download {_hub.Address}org/name/resolve/main/model.safetensors: ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Download_DamagedLeftover_IsFoundByItsDigestAndRemoved()
    {
        string partial = _cache.Write($"models--org--name/blobs/{_hub.Sha256}.incomplete", new byte[1000]);
        var e = await Refused(s_source);
        Assert.Contains($", not {_hub.Sha256}", e.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(partial));
        Assert.Equal(_hub.Content, File.ReadAllBytes(await Download(s_source)));
    }

    [Fact]
    public async Task Download_OtherSha256ThanExpected_FetchesNothing()
    {
        var e = await Refused(s_source with { Sha256 = new string('a', 64) });
        Assert.Equal($"model.safetensors of org/name at main has the SHA256 {_hub.Sha256}, not {new string('a', 64)}", e.Message);
        Assert.Empty(_hub.Ranges);
    }

    [Fact]
    public async Task Download_ServerLiesAboutTheSha256_IsFound()
    {
        _hub.ClaimedTag = new string('b', 64);
        var e = await Refused(s_source);
        Assert.Contains($"has the SHA256 {_hub.Sha256}, not {_hub.ClaimedTag}", e.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_cache.File("models--org--name/blobs")));
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("")]
    public async Task Download_TagThatIsNoFileName_IsRefused(string tag)
    {
        _hub.ClaimedTag = tag;
        Assert.Contains("does not answer like a Hugging Face server", (await Refused(s_source)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gated/model", "answered 401: Entry not found", "set HF_TOKEN to a token that may read gated/model")]
    [InlineData("org/none", "answered 404: Entry not found", "check repository org/none, file model.safetensors and revision main")]
    public async Task Download_Refusal_SaysWhatToDo(string repository, string problem, string fix)
    {
        var e = await Refused(s_source with { Repository = repository });
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
        Assert.Contains(fix, e.Fix, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, e.ToString() + e.Fix, StringComparison.Ordinal);
        Assert.Single(_hub.Requests);
    }

    [Fact]
    public async Task Download_Offline_AsksNobody()
    {
        var e = await Refused(s_source, offline: true);
        Assert.StartsWith("unset HF_HUB_OFFLINE", e.Fix, StringComparison.Ordinal);
        Assert.Empty(_hub.Requests);
    }

    [Fact]
    public async Task Download_RedirectToAnotherHost_DoesNotTakeTheTokenAlong()
    {
        using var storage = new FakeHub();
        _hub.RedirectTo = new Uri(storage.Address, "/blob");
        Assert.Equal(_hub.Content, File.ReadAllBytes(await Download(s_source)));
        Assert.Equal(["GET /blob - -"], storage.Requests);
        Assert.All(_hub.Requests, r => Assert.EndsWith(" Bearer " + Token, r, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Download_RedirectOnTheSameHost_KeepsTheToken()
    {
        _hub.RedirectTo = new Uri("/blob", UriKind.Relative);
        Assert.Equal(_hub.Content, File.ReadAllBytes(await Download(s_source)));
        Assert.All(_hub.Requests, r => Assert.EndsWith(" Bearer " + Token, r, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Download_RedirectLoop_Ends()
    {
        _hub.RedirectTo = new Uri("/org/name/resolve/main/model.safetensors", UriKind.Relative);
        Assert.Contains("redirects more than 5 times", (await Refused(s_source)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Download_TwoAtOnce_FetchOnce()
    {
        string[] paths = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Download(s_source)));
        Assert.Single(paths.Distinct());
        Assert.Single(_hub.Ranges);
    }

    [Theory]
    [InlineData("org/../x", "f", null)]
    [InlineData("../x", "f", null)]
    [InlineData("a/b/c", "f", null)]
    [InlineData("org/name", "../f", null)]
    [InlineData("org/name", "/f", null)]
    [InlineData("org/name", @"..\f", null)]
    [InlineData("org/name", "f", "../main")]
    public async Task Download_NameThatLeavesTheCache_IsRefused(string repository, string file, string? revision)
    {
        var e = await Refused(new WeightSource(repository, file, revision));
        Assert.Contains("do not name a file of a Hugging Face repository", e.Message, StringComparison.Ordinal);
        Assert.Empty(_hub.Requests);
    }

    private async Task<string> Download(WeightSource source, bool offline = false, IProgress<DownloadProgress>? progress = null)
    {
        using var client = new HubClient(new HubSettings { CacheFolder = _cache.Path, UrlFolder = _cache.File("weights"), Endpoint = _hub.Address, Token = Token, Offline = offline }, new DownloadPatience { FirstDelay = TimeSpan.FromMilliseconds(1) });
        return await client.DownloadAsync(source, progress);
    }

    private Task<MedBenchException> Refused(WeightSource source, bool offline = false) => Assert.ThrowsAsync<MedBenchException>(() => Download(source, offline));
}
