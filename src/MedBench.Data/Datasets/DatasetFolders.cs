using MedBench.Core.Files;

namespace MedBench.Data.Datasets;

/// <summary>Where datasets live; the one place that reads this environment variable.</summary>
public static class DatasetFolders
{
    /// <summary>Environment variable that names the folder of .npz files.</summary>
    public const string RootVariable = "MEDMNIST_ROOT";

    /// <summary>The folder of .npz files: <c>MEDMNIST_ROOT</c>, else <c>~/.medmnist</c> (where MedMNIST's Python package puts them).</summary>
    public static string Resolve() => CacheFolder.FromEnvironment(RootVariable, ".medmnist");
}
