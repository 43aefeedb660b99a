using MedBench.Models;
using MedBench.Models.Cards;
using MedBench.Models.Layers;
using MedBench.Models.StateDicts;
using MedBench.Models.Weights;
using MedBench.Training.Heads;
using static TorchSharp.torch;

namespace MedBench.Training.Runs;

/// <summary>The weights that a run tested, head included, as one safetensors file under timm's names; a head that is not the model's own under <c>probe.</c>.</summary>
public static class TestedModel
{
    private const string Probe = ProbeHead.Name + ".";

    /// <summary>Writes them, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">The model with the tested weights.</param>
    /// <param name="head">A head in place of the model's classifier; null for that.</param>
    public static void Write(string path, ImageModel model, Block? head)
    {
        using var scope = NewDisposeScope();
        var own = StateDict.Of(model).Where(t => head is null || !IsOf(t.Name, model.ClassifierName));
        SafetensorsWriter.Write(path, [.. own.Concat(head is null ? [] : StateDict.Of(head).Select(t => (Probe + t.Name, t.Tensor))).Select(t => (t.Item1, t.Item2.detach().cpu().contiguous()))]);
    }

    /// <summary>Fills a model and its head with such a file, or with anybody's: their names are the model's own, those of the card's checkpoint, or those of the authors' code.</summary>
    /// <param name="path">safetensors, PyTorch or ONNX.</param>
    /// <param name="model">Filled in place.</param>
    /// <param name="head">A head in place of the model's classifier, filled likewise; null for that.</param>
    /// <param name="card">Card of the model.</param>
    /// <exception cref="MedBench.Core.Errors.MedBenchException">The file is damaged, or keys or shapes differ.</exception>
    public static void Load(string path, ImageModel model, Block? head, ModelCard card)
    {
        using var checkpoint = Checkpoint.Open(path);
        string[] stored = [.. checkpoint.Entries.Select(e => e.Name)];
        string[] needed = [.. StateDict.Of(model).Select(t => t.Name).Where(n => !IsOf(n, model.ClassifierName) && !n.EndsWith("num_batches_tracked", StringComparison.Ordinal))];
        KeyRemap[] known = [KeyRemap.None, .. ((string?[])[card.TrainedRemap, card.Hub?.Remap]).OfType<string>().Select(KeyRemap.Embedded)];
        var names = known.FirstOrDefault(map => needed.Except(stored.Select(map.Apply)).FirstOrDefault() is null) ?? KeyRemap.None;
        if (head is null)
        {
            StateDictLoader.Load(model, checkpoint, new LoadOptions { Rename = names });
            return;
        }
        StateDictLoader.Load(model, checkpoint, new LoadOptions { Rename = new KeyRemap([new KeyRule { Prefix = Probe, Drop = true }, .. names.Rules]), ReplacedPrefixes = [model.ClassifierName] });
        StateDictLoader.Load(head, checkpoint, new LoadOptions { Rename = new KeyRemap([new KeyRule { Pattern = $"^(?!{ProbeHead.Name}\\.)", Drop = true }, new KeyRule { Prefix = Probe, To = "" }]) });
    }

    private static bool IsOf(string name, string part) => name.StartsWith(part + ".", StringComparison.Ordinal);
}
