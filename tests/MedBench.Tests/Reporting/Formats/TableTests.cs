using System.Globalization;
using System.Text;
using MedBench.Reporting.Formats;
using MedBench.Reporting.Model;
using MedBench.Runs.Cells;
using MedBench.Tests.Reporting.Html;
using Parquet;
using Parquet.Schema;

namespace MedBench.Tests.Reporting.Formats;

public sealed class TableTests
{
    private static readonly BenchmarkReport s_report = SampleReport.Measured;

    [Fact]
    public async Task Parquet_Cells_ReadBackAreWhatWasWritten()
    {
        await using var reader = await ParquetReader.CreateAsync(new MemoryStream(ParquetTable.Write(CellColumns.All, s_report.Cells)));

        Assert.Equal(CellColumns.All.Select(c => c.Name), reader.Schema.DataFields.Select(f => f.Name));
        Assert.Equal(s_report.Cells.Select(c => c.Cell.Verdict.Ours?.Mean), await Numbers(reader, "mean"));
        Assert.Equal(s_report.Cells.Select(c => c.Cell.Published?.Mean), await Numbers(reader, "published"));
        Assert.Equal(s_report.Cells.Select(c => c.Cell.Key.Model), await Texts(reader, "model"));
        Assert.Equal(s_report.Cells.Select(c => (long?)c.Cell.Seeds.Count), await Wholes(reader, "seeds"));
        Assert.Contains(null, await Numbers(reader, "mean"));
        Assert.Equal(s_report.Cells.Select(c => c.Twins?.Without), await Numbers(reader, "twins_mean_without"));
        Assert.Equal(s_report.Cells.Select(c => c.Twins?.Difference?.Interval.Low), await Numbers(reader, "twins_difference_low"));
        Assert.Contains("test/7, test/44, test/76, test/84, test/149", await Texts(reader, "twins_label_conflicts"));
    }

    [Fact]
    public async Task Parquet_Runs_KeepTypesAndTimes()
    {
        await using var reader = await ParquetReader.CreateAsync(new MemoryStream(ParquetTable.Write(RunColumns.All, s_report.Runs)));

        Assert.Equal(typeof(DateTime), reader.Schema.DataFields.Single(f => f.Name == "finished").ClrType);
        Assert.Equal(s_report.Runs.Select(r => r.Id), await Texts(reader, "run"));
        Assert.Equal(s_report.Runs.Select(r => r.Result.Test(Metric.Auc)), await Numbers(reader, "test_auc"));
        Assert.Equal(s_report.Runs.Select(r => (long?)r.Result.PeakMemoryBytes), await Wholes(reader, "peak_memory_bytes"));
        var finished = new DateTime?[s_report.Runs.Count];
        using var group = reader.OpenRowGroupReader(0);
        await group.ReadAsync<DateTime>(Field(reader, "finished"), finished);
        Assert.All(finished.Zip(s_report.Runs), pair => Assert.InRange((pair.First!.Value - pair.Second.Result.FinishedUtc.UtcDateTime).Duration(), TimeSpan.Zero, TimeSpan.FromMilliseconds(1)));
    }

    [Fact]
    public void Parquet_NoRows_IsATableOfNone() => Assert.NotEmpty(ParquetTable.Write(RunColumns.All, []));

    [Fact]
    public void Csv_Cells_HaveAllDigitsAndALineEach()
    {
        string[] lines = Encoding.UTF8.GetString(ReportFormats.Get("csv").Write(s_report)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(string.Join(',', CellColumns.All.Select(c => c.Name)), lines[0]);
        Assert.Equal(s_report.Cells.Count + 1, lines.Length);
        double mean = s_report.Cells.First(c => c.IsRun).Cell.Verdict.Ours!.Mean;
        Assert.Contains(lines, l => l.Contains($",{mean.ToString("R", CultureInfo.InvariantCulture)},", StringComparison.Ordinal));
    }

    [Fact]
    public void Csv_Field_WithCommaQuoteOrBreak_IsQuoted()
    {
        Column<string>[] columns = [Column<string>.Text("a", s => s), Column<string>.Number("b", _ => 0.1), Column<string>.Whole("c", _ => null)];

        Assert.Equal("a,b,c\r\n\"x, \"\"y\"\"\nz\",0.1,\r\n", Encoding.UTF8.GetString(CsvFormat.Write(columns, ["x, \"y\"\nz"])));
    }

    private static DataField Field(ParquetReader reader, string name) => reader.Schema.DataFields.Single(f => f.Name == name);

    private static async Task<double?[]> Numbers(ParquetReader reader, string name)
    {
        using var group = reader.OpenRowGroupReader(0);
        var values = new double?[group.RowCount];
        await group.ReadAsync<double>(Field(reader, name), values);
        return values;
    }

    private static async Task<long?[]> Wholes(ParquetReader reader, string name)
    {
        using var group = reader.OpenRowGroupReader(0);
        var values = new long?[group.RowCount];
        await group.ReadAsync<long>(Field(reader, name), values);
        return values;
    }

    private static async Task<string[]> Texts(ParquetReader reader, string name)
    {
        using var group = reader.OpenRowGroupReader(0);
        var values = new string[group.RowCount];
        await group.ReadAsync(Field(reader, name), values);
        return values;
    }
}
