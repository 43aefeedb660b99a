namespace MedBench.Models.Inspection;

/// <summary>One layer of a model, as a forward pass saw it.</summary>
/// <param name="Name">State-dict prefix, for example <c>layer1.0.conv1</c>; empty for the model itself.</param>
/// <param name="Type">Class name.</param>
/// <param name="OutputShape">Shape of its output for one image.</param>
/// <param name="Parameters">Its own parameters, without those of its children.</param>
/// <param name="Macs">Its own multiply-accumulates for one image, without those of its children.</param>
public sealed record LayerInfo(string Name, string Type, IReadOnlyList<long> OutputShape, long Parameters, long Macs);
