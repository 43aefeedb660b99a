using MedBench.Cli.Doctor;
using MedBench.Core.Files;

namespace MedBench.Tests.Cli.Doctor;

public sealed class FolderChecksTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void All_ResultsFolderThatIsNotThereYet_IsGoodAndLeavesNothing()
    {
        string results = Path.Combine(_folder.File("study"), "results");

        Assert.NotEqual(Health.Bad, Results(results).Health);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void All_ResultsFolderWhoseParentIsAFile_IsBad()
    {
        AtomicFile.WriteText(_folder.File("study"), "");

        Assert.Equal(Health.Bad, Results(Path.Combine(_folder.File("study"), "results")).Health);
    }

    private static Check Results(string folder) => FolderChecks.All(folder).Single(c => c.Name == "results");
}
