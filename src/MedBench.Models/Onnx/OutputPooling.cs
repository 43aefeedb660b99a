namespace MedBench.Models.Onnx;

/// <summary>How an output of a graph becomes one vector for each image.</summary>
public enum OutputPooling
{
    /// <summary>It is one already: (N, D), with or without dimensions of size 1 behind.</summary>
    None,

    /// <summary>The first token of (N, T, D).</summary>
    ClassToken,

    /// <summary>The mean of the tokens of (N, T, D) behind the prefix tokens.</summary>
    MeanOfPatches,

    /// <summary>The mean over the places of a map: (N, D, H, W), or (N, H, W, D) with channels last.</summary>
    SpatialMean,
}
