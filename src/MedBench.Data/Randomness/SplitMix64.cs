namespace MedBench.Data.Randomness;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): 64-bit state, fixed for all platforms and .NET versions, unlike <see cref="System.Random"/>.
/// </summary>
/// <param name="seed">Initial state; any value.</param>
public struct SplitMix64(ulong seed)
{
    private const ulong Increment = 0x9E3779B97F4A7C15;
    private ulong _state = seed;

    /// <summary>The next 64 random bits.</summary>
    public ulong Next() => Mix(_state += Increment);

    /// <summary>A uniform integer in [0, <paramref name="bound"/>), without bias (Lemire, 2019: multiply, keep the high half, reject the uneven rest).</summary>
    /// <param name="bound">Exclusive upper end, at least 1.</param>
    public int Next(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        ulong threshold = (0UL - (ulong)bound) % (ulong)bound;
        while (true)
        {
            ulong high = Math.BigMul(Next(), (ulong)bound, out ulong low);
            if (low >= threshold)
                return (int)high;
        }
    }

    /// <summary>A generator whose stream depends on all <paramref name="parts"/> and their order.</summary>
    public static SplitMix64 From(params ReadOnlySpan<int> parts)
    {
        ulong state = 0;
        foreach (int part in parts)
            state = Mix(state + Increment + unchecked((uint)part));
        return new SplitMix64(state);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
