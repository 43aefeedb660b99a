using Xunit.Abstractions;
using Xunit.Sdk;

namespace MedBench.ClaimTests.Rows;

/// <summary>Makes a <see cref="RowTestCase"/> of each row.</summary>
public sealed class RowDiscoverer(IMessageSink messages) : TheoryDiscoverer(messages)
{
    protected override IEnumerable<IXunitTestCase> CreateTestCasesForDataRow(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo theoryAttribute, object[] dataRow) =>
        [new RowTestCase(DiagnosticMessageSink, discoveryOptions.MethodDisplayOrDefault(), testMethod, (string)dataRow[0])];
}
