namespace MedBench.Models.Families;

/// <summary>A convolution in a table: output channels and kernel.</summary>
internal readonly record struct ConvShape(int Outputs, int Height, int Width)
{
    public static implicit operator ConvShape((int Outputs, int Kernel) square) => new(square.Outputs, square.Kernel, square.Kernel);

    public static implicit operator ConvShape((int Outputs, int Height, int Width) shape) => new(shape.Outputs, shape.Height, shape.Width);
}
