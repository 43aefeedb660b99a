using static TorchSharp.torch;

namespace MedBench.Models.Weights.Bytes;

/// <summary>One tensor of a checkpoint, as stored.</summary>
/// <param name="Name">Its key in the state dict.</param>
/// <param name="Type">Element type in the file.</param>
/// <param name="Shape">Sizes, outermost first; empty for a scalar.</param>
public sealed record TensorEntry(string Name, ScalarType Type, IReadOnlyList<long> Shape);
