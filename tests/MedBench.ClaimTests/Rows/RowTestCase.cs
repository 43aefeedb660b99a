using System.Collections.Concurrent;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace MedBench.ClaimTests.Rows;

/// <summary>
/// The test of one id. xunit's own would cut the id at 50 characters in the test's name, and filters would miss what
/// follows; and it would look up the method's attributes anew for each of the thousands of rows.
/// </summary>
public sealed class RowTestCase : SkippableFactTestCase
{
    private static readonly string[] s_skips = [typeof(Xunit.SkipException).FullName!];
    private static readonly ConcurrentDictionary<string, Dictionary<string, List<string>>> s_traits = [];

    /// <summary>For xunit alone.</summary>
    [Obsolete("Called by the deserializer", error: true)]
    public RowTestCase()
    {
    }

    public RowTestCase(IMessageSink messages, TestMethodDisplay display, ITestMethod method, string id)
        : base(s_skips, messages, display, TestMethodDisplayOptions.None, method, [id])
    {
    }

    private string MethodName => $"{TestMethod.TestClass.Class.Name}.{TestMethod.Method.Name}";

    // The kind of its test, and the tier that a cell's id ends with.
    private string Group => $"{Traits["Kind"][0]}{(TestMethodArguments[0] is string id && id.LastIndexOf("/tier-", StringComparison.Ordinal) is > 0 and var at ? $", {id[(at + 1)..].Replace('-', ' ')}" : "")}";

    public override async Task<RunSummary> RunAsync(
        IMessageSink diagnosticMessageSink, IMessageBus messageBus, object[] constructorArguments, ExceptionAggregator aggregator, CancellationTokenSource cancellationTokenSource)
    {
        var counts = await base.RunAsync(diagnosticMessageSink, messageBus, constructorArguments, aggregator, cancellationTokenSource);
        Summary.Add(Group, counts);
        return counts;
    }

    protected override void Initialize()
    {
        if (s_traits.TryGetValue(MethodName, out var traits))
        {
            (Method, Traits) = (TestMethod.Method, traits);
        }
        else
        {
            base.Initialize();
            s_traits[MethodName] = Traits;
        }
        string id = (string)TestMethodArguments[0];
        DisplayName = $"{BaseDisplayName}(id: {id}){(Session.Current.Accepted.TryGetValue(id, out string? accepted) ? $" [accepted: {accepted}]" : "")}";
    }

    protected override string GetUniqueID() => $"{MethodName}/{TestMethodArguments[0]}";
}
