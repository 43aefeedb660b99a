using System.Collections;

namespace MedBench.ClaimTests.Rows;

/// <summary>Theory data of ids alone: only rows that xunit can write down are listed and filtered one by one.</summary>
public abstract class IdRows(IEnumerable<string> ids) : IEnumerable<object[]>
{
    public IEnumerator<object[]> GetEnumerator() => ids.Select(id => new object[] { id }).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
