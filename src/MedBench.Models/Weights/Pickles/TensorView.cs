using MedBench.Models.Weights.Bytes;

namespace MedBench.Models.Weights.Pickles;

/// <summary>A tensor as a pickle describes it, not checked against its storage yet. Offset and strides count elements.</summary>
internal sealed record TensorView(StorageRef Storage, ElementType Type, long Offset, long[] Shape, long[] Strides);
