using MedBench.Core.Errors;
using MedBench.Training.Recipes;

namespace MedBench.Tests.Training.Recipes;

public sealed class RecipeCatalogTests
{
    private const string Valid = """
        schema: 1
        name: mine
        title: Mine
        source: nowhere
        dataset-size: 28
        seeds: [0]
        binary-outputs: 1
        input: { size: native, resize: none, filter: bilinear }
        evaluation-batch-size: 8
        methods:
          probe:
            classifier: { algorithm: adamw, learning-rate: 1.0e-3, weight-decay: 0, schedule: { kind: constant } }
            batch-size: 4
            epochs: 2
            selection: { metric: loss }
        """;

    [Fact]
    public void Names_AreThePapers() => Assert.Equal(["demo", "doerrich2025", "wu2025", "wu2025-heads", "wu2025-laptop", "yang2023", "yang2023-enlarged"], RecipeCatalog.Names);

    [Fact]
    public void Get_UnknownName_SuggestsTheNearest() => Assert.Contains("wu2025", Assert.Throws<MedBenchException>(() => RecipeCatalog.Get("wu2024")).Fix, StringComparison.Ordinal);

    [Fact]
    public void Get_File_IsRead()
    {
        using var folder = new TestFolder();
        MedBench.Core.Files.AtomicFile.WriteText(folder.File("mine.yaml"), Valid);
        Assert.Equal("mine", RecipeCatalog.Get(folder.File("mine.yaml")).Name);
        Assert.Contains("none.yaml", Assert.Throws<MedBenchException>(() => RecipeCatalog.Get(folder.File("none.yaml"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("schema: 1", "schema: 2", "schema 2")]
    [InlineData("seeds: [0]", "seeds: []", "seeds")]
    [InlineData("seeds: [0]", "seeds:", "seeds")]
    [InlineData("seeds: [0]", "seeds: [0, -1]", "seeds must be from 0 to 2147483647")]
    [InlineData("  probe:", "  knn:\n  probe:", "methods.knn is empty")]
    [InlineData("  probe:", "  knn: { neighbours: 0, batch-size: 4 }\n  probe:", "methods.knn.neighbours")]
    [InlineData("{ metric: loss }", "{ metric: loss, evaluations: 0 }", "methods.probe.selection.evaluations")]
    [InlineData("{ kind: constant }", "{ kind: exponential, gamma: 0.9, every-iterations: 0 }", "methods.probe.classifier.schedule.every-iterations")]
    [InlineData("{ kind: constant }", "{ kind: cosine, epochs: 0 }", "methods.probe.classifier.schedule.epochs")]
    [InlineData("epochs: 2", "epochs: 0", "methods.probe.epochs")]
    [InlineData("epochs: 2", "iterations: 0", "methods.probe.iterations")]
    [InlineData("binary-outputs: 1", "binary-outputs: 3", "binary-outputs")]
    [InlineData("binary-outputs: 1", "binary-outputz: 1", "mine.yaml:7")]
    [InlineData("batch-size: 4", "batch-size: 0", "batch-size")]
    [InlineData("size: native", "size: large", "input.size")]
    [InlineData("evaluation-batch-size: 8", "evaluation-batch-size: 0", "evaluation-batch-size")]
    [InlineData("    epochs: 2\n", "", "epochs or iterations")]
    [InlineData("epochs: 2", "epochs: 2\n    iterations: 9", "epochs or iterations")]
    [InlineData("    selection: { metric: loss }", "", "selection")]
    [InlineData("learning-rate: 1.0e-3, ", "", "learning-rate")]
    [InlineData("kind: constant", "kind: linear", "mine.yaml:12")]
    [InlineData("weight-decay: 0, ", "", "mine.yaml:12")]
    [InlineData("name: mine", "name: mine\nname: yours", "mine.yaml")]
    [InlineData("batch-size: 4", "batch-size: 4\n    head: { kind: mlp }", "methods.probe.head: an mlp needs hidden")]
    [InlineData("batch-size: 4", "batch-size: 4\n    head: { kind: attention-pool }", "attention-heads")]
    [InlineData("batch-size: 4", "batch-size: 4\n    head: { kind: linear, hidden: 3 }", "mlp heads only")]
    [InlineData("batch-size: 4", "batch-size: 4\n    head: { kind: mlp, hidden: 3, attention-heads: 2 }", "attention-pool heads only")]
    [InlineData("batch-size: 4", "batch-size: 4\n    head: { kind: mlp, hidden: 3 }\n    encoder: { algorithm: adam, learning-rate: 1.0e-3, weight-decay: 0, schedule: { kind: constant } }", "frozen encoder")]
    public void Parse_Mistake_IsNamed(string from, string to, string expected)
    {
        string yaml = Valid.Replace("\r", "", StringComparison.Ordinal);
        Assert.Contains(from, yaml, StringComparison.Ordinal);
        var error = Assert.Throws<MedBenchException>(() => RecipeCatalog.Parse(yaml.Replace(from, to, StringComparison.Ordinal), "mine.yaml"));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }
}
