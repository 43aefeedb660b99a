using Xunit.Sdk;

namespace MedBench.ClaimTests;

/// <summary>A theory over ids that may say at run time why it cannot decide. With <see cref="Rows.RowTestCase"/> the only place that knows the package behind it.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("MedBench.ClaimTests.Rows.RowDiscoverer", "MedBench.ClaimTests")]
public sealed class ClaimTheoryAttribute : TheoryAttribute;
