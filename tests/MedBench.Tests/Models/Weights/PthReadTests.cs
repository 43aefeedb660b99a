using MedBench.Core.Errors;
using MedBench.Models.Weights;
using static TorchSharp.torch;

namespace MedBench.Tests.Models.Weights;

/// <summary>Reading files that PyTorch wrote.</summary>
public sealed class PthReadTests
{
    [Theory]
    [InlineData("plain.zip.pth")]
    [InlineData("plain.legacy.pth")]
    [InlineData("protocol4.zip.pth")]
    public void Open_FileOfPyTorch_GivesEveryTypeAndValue(string file)
    {
        using var checkpoint = Checkpoint.Open(Golden.File(file));
        ScalarType[] floats = [ScalarType.Float16, ScalarType.BFloat16, ScalarType.Float32, ScalarType.Float64];
        ScalarType[] integers = [ScalarType.Byte, ScalarType.Int8, ScalarType.Int16, ScalarType.Int32, ScalarType.Int64];
        Assert.Equal([.. floats, .. integers, ScalarType.Bool, ScalarType.Int64, ScalarType.Float32], checkpoint.Entries.Select(e => e.Type));
        foreach (var entry in checkpoint.Entries.Take(4))
        {
            Assert.Equal([2L, 3L], entry.Shape);
            Assert.Equal(Golden.Ramp(6), checkpoint.Values(entry.Name));
        }
        foreach (var entry in checkpoint.Entries.Skip(4).Take(5)) Assert.Equal([0.0, 1.0, 2.0], checkpoint.Values(entry.Name));
        Assert.Equal([1.0, 0.0, 1.0], checkpoint.Values("bool"));
        Assert.Equal([7.0], checkpoint.Values("scalar"));
        Assert.Empty(checkpoint.Shape("scalar"));
        Assert.Equal([0L, 4L], checkpoint.Shape("empty"));
    }

    [Theory]
    [InlineData("views.zip.pth")]
    [InlineData("views.legacy.pth")]
    public void Open_ViewsOfSharedStorages_GivesTheirValuesInRowMajorOrder(string file)
    {
        using var checkpoint = Checkpoint.Open(Golden.File(file));
        double[] b = Golden.Ramp(24);
        Assert.Equal(b, checkpoint.Values("base"));
        Assert.Equal([6L, 4L], checkpoint.Shape("transposed"));
        Assert.Equal(from column in Enumerable.Range(0, 6) from row in Enumerable.Range(0, 4) select b[row * 6 + column], checkpoint.Values("transposed"));
        Assert.Equal([b[8], b[9], b[10], b[14], b[15], b[16]], checkpoint.Values("block"));
        Assert.Equal([b[5], b[11], b[17], b[23]], checkpoint.Values("column"));
        Assert.Equal([b[1], b[3], b[5], b[13], b[15], b[17]], checkpoint.Values("every_second"));
        Assert.Equal(Enumerable.Repeat(3.5, 6), checkpoint.Values("expanded"));
        Assert.Equal(from k in Enumerable.Range(0, 4) from i in Enumerable.Range(0, 2) from j in Enumerable.Range(0, 3) select b[i * 12 + j * 4 + k], checkpoint.Values("permuted"));
    }

    [Fact]
    public void Read_PieceOfAView_IsThatPieceOfTheWhole()
    {
        using var checkpoint = Checkpoint.Open(Golden.File("views.zip.pth"));
        var whole = new byte[24 * 4];
        checkpoint.Read("permuted", whole);
        for (int first = 0; first < 24; first++)
        {
            var piece = new byte[(24 - first) * 4];
            checkpoint.Read("permuted", piece, first * 4);
            Assert.Equal(whole[(first * 4)..], piece);
        }
    }

    [Theory]
    [InlineData(96, 4)]
    [InlineData(4, 96)]
    [InlineData(3, 0)]
    [InlineData(4, 2)]
    [InlineData(4, -4)]
    public void Read_BytesThatTheTensorDoesNotHave_Throws(int length, long offset)
    {
        using var checkpoint = Checkpoint.Open(Golden.File("views.zip.pth"));
        Assert.Throws<ArgumentOutOfRangeException>(() => checkpoint.Read("base", new byte[length], offset));
    }

    [Fact]
    public void Read_UnknownName_SuggestsTheNearest()
    {
        using var checkpoint = Checkpoint.Open(Golden.File("views.zip.pth"));
        var e = Assert.Throws<MedBenchException>(() => checkpoint.Read("transpose", new byte[4]));
        Assert.Equal("did you mean 'transposed'?", e.Fix);
    }

    [Theory]
    [InlineData("parameters.zip.pth")]
    [InlineData("parameters.legacy.pth")]
    public void Open_Parameters_AreTensors(string file)
    {
        using var checkpoint = Checkpoint.Open(Golden.File(file));
        Assert.Equal(Golden.Ramp(4), checkpoint.Values("weight"));
        Assert.Equal(Golden.Ramp(3), checkpoint.Values("frozen"));
    }

    [Theory]
    [InlineData("nested.zip.pth")]
    [InlineData("nested.legacy.pth")]
    public void Open_StateDictInWrappers_IsFound(string file)
    {
        using var checkpoint = Checkpoint.Open(Golden.File(file));
        Assert.Equal(["a.weight"], checkpoint.Entries.Select(e => e.Name));
        Assert.Equal([-1.0, -0.5], checkpoint.Values("a.weight"));
    }

    [Theory]
    [InlineData("namespace.zip.pth", "argparse.Namespace")]
    [InlineData("whole_module.legacy.pth", "torch.nn.modules.linear.Linear")]
    public void Open_FileWithOtherObjects_NamesThemAndExecutesNothing(string file, string name)
    {
        var e = Assert.Throws<MedBenchException>(() => Checkpoint.Open(Golden.File(file)));
        Assert.Contains($"asks for the Python object {name} at offset ", e.Message, StringComparison.Ordinal);
        Assert.Contains(file, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("module.zip.pth")]
    [InlineData("module.legacy.pth")]
    public void Load_StateDictOfAModule_FillsTheSameModule(string file)
    {
        using var module = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.Flatten(), nn.Linear(8, 2));
        var report = StateDictLoader.Load(module, Golden.File(file));
        Assert.Equal(["0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var", "1.num_batches_tracked", "3.weight", "3.bias"], report.Loaded);
        using var checkpoint = Checkpoint.Open(Golden.File(file));
        Assert.Equal(checkpoint.Values("3.weight"), module.get_parameter("3.weight")!.data<float>().Select(x => (double)x));
    }
}
