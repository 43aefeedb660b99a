using Microsoft.VisualStudio.TestPlatform.ObjectModel;
using Microsoft.VisualStudio.TestPlatform.ObjectModel.Client;

namespace MedBench.TestLogger;

/// <summary>A line of progress at least every <see cref="Every"/>: how many tests ended, how, and which was the last.</summary>
[FriendlyName("progress")]
[ExtensionUri("logger://medbench/progress/v1")]
public sealed class ProgressLogger : ITestLogger, IDisposable
{
    /// <summary>Between two lines.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(25);

    private readonly Lock _lock = new();
    private readonly DateTime _start = DateTime.UtcNow;
    private Timer? _timer;
    private int _passed, _failed, _skipped;
    private string _assembly = "tests", _last = "";

    /// <inheritdoc/>
    public void Initialize(TestLoggerEvents events, string testRunDirectory)
    {
        ArgumentNullException.ThrowIfNull(events);
        events.TestRunStart += (_, start) => _assembly = Path.GetFileNameWithoutExtension(start.TestRunCriteria.Sources?.FirstOrDefault() ?? _assembly);
        events.TestResult += (_, ended) => Count(ended.Result);
        events.TestRunComplete += (_, _) => Dispose();
        _timer = new Timer(_ => Tell(), null, Every, Every);
    }

    /// <inheritdoc/>
    public void Dispose() => _timer?.Dispose();

    private void Count(TestResult result)
    {
        lock (_lock)
        {
            _last = result.TestCase.DisplayName;
            switch (result.Outcome)
            {
                case TestOutcome.Passed: _passed++; break;
                case TestOutcome.Failed: _failed++; break;
                default: _skipped++; break;
            }
        }
    }

    private void Tell()
    {
        lock (_lock)
            Console.WriteLine($"{_assembly}: {DateTime.UtcNow - _start:mm\\:ss}, {_passed} passed, {_failed} failed, {_skipped} skipped; last: {_last}");
    }
}
