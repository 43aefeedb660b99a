namespace MedBench.Models.Cards;

/// <summary>Order of the colours in a network's input.</summary>
public enum ChannelOrder
{
    /// <summary>Red first, as in PyTorch.</summary>
    RGB,

    /// <summary>Blue first, as in Caffe, CNTK and OpenCV.</summary>
    BGR,
}
