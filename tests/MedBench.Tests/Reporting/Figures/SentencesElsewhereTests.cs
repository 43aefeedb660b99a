using MedBench.Claims;
using MedBench.Core.Errors;
using MedBench.Reporting.Building;
using MedBench.Reporting.Figures;
using MedBench.Tests.Reporting.Html;

namespace MedBench.Tests.Reporting.Figures;

public sealed class SentencesElsewhereTests
{
    [Fact]
    public void Draw_TheRepository_SetsThePapersSentencesBesideWhatOthersAndWeFound()
    {
        var book = Book.Open(Repository.File("expected-results"), experiments: Repository.File("experiments"));
        var figure = Assert.Single(SentencesElsewhere.Draw(new ReportBuilder(book).Build(["wu2025"]).Claims));

        Assert.Equal(["sentence", "printed elsewhere", "others' runs", "our runs elsewhere", "our runs of its own cells"], figure.Table.Columns);
        string[] Row(string sentence) => [.. figure.Table.Rows.Single(r => r.Fields[0].StartsWith(sentence, StringComparison.Ordinal)).Fields.Skip(1)];
        Assert.Equal(["not seen", "not seen", "nobody did", "not run"], Row("ViTs beat CNNs"));
        Assert.Equal(["seen", "seen"], Row("End-to-end fine-tuning beats")[..2]);
        Assert.All(figure.Table.Rows, r => Assert.Equal("not run", r.Fields[^1]));
        Assert.Contains("transfer of runs", figure.Svg);
    }

    [Fact]
    public void Draw_ASentenceOfWhichNothingIsKnown_IsLeftOut() => Assert.Equal(
        ["sentences-wu2025"], SentencesElsewhere.Draw(new ReportBuilder(SampleReport.BookOf()).Build(["wu2025", "yang2023"]).Claims).Select(f => f.Id));

    [Fact]
    public void Claims_ThatTestWhatIsNoClaim_AreRefusedWithTheNearest()
    {
        var book = SampleReport.BookOf();
        var wrong = new Book(book.Published, book.Rules, book.Experiments, () => [.. book.Claims.Select(c => c.Entry.Tests is null ? c : c with { Entry = c.Entry with { Tests = "1-vits-beats-cnns" } })], []);

        Assert.Contains("'1-vits-beat-cnns'", Assert.Throws<MedBenchException>(() => wrong.Claims).Fix);
    }
}
