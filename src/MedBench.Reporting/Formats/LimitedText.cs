using System.Text;

namespace MedBench.Reporting.Formats;

/// <summary>Text that counts its bytes and takes no more than fit.</summary>
/// <param name="limit">Most bytes.</param>
/// <param name="reserve">Of them, kept for what must be said at the end of a part.</param>
internal sealed class LimitedText(int limit, int reserve)
{
    private readonly StringBuilder _text = new();
    private int _bytes;

    /// <summary>Adds a part that was counted on; dropped only where nothing more fits at all.</summary>
    internal void Must(string part) => Add(part, limit);

    /// <summary>Adds a part if it fits beside the reserve.</summary>
    internal bool Try(string part) => Add(part, limit - reserve);

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private bool Add(string part, int most)
    {
        int bytes = Encoding.UTF8.GetByteCount(part);
        if (_bytes + bytes > most) return false;
        _bytes += bytes;
        _text.Append(part);
        return true;
    }
}
