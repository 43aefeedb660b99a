using MedBench.Data.Datasets;

namespace MedBench.Tests;

/// <summary>Real MedMNIST files, where the machine has them.</summary>
internal static class RealData
{
    /// <summary>Opens a dataset, or skips the test with the command that would make it run.</summary>
    public static ImageDataset OpenOrSkip(string name, int size)
    {
        var card = DatasetCatalog.Get(name);
        string path = Path.Combine(DatasetFolders.Resolve(), card.File(size).FileName);
        Skip.IfNot(File.Exists(path), $"needs {path}; get it with: medbench data get {name} --size {size}");
        return ImageDataset.Open(card, size);
    }
}
