using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using MedBench.Core.Downloads;
using MedBench.Core.Errors;
using MedBench.Data.Datasets;
using MedBench.Tests.Data.Preprocessing;

namespace MedBench.Tests.Data.Datasets;

public sealed class DatasetDownloaderTests : IDisposable
{
    private static readonly byte[] s_content = PillowResizerTests.HashPixels("download", 1_000_000);

    private static readonly TimeSpan s_moment = TimeSpan.FromMilliseconds(1);

    private readonly TestFolder _folder = new();
    private readonly HttpClient _http = new();

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Download_NewFile_ArrivesWithProgress()
    {
        using var server = new FileServer(s_content);
        var progress = new Reports();
        string path = await Downloader().DownloadAsync(FileOf(server), _folder.File("new/root"), progress);
        Assert.Equal(s_content, await File.ReadAllBytesAsync(path));
        Assert.Equal([_folder.File("new/root/data.npz")], Directory.GetFiles(_folder.File("new/root")));
        Assert.Equal(new DownloadProgress(s_content.Length, s_content.Length), progress.All[^1]);
        Assert.Equal(progress.All.Select(p => p.Received).Order(), progress.All.Select(p => p.Received));
    }

    [Fact]
    public async Task Download_FileIsThereAlready_AsksNobody()
    {
        using var server = new FileServer(s_content);
        await Downloader().DownloadAsync(FileOf(server), _folder.Path);
        await Downloader().DownloadAsync(FileOf(server), _folder.Path);
        Assert.Single(server.Ranges);
    }

    [Fact]
    public async Task Download_ConnectionCut_GoesOnWhereItStopped()
    {
        using var server = new FileServer(s_content, (it, context, number) => number == 0 && it.Cut(context, 400_000));
        string path = await Downloader().DownloadAsync(FileOf(server), _folder.Path);
        Assert.Equal(s_content, await File.ReadAllBytesAsync(path));
        Assert.Equal("-", server.Ranges[0]);
        Assert.Matches("^bytes=[1-9][0-9]*-$", server.Ranges[1]);
    }

    [Fact]
    public async Task Download_PartOfAnEarlierRun_IsCompleted()
    {
        using var server = new FileServer(s_content);
        _folder.Write("data.npz.part", s_content.AsSpan(0, 123_456));
        string path = await Downloader().DownloadAsync(FileOf(server), _folder.Path);
        Assert.Equal(s_content, await File.ReadAllBytesAsync(path));
        Assert.Equal(["bytes=123456-"], server.Ranges);
    }

    [Fact]
    public async Task Download_PartIsCompleteAlready_IsTaken()
    {
        using var server = new FileServer(s_content);
        _folder.Write("data.npz.part", s_content);
        Assert.Equal(s_content, await File.ReadAllBytesAsync(await Downloader().DownloadAsync(FileOf(server), _folder.Path)));
    }

    [Fact]
    public async Task Download_PartIsTooLong_StartsAgain()
    {
        using var server = new FileServer(s_content);
        _folder.Write("data.npz.part", [.. s_content, 0]);
        Assert.Equal(s_content, await File.ReadAllBytesAsync(await Downloader().DownloadAsync(FileOf(server), _folder.Path)));
        Assert.Equal(["bytes=1000001-", "-"], server.Ranges);
    }

    [Fact]
    public async Task Download_ServerIgnoresRange_StartsAgain()
    {
        using var server = new FileServer(s_content, (_, context, _) =>
        {
            context.Response.OutputStream.Write(s_content);
            context.Response.Close();
            return true;
        });
        _folder.Write("data.npz.part", [1, 2, 3]);
        Assert.Equal(s_content, await File.ReadAllBytesAsync(await Downloader().DownloadAsync(FileOf(server), _folder.Path)));
    }

    [Fact]
    public async Task Download_WrongChecksum_KeepsNothing()
    {
        using var server = new FileServer([.. s_content.Reverse()]);
        var error = await Assert.ThrowsAsync<MedBenchException>(() => Downloader().DownloadAsync(FileOf(server), _folder.Path));
        Assert.Matches($"has the MD5 [0-9a-f]{{32}}, not {FileOf(server).Md5}; it was deleted", error.Message);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Download_NotFound_FailsAtOnceAndSaysWhatToDo()
    {
        using var server = new FileServer(s_content, (_, context, _) => FileServer.Refuse(context, 404));
        var file = FileOf(server);
        var error = await Assert.ThrowsAsync<MedBenchException>(() => Downloader().DownloadAsync(file, _folder.Path));
        Assert.Contains("404", error.Message);
        Assert.All(new[] { file.Url, file.Md5, file.FileName, _folder.Path, "MEDMNIST_ROOT" }, part => Assert.Contains(part, error.Fix));
        Assert.Single(server.Ranges);
    }

    [Fact]
    public async Task Download_ServerErrors_AreRetriedAndThePartIsKept()
    {
        using var server = new FileServer(s_content, (_, context, number) => number < 3 && FileServer.Refuse(context, 503));
        _folder.Write("data.npz.part", s_content.AsSpan(0, 1000));
        await Downloader().DownloadAsync(FileOf(server), _folder.Path);
        Assert.Equal(Enumerable.Repeat("bytes=1000-", 4), server.Ranges);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(400_000)]
    public async Task Download_ServerFallsSilent_AsksAgain(int end)
    {
        // Nothing is sent before the first byte of the content: end 0 is silence before the headers, too.
        using var server = new FileServer(s_content, (it, context, number) => number == 0 && (end == 0 || it.Stall(context, end)));
        var downloader = Downloader(new DownloadPatience { FirstDelay = s_moment, Silence = TimeSpan.FromMilliseconds(300) });
        Assert.Equal(s_content, await File.ReadAllBytesAsync(await downloader.DownloadAsync(FileOf(server), _folder.Path)));
        Assert.Equal(2, server.Ranges.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Download_ServerStaysSilent_SaysSoAndKeepsThePart(int tries)
    {
        using var server = new FileServer(s_content, (it, context, _) => it.Stall(context, 1000));
        var downloader = Downloader(new DownloadPatience { FirstDelay = s_moment, Silence = TimeSpan.FromMilliseconds(100), Tries = tries });
        var error = await Assert.ThrowsAsync<MedBenchException>(() => downloader.DownloadAsync(FileOf(server), _folder.Path));
        Assert.EndsWith("the server was silent for 0.1 s", error.Message);
        Assert.Equal(1000, new FileInfo(_folder.File("data.npz.part")).Length);
    }

    [Fact]
    public async Task Download_ServerSaysWhenToComeBack_WaitsUntilThen()
    {
        using var server = new FileServer(s_content, (_, context, number) => number == 0 && FileServer.Refuse(context, 429, retryAfter: "1"));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await Downloader().DownloadAsync(FileOf(server), _folder.Path);
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(0.95), TimeSpan.MaxValue);
    }

    [Theory]
    [InlineData("3600", "3600")]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT", "[0-9]{9,}")]
    public async Task Download_ServerSaysToComeBackMuchLater_GivesUpAtOnce(string retryAfter, string seconds)
    {
        using var server = new FileServer(s_content, (_, context, _) => FileServer.Refuse(context, 503, retryAfter));
        var error = await Assert.ThrowsAsync<MedBenchException>(() => Downloader().DownloadAsync(FileOf(server), _folder.Path));
        Assert.Matches($"answered 503 .* and asks to come back in {seconds} s", error.Message);
        Assert.Single(server.Ranges);
    }

    [Fact]
    public async Task Download_AnswerFromAnotherPlace_StartsAgain()
    {
        using var server = new FileServer(s_content, (it, context, number) =>
        {
            if (number == 0) context.Request.Headers["Range"] = "bytes=5-";
            return false;
        });
        _folder.Write("data.npz.part", s_content.AsSpan(0, 1000));
        Assert.Equal(s_content, await File.ReadAllBytesAsync(await Downloader().DownloadAsync(FileOf(server), _folder.Path)));
        Assert.Equal(["bytes=1000-", "-"], server.Ranges);
    }

    [Fact]
    public async Task Download_UnknownHost_IsToldAtOnce()
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var file = new DatasetFile("data.npz", new string('0', 32), "http://no-such-host.invalid/data.npz");
        var error = await Assert.ThrowsAsync<MedBenchException>(() => Downloader(new DownloadPatience { FirstDelay = TimeSpan.FromMinutes(1) }).DownloadAsync(file, _folder.Path));
        Assert.Contains("no network, or no such host", error.Message);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(45));
    }

    [Fact]
    public async Task Download_NobodyListens_SaysWhatToDo()
    {
        // Bound, so that no other test can get the port, but not listening.
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var file = new DatasetFile("data.npz", new string('0', 32), $"http://{socket.LocalEndPoint}/data.npz");
        var error = await Assert.ThrowsAsync<MedBenchException>(() => Downloader().DownloadAsync(file, _folder.Path));
        Assert.Contains($"cannot download {file.Url}", error.Message);
        Assert.Contains("by hand", error.Fix);
    }

    [Fact]
    public async Task Download_FolderCannotBeMade_NamesTheDiskNotTheNetwork()
    {
        using var server = new FileServer(s_content);
        _folder.Write("file", [0]);
        var error = await Assert.ThrowsAsync<MedBenchException>(() => Downloader().DownloadAsync(FileOf(server), _folder.File("file/root")));
        Assert.Contains("cannot write", error.Message);
        Assert.Empty(server.Ranges);
    }

    [Fact]
    public async Task Download_AnotherOneRuns_SaysSo()
    {
        using var server = new FileServer(s_content);
        using var other = new FileStream(_folder.File("data.npz.part"), FileMode.Create, FileAccess.Write, FileShare.None);
        var error = await Assert.ThrowsAsync<MedBenchException>(() => Downloader().DownloadAsync(FileOf(server), _folder.Path));
        Assert.Contains("another download", error.Fix);
    }

    [Fact]
    public async Task Download_Cancelled_KeepsThePart()
    {
        using var cancel = new CancellationTokenSource();
        using var server = new FileServer(s_content, (it, context, number) => number == 0 && it.Cut(context, 400_000));
        var progress = new Reports(_ => cancel.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Downloader().DownloadAsync(FileOf(server), _folder.Path, progress, cancel.Token));
        Assert.InRange(new FileInfo(_folder.File("data.npz.part")).Length, 1, s_content.Length - 1);
    }

    private DatasetDownloader Downloader(DownloadPatience? patience = null) => new(_http, patience ?? new DownloadPatience { FirstDelay = s_moment });

    private static DatasetFile FileOf(FileServer server) => new("data.npz", Convert.ToHexStringLower(MD5.HashData(s_content)), server.Address + "data.npz");

    // Progress<T> would report later, from another thread.
    private sealed class Reports(Action<DownloadProgress>? then = null) : IProgress<DownloadProgress>
    {
        public List<DownloadProgress> All { get; } = [];

        public void Report(DownloadProgress value)
        {
            All.Add(value);
            then?.Invoke(value);
        }
    }
}
