using System.Net;
using System.Security.Cryptography;
using MedBench.Data.Datasets;
using MedBench.Data.Downloads;
using MedBench.Data.Errors;

namespace MedBench.Tests.Data;

public sealed class DatasetDownloaderTests : IDisposable
{
    private static readonly byte[] Content = PillowResizerTests.HashPixels("download", 1_000_000);

    private readonly TestFolder folder = new();
    private readonly HttpClient http = new();

    public void Dispose()
    {
        http.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Download_NewFile_ArrivesWithProgress()
    {
        using var server = new FileServer(Content);
        var progress = new Reports();
        string path = await Downloader().DownloadAsync(FileOf(server), folder.File("new/root"), progress);
        Assert.Equal(Content, await File.ReadAllBytesAsync(path));
        Assert.Equal([folder.File("new/root/data.npz")], Directory.GetFiles(folder.File("new/root")));
        Assert.Equal(new DownloadProgress(Content.Length, Content.Length), progress.All[^1]);
        Assert.Equal(progress.All.Select(p => p.Received).Order(), progress.All.Select(p => p.Received));
    }

    [Fact]
    public async Task Download_FileIsThereAlready_AsksNobody()
    {
        using var server = new FileServer(Content);
        await Downloader().DownloadAsync(FileOf(server), folder.Path);
        await Downloader().DownloadAsync(FileOf(server), folder.Path);
        Assert.Single(server.Ranges);
    }

    [Fact]
    public async Task Download_ConnectionCut_GoesOnWhereItStopped()
    {
        using var server = new FileServer(Content, (context, number) => number == 0 && Cut(context, 400_000));
        string path = await Downloader().DownloadAsync(FileOf(server), folder.Path);
        Assert.Equal(Content, await File.ReadAllBytesAsync(path));
        Assert.Equal("", server.Ranges[0]);
        Assert.Matches("^bytes=[1-9][0-9]*-$", server.Ranges[1]);
    }

    [Fact]
    public async Task Download_PartOfAnEarlierRun_IsCompleted()
    {
        using var server = new FileServer(Content);
        Save("data.npz.part", Content[..123_456]);
        string path = await Downloader().DownloadAsync(FileOf(server), folder.Path);
        Assert.Equal(Content, await File.ReadAllBytesAsync(path));
        Assert.Equal(["bytes=123456-"], server.Ranges);
    }

    [Fact]
    public async Task Download_PartIsCompleteAlready_IsTaken()
    {
        using var server = new FileServer(Content);
        Save("data.npz.part", Content);
        Assert.Equal(Content, await File.ReadAllBytesAsync(await Downloader().DownloadAsync(FileOf(server), folder.Path)));
    }

    [Fact]
    public async Task Download_PartIsTooLong_StartsAgain()
    {
        using var server = new FileServer(Content);
        Save("data.npz.part", [.. Content, 0]);
        Assert.Equal(Content, await File.ReadAllBytesAsync(await Downloader().DownloadAsync(FileOf(server), folder.Path)));
        Assert.Equal(["bytes=1000001-", ""], server.Ranges);
    }

    [Fact]
    public async Task Download_ServerIgnoresRange_StartsAgain()
    {
        using var server = new FileServer(Content, (context, _) =>
        {
            context.Response.OutputStream.Write(Content);
            context.Response.Close();
            return true;
        });
        Save("data.npz.part", [1, 2, 3]);
        Assert.Equal(Content, await File.ReadAllBytesAsync(await Downloader().DownloadAsync(FileOf(server), folder.Path)));
    }

    [Fact]
    public async Task Download_WrongChecksum_KeepsNothing()
    {
        using var server = new FileServer([.. Content.Reverse()]);
        var error = await Assert.ThrowsAsync<MedBenchException>(() => Downloader().DownloadAsync(FileOf(server), folder.Path));
        Assert.Contains("instead of", error.Message);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task Download_NotFound_FailsAtOnceAndSaysWhatToDo()
    {
        using var server = new FileServer(Content, (context, _) => Refuse(context, 404));
        var file = FileOf(server);
        var error = await Assert.ThrowsAsync<MedBenchException>(() => Downloader().DownloadAsync(file, folder.Path));
        Assert.Contains("404", error.Message);
        Assert.All(new[] { file.Url, file.Md5, file.FileName, folder.Path, "MEDMNIST_ROOT" }, part => Assert.Contains(part, error.Fix));
        Assert.Single(server.Ranges);
    }

    [Fact]
    public async Task Download_ServerErrors_AreRetriedAndThePartIsKept()
    {
        using var server = new FileServer(Content, (context, number) => number < 3 && Refuse(context, 503));
        Save("data.npz.part", Content[..1000]);
        await Downloader().DownloadAsync(FileOf(server), folder.Path);
        Assert.Equal(Enumerable.Repeat("bytes=1000-", 4), server.Ranges);
    }

    [Fact]
    public async Task Download_NobodyListens_SaysWhatToDo()
    {
        var server = new FileServer(Content);
        server.Dispose();
        var file = FileOf(server);
        var error = await Assert.ThrowsAsync<MedBenchException>(() => Downloader().DownloadAsync(file, folder.Path));
        Assert.Contains($"cannot download {file.Url}", error.Message);
        Assert.Contains("by hand", error.Fix);
    }

    [Fact]
    public async Task Download_FolderCannotBeMade_NamesTheDiskNotTheNetwork()
    {
        using var server = new FileServer(Content);
        Save("file", [0]);
        var error = await Assert.ThrowsAsync<MedBenchException>(() => Downloader().DownloadAsync(FileOf(server), folder.File("file/root")));
        Assert.Contains("cannot write", error.Message);
        Assert.Empty(server.Ranges);
    }

    [Fact]
    public async Task Download_AnotherOneRuns_SaysSo()
    {
        using var server = new FileServer(Content);
        using var other = new FileStream(folder.File("data.npz.part"), FileMode.Create, FileAccess.Write, FileShare.None);
        var error = await Assert.ThrowsAsync<MedBenchException>(() => Downloader().DownloadAsync(FileOf(server), folder.Path));
        Assert.Contains("another download", error.Fix);
    }

    [Fact]
    public async Task Download_Cancelled_KeepsThePart()
    {
        using var cancel = new CancellationTokenSource();
        using var server = new FileServer(Content, (context, number) => number == 0 && Cut(context, 400_000));
        var progress = new Reports(_ => cancel.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Downloader().DownloadAsync(FileOf(server), folder.Path, progress, cancel.Token));
        Assert.InRange(new FileInfo(folder.File("data.npz.part")).Length, 1, Content.Length - 1);
    }

    private DatasetDownloader Downloader() => new(http, TimeSpan.FromMilliseconds(1));

    private static DatasetFile FileOf(FileServer server) => new("data.npz", Convert.ToHexStringLower(MD5.HashData(Content)), server.Url + "data.npz");

    private void Save(string name, byte[] bytes)
    {
        using var stream = File.Create(folder.File(name));
        stream.Write(bytes);
    }

    private static bool Cut(HttpListenerContext context, int after)
    {
        context.Response.ContentLength64 = Content.Length;
        context.Response.OutputStream.Write(Content, 0, after);
        context.Response.OutputStream.Flush();
        context.Response.Abort();
        return true;
    }

    private static bool Refuse(HttpListenerContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.Close();
        return true;
    }

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
