namespace MedBench.Models.Onnx;

/// <summary>How a graph is read: with the file's digest, all that its features depend on beside the images.</summary>
/// <param name="Pooling">What is done with the output.</param>
/// <param name="Input">Name of the images' input; null for the only one.</param>
/// <param name="Layout">Order of the input's dimensions, and of a map's.</param>
/// <param name="Output">Name of the output; null for the only one.</param>
/// <param name="PrefixTokens">Tokens before the patches: class token and registers.</param>
/// <param name="Data">The files beside the graph that hold its weights, each with its SHA-256 in lower-case hex; paths are relative to it.</param>
internal sealed record OnnxOptions(OutputPooling Pooling, string? Input, InputLayout Layout, string? Output, int PrefixTokens, SortedDictionary<string, string> Data);
