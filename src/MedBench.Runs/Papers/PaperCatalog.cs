using MedBench.Core.Errors;
using MedBench.Core.Text;
using MedBench.Data.Datasets;

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
        Papers = [.. files.Table("papers.csv", "paper", "citation", "caveat", "datasets").Select(row => new Paper(row.Required("paper"), row.Required("citation"), row.Text("caveat"), Datasets(row)))];
    }

    /// <summary>The papers, in the order of their file.</summary>
    public IReadOnlyList<Paper> Papers { get; }

    /// <summary>The models of each paper.</summary>
    public IReadOnlyList<ModelLabel> Models { get; }

    /// <summary>Reads both files.</summary>
    /// <exception cref="MedBenchException">A malformed row, named with its line.</exception>
    public static PaperCatalog Read(ExpectedFiles files) => new(files);

    /// <summary>The datasets that <c>all</c> stands for.</summary>
    /// <exception cref="MedBenchException">The paper is unknown.</exception>
    public IReadOnlyList<DatasetCard> DatasetsOf(string paper) =>
        Papers.FirstOrDefault(p => p.Name == paper)?.Datasets ?? throw Names.Unknown("paper", paper, [.. Papers.Select(p => p.Name)]);

    // Collections and datasets: "medmnist2d", or "breastmnist|retinamnist".
    private static List<DatasetCard> Datasets(CsvRow row)
    {
        string names = row.Required("datasets");
        try
        {
            return [.. names.Split('|', StringSplitOptions.TrimEntries).SelectMany(DatasetCatalog.Named).Distinct()];
        }
        catch (MedBenchException e)
        {
            throw row.Error(e.Message, e.Fix);
        }
    }
}
