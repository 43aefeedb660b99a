using MedBench.Models.Weights.Bytes;

namespace MedBench.Models.Weights.Pickles;

/// <summary>One of PyTorch's storage classes; null means untyped.</summary>
internal sealed record StorageClass(ElementType? Type);
