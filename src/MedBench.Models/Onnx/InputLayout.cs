namespace MedBench.Models.Onnx;

/// <summary>Order of the dimensions of images.</summary>
public enum InputLayout
{
    /// <summary>(N, 3, H, W), as PyTorch has it.</summary>
    Nchw,

    /// <summary>(N, H, W, 3), channels last, as TensorFlow and Keras have it.</summary>
    Nhwc,
}
