using MedBench.Core.Errors;

namespace MedBench.Runs.Papers;

/// <summary>The papers on record and the models of each, from <c>papers.csv</c> and <c>models.csv</c>.</summary>
public sealed class PaperCatalog
{
    private PaperCatalog(ExpectedFiles files)
    {
        var labels = new Dictionary<(string, string), ModelLabel>();
        foreach (var row in files.Table("models.csv", "paper", "printed", "model", "kind", "note"))
        {
            var label = new ModelLabel(row.Required("paper"), row.Required("printed"), row.Required("model"), row.OneOf("kind", "cnn", "vit", "transformer", "automl"), row.Text("note"));
            if (!labels.TryAdd((label.Paper, label.Model), label))
                throw row.Error($"{label.Model} of {label.Paper} appears again", "keep one of the two rows");
        }
        Models = [.. labels.Values];
        Papers = [.. files.Table("papers.csv", "paper", "citation", "caveat").Select(row => new Paper(row.Required("paper"), row.Required("citation"), row.Text("caveat")))];
    }

    /// <summary>The papers, in the order of their file.</summary>
    public IReadOnlyList<Paper> Papers { get; }

    /// <summary>The models of each paper.</summary>
    public IReadOnlyList<ModelLabel> Models { get; }

    /// <summary>Reads both files.</summary>
    /// <exception cref="MedBenchException">A malformed row, named with its line.</exception>
    public static PaperCatalog Read(ExpectedFiles files) => new(files);
}
