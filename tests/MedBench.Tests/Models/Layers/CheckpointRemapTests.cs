using System.Text.Json;
using MedBench.Models.Catalog;
using MedBench.Models.StateDicts;
using MedBench.Models.Weights;
using MedBench.Tests.Models.Parity;

namespace MedBench.Tests.Models.Layers;

/// <summary>Rename rules of cards whose checkpoints do not have timm's keys, applied to the keys that upstream's code gives.</summary>
public sealed class CheckpointRemapTests
{
    // What open_clip's CustomTextCLIP holds beside visual.trunk (src/open_clip/{timm_model,hf_model}.py, BERT as text encoder).
    private static readonly string[] s_openClipOthers =
    [
        "logit_scale",
        "visual.head.proj.weight",
        "text.transformer.embeddings.word_embeddings.weight",
        "text.transformer.encoder.layer.0.attention.self.query.weight",
        "text.proj.0.weight",
        "text.proj.2.weight",
    ];

    [Fact]
    public void MedSam_KeysOfSegmentAnything_BecomeTheModels()
    {
        string file = Path.Combine(AppContext.BaseDirectory, "Golden", "remaps", "segment-anything-vit_b.json");
        var upstream = JsonSerializer.Deserialize<Dictionary<string, long[]>>(File.ReadAllBytes(file))!;
        Assert.Equal(314, upstream.Count);
        AssertBecomes("samvit_base_patch16.medsam", upstream.Select(e => (e.Key, e.Value)));
    }

    [Fact]
    public void BiomedClip_KeysOfOpenClip_BecomeTheModels()
    {
        var trunk = GoldenModel.Load("vit_base_patch16_224.augreg2_in21k_ft_in1k").StateDict.Where(e => !e.Name.StartsWith("head.", StringComparison.Ordinal));
        AssertBecomes(
            "vit_base_patch16_224.biomedclip",
            [.. s_openClipOthers.Select(key => (key, Array.Empty<long>())), .. trunk.Select(e => ("visual.trunk." + e.Name, e.Shape))]);
    }

    [Fact]
    public void Cards_WithARemap_NameOneThatExists()
    {
        var named = ModelCatalog.All.Select(card => card.Hub?.Remap).OfType<string>().ToList();
        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.NotEmpty(KeyRemap.Embedded(name).Rules));
    }

    private static void AssertBecomes(string name, IEnumerable<(string Key, long[] Shape)> upstream)
    {
        static string Describe(string key, long[] shape) => $"{key} [{string.Join(", ", shape)}]";
        var card = ModelCatalog.Get(name);
        var rules = KeyRemap.Embedded(card.Hub!.Remap!);
        using var model = ModelCatalog.Create(card, 0);
        Assert.Equal(
            StateDict.Of(model).Select(e => Describe(e.Name, e.Tensor.shape)),
            upstream.Where(e => rules.Apply(e.Key) is not null).Select(e => Describe(rules.Apply(e.Key)!, e.Shape)));
    }
}
