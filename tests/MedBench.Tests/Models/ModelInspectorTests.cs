using MedBench.Models.Catalog;
using MedBench.Models.Inspection;
using MedBench.Tests.Models.Parity;
using static TorchSharp.torch;

namespace MedBench.Tests.Models;

[Collection(BackboneCollection.Name)]
public sealed class ModelInspectorTests
{
    // The others are compared where their golden numbers are, on the same pass: ModelParityTests.
    public static TheoryData<string, int> WithoutAGolden()
    {
        var goldens = ModelParityTests.Goldens().Select(g => (g.Name, GoldenModel.Load(g.Name).Input.Shape[2])).ToHashSet();
        var data = new TheoryData<string, int>();
        foreach (var row in TimmTable.Rows.Where(r => !goldens.Contains((r.Name, r.Size)) && !goldens.Contains(($"{r.Name}@{r.Size}", r.Size)))) data.Add(row.Name, row.Size);
        return data;
    }

    [Theory]
    [MemberData(nameof(WithoutAGolden))]
    public void Trace_Model_CountsAsTimm(string name, int size)
    {
        using var scope = NewDisposeScope();
        var card = ModelCatalog.Get(name);
        using var model = ModelCatalog.Create(card, card.DefaultClasses, size);
        TimmTable.Check(card, model, size, ModelInspector.Trace(model, size));
    }

    [Fact]
    public void Trace_ResNet_ListsLayersWithShapes()
    {
        using var scope = NewDisposeScope();
        using var model = ModelCatalog.Create(ModelCatalog.Get("resnet18.a1_in1k"), 7);

        var stem = ModelInspector.Trace(model, 64).Single(l => l.Name == "conv1");

        Assert.Equal("Conv2d", stem.Type);
        Assert.Equal([1L, 64, 32, 32], stem.OutputShape);
        Assert.Equal(64 * 3 * 7 * 7, stem.Parameters);
        Assert.Equal(32L * 32 * 64 * 3 * 7 * 7, stem.Macs);
    }
}
