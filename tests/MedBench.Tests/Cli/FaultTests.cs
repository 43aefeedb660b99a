using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using MedBench.Data.Datasets;
using MedBench.Tests.Models.Weights;

namespace MedBench.Tests.Cli;

/// <summary>Faults of the outside world, as the user of the command line meets them: what is wrong, what to do, and nothing half-written.</summary>
public sealed class FaultTests : IDisposable
{
    private const int Size = 16;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--dataset", "syntetic", "unknown dataset 'syntetic'", "did you mean 'synthetic'\\?")]
    [InlineData("--dataset", "imagenet", "unknown dataset 'imagenet'", "known: .*breastmnist.*synthetic")]
    [InlineData("--model", "resnet18.cifr", "unknown model 'resnet18.cifr'", "did you mean 'resnet18.cifar'\\?")]
    [InlineData("--recipe", "yang2032", "unknown recipe 'yang2032'", "did you mean 'yang2023'\\?")]
    [InlineData("--recipe", "none.yaml", "none.yaml does not exist", "give the path of a recipe file, or one of .*yang2023")]
    [InlineData("--method", "from-scratc", "unknown method of recipe yang2023 'from-scratc'", "did you mean 'from-scratch'\\?")]
    [InlineData("--device", "cpux", "unknown device 'cpux'", "did you mean 'cpu'\\?")]
    [InlineData("--seeds", "0,one", "--seeds 0,one: not a list of seeds", "write them as 0,1,2 or 0-4")]
    [InlineData("--seeds", "4-1", "--seeds 4-1: not a list of seeds", "write them as 0,1,2 or 0-4")]
    [InlineData("--seeds", "99999999999", "--seeds 99999999999: not a list of seeds", "write them as 0,1,2 or 0-4")]
    [InlineData("--threads", "0", "--threads 0: outside 1 to \\d+", "give a number from 1 to \\d+: this machine runs")]
    [InlineData("--size", "15", "a synthetic dataset of .* 15 px", "a size from 16 to 512 px")]
    [InlineData("--weights", "none.pth", "--weights none.pth: there is no such file", "give the path of a .safetensors, .pth or .onnx file")]
    public Task Run_WrongValue_IsNamed(string option, string value, string problem, string fix)
    {
        var options = new Dictionary<string, string>
        {
            ["--dataset"] = "synthetic",
            ["--size"] = $"{Size}",
            ["--model"] = "resnet18.cifar",
            ["--recipe"] = "yang2023",
            ["--method"] = "from-scratch",
            ["--seeds"] = "0",
            [option] = value,
        };
        return Fails(["run", .. options.SelectMany(o => (string[])[o.Key, o.Value])], problem, fix);
    }

    [Fact]
    public Task Run_EncoderRateWithoutATrainedEncoder_IsRefused() => Fails(
        ["run", "--dataset", "synthetic", "--size", $"{Size}", "--model", "resnet18.cifar", "--recipe", "demo", "--method", "knn", "--encoder-lr", "1e-4"],
        "--encoder-lr beside --method knn: it trains no encoder", "leave --encoder-lr out");

    [Theory]
    [InlineData("schema: 1\nname: [\n", @"bad\.yaml:3:1: ")]
    [InlineData("schema: 1\nbogus: 1\n", @"bad\.yaml:2:1: Property 'bogus' not found")]
    [InlineData("schema: 1\nname: x\nseeds: [0, one]\n", @"bad\.yaml:3:12: ")]
    [InlineData("", @"bad\.yaml: is empty")]
    public Task Run_MalformedRecipe_NamesLineAndColumn(string yaml, string problem)
    {
        string path = _folder.Write("bad.yaml", Encoding.UTF8.GetBytes(yaml));
        return Fails(["run", "--dataset", "synthetic", "--model", "resnet18.cifar", "--recipe", path, "--method", "from-scratch"], problem, "compare it with the recipes");
    }

    [Theory]
    [InlineData("truncated", "is not a readable \\.npz archive", "move it away and get it again")]
    [InlineData("keyless", "has no array 'val_labels' \\(it has: train_images.npy, .*\\)", "use a MedMNIST v2 file")]
    [InlineData("label", "array 'test_labels' has label 9 at row 0; synthetic has 0 to 3", "download it again")]
    public async Task Inspect_DamagedFile_IsRefusedAndNotUnpacked(string fault, string problem, string fix)
    {
        var counts = DatasetCatalog.Synthetic.Splits;
        string path = _folder.File($"cache/synthetic/synthetic_{Size}_seed0_{counts.Train}-{counts.Validation}-{counts.Test}.npz");
        SyntheticDataset.Write(path, Size, 0, counts);
        Damage(path, fault);
        await Fails(["data", "inspect", "synthetic", "--size", $"{Size}"], problem, fix);
        // What is whole may be unpacked before its labels are looked at.
        if (fault != "label") Assert.Empty(Directory.GetFileSystemEntries(_folder.File("cache/arrays")));
    }

    [Theory]
    [InlineData("data", "inspect", "breastmnist")]
    [InlineData("data", "verify", "breastmnist")]
    [InlineData("run", "--dataset", "breastmnist", "--model", "resnet18.cifar", "--recipe", "yang2023", "--method", "from-scratch")]
    public async Task AnyCommand_FileOfAnotherMd5_IsRefused(params string[] command)
    {
        SyntheticDataset.Write(_folder.File("data/breastmnist.npz"), 28, 0, new SplitCounts(5, 3, 4));
        await Fails(command, @"breastmnist\.npz.*(MD5|md5)", "");
        Assert.False(Directory.Exists(_folder.File("cache/arrays")));
    }

    [Fact]
    public Task Inspect_MissingFile_SaysWhereToGetItAndWhereToPutIt() => Fails(
        ["data", "inspect", "breastmnist"],
        $"{_folder.File("data/breastmnist.npz")} does not exist",
        "download https://.*/breastmnist.npz.*MD5 is 750601b1f35ba3300ea97c75c52ff8f6.*MEDMNIST_ROOT");

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 0, "stores 'b' over another tensor")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 1L << 40, "has a header of [0-9]+ bytes, more than")]
    [InlineData("""{"a":{"dtype":"F32","shape":[9999999],"data_offsets":[0,39999996]}}""", 0, "ends inside 'a'")]
    public Task Run_DamagedSafetensors_IsRefused(string header, long extraLength, string problem)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        string path = _folder.Write("w.safetensors", [.. BitConverter.GetBytes(json.Length + extraLength), .. json, .. new byte[12]]);
        return FailsWith(path, $"w\\.safetensors.*({problem})");
    }

    [Fact]
    public async Task Run_PickleThatCallsSomething_IsRefusedAndNotCalled()
    {
        string path = PickleFile.Zip(_folder, PickleFile.Bytes("cos\nsystem\n(X\x08\0\0\0touch pwtR."));
        await FailsWith(path, "w\\.pth.*os\\.system");
        Assert.False(File.Exists(_folder.File("pw")));
    }

    [Fact]
    public Task Run_CheckpointOfAnotherModel_ListsTheDifferences()
    {
        string path = PickleFile.Zip(_folder, PickleFile.State("K\0", "K\u0002K\u0004\u0086", "K\u0004K\u0001\u0086"));
        return FailsWith(path, "w\\.pth does not fit ResNet: [0-9]+ missing, 1 unexpected");
    }

    [Fact]
    public Task ModelsGet_Offline_SaysWhichFileToPutWhere() => Fails(
        ["models", "get", "resnet18.a1_in1k"],
        "HF_HUB_OFFLINE is set",
        "download https://huggingface.co/timm/resnet18.a1_in1k/resolve/main/model.safetensors to .*weights.timm__resnet18.a1_in1k.model.safetensors and set MEDBENCH_WEIGHTS=");

    [Fact]
    public Task Inspect_CacheInsideAFile_SaysSo()
    {
        _folder.Write("cache", [0]);
        return Fails(["data", "inspect", "synthetic", "--size", $"{Size}"], $"cannot write .*{Regex.Escape(Path.GetFileName(_folder.Path))}.cache", "folder that you may write to");
    }

    [SkippableFact]
    public async Task Inspect_ReadOnlyCache_SaysSo()
    {
        Skip.If(Environment.IsPrivilegedProcess || OperatingSystem.IsWindows(), "needs a user whom file modes bind: run the tests as one that is not root, on Linux or macOS");
        string cache = Directory.CreateDirectory(_folder.File("cache")).FullName;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(cache, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await Fails(["data", "inspect", "synthetic", "--size", $"{Size}"], $"cannot write {cache}", "folder that you may write to");
        Assert.Empty(Directory.GetFileSystemEntries(cache));
    }

    private Task FailsWith(string weights, string problem) => Fails(
        ["run", "--dataset", "synthetic", "--size", $"{Size}", "--model", "resnet18.a1_in1k", "--recipe", "doerrich2025", "--method", "knn", "--weights", weights], problem, "");

    private async Task Fails(string[] command, string problem, string fix, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var output = await MedBenchProcess.RunAsync(_folder, command, environment);
        Assert.DoesNotContain("   at ", output.Out + output.Err, StringComparison.Ordinal);
        // Progress may come first.
        Assert.Matches($"(?s)^(?:[^\n]*: [0-9]+%\n)*error: [^\n]*(?:{problem}).*\nfix: .*(?:{fix})", output.Err);
        Assert.Equal(2, output.ExitCode);
        AssertNothingHalfWritten();
    }

    private void AssertNothingHalfWritten()
    {
        var files = Directory.EnumerateFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories).ToList();
        Assert.DoesNotContain(files, f => Path.GetExtension(f) is ".tmp" or ".part" or ".incomplete");
        Assert.DoesNotContain(files, f => Path.GetFileName(f) is "result.json" or "predictions.npz");
    }

    private static void Damage(string path, string fault)
    {
        if (fault == "truncated")
        {
            using var stream = new FileStream(path, FileMode.Open);
            stream.SetLength(stream.Length / 2);
            return;
        }
        using var zip = ZipFile.Open(path, ZipArchiveMode.Update);
        if (fault == "keyless")
        {
            zip.GetEntry("val_labels.npy")!.Delete();
            return;
        }
        using var member = zip.GetEntry("test_labels.npy")!.Open();
        member.Seek(-DatasetCatalog.Synthetic.Splits.Test, SeekOrigin.End);
        member.WriteByte(9);
    }
}
