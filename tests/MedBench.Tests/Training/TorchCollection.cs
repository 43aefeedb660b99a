namespace MedBench.Tests.Training;

/// <summary>Tests that use libtorch's one random generator or its one count of live tensors: never beside others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TorchCollection
{
    public const string Name = "libtorch's global state";
}
