using Parquet;
using Parquet.Schema;

namespace MedBench.Reporting.Formats;

/// <summary>A table as Apache Parquet, for DuckDB, pandas, Arrow and the like.</summary>
internal static class ParquetTable
{
    internal static byte[] Write<T>(IReadOnlyList<Column<T>> columns, IReadOnlyList<T> rows)
    {
        using var stream = new MemoryStream();
        // All of it in memory: nothing here waits for anything.
        WriteAsync(columns, rows, stream).GetAwaiter().GetResult();
        return stream.ToArray();
    }

    private static async Task WriteAsync<T>(IReadOnlyList<Column<T>> columns, IReadOnlyList<T> rows, Stream stream)
    {
        DataField[] fields = [.. columns.Select(c => new DataField(c.Name, c.Type, isNullable: true))];
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream).ConfigureAwait(false);
        using var group = writer.CreateRowGroup();
        for (int c = 0; c < columns.Count; c++)
        {
            object?[] values = [.. rows.Select(columns[c].Value)];
            await (columns[c].Type switch
            {
                var type when type == typeof(string) => group.WriteAsync(fields[c], Array.ConvertAll(values, v => (string)v!)),
                var type when type == typeof(double) => group.WriteAsync<double>(fields[c], Array.ConvertAll(values, v => (double?)v)),
                var type when type == typeof(long) => group.WriteAsync<long>(fields[c], Array.ConvertAll(values, v => (long?)v)),
                var type when type == typeof(DateTime) => group.WriteAsync<DateTime>(fields[c], Array.ConvertAll(values, v => (DateTime?)v)),
                var type => throw new ArgumentException($"a column of {type}", nameof(columns)),
            }).ConfigureAwait(false);
        }
    }
}
