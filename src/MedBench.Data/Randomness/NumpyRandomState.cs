namespace MedBench.Data.Randomness;

/// <summary>
/// NumPy's legacy generator, <c>numpy.random.RandomState(seed)</c>: MT19937 (Matsumoto and Nishimura, 1998) seeded by its <c>init_genrand</c>,
/// for repeating draws that published Python code made.
/// </summary>
public sealed class NumpyRandomState
{
    private const int Length = 624, Middle = 397;
    private readonly uint[] _state = new uint[Length];
    private int _next = Length;

    /// <summary>As <c>numpy.random.RandomState(seed)</c>, or <c>numpy.random.seed(seed)</c>.</summary>
    /// <param name="seed">Any 32-bit value.</param>
    public NumpyRandomState(uint seed)
    {
        _state[0] = seed;
        for (uint i = 1; i < Length; i++)
            _state[i] = 1812433253 * (_state[i - 1] ^ (_state[i - 1] >> 30)) + i;
    }

    /// <summary>As <c>permutation(count)</c>: 0 … <paramref name="count"/> − 1 in random order.</summary>
    public int[] Permutation(int count)
    {
        var order = Enumerable.Range(0, count).ToArray();
        for (int last = count - 1; last > 0; last--)
        {
            int other = (int)Interval((uint)last);
            (order[last], order[other]) = (order[other], order[last]);
        }
        return order;
    }

    /// <summary>As <c>choice(count, size, replace=False)</c>: the beginning of a permutation, so that a larger choice contains a smaller one.</summary>
    public int[] Choice(int count, int size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, count);
        return Permutation(count)[..size];
    }

    // Uniform in [0, max]: draws under the smallest mask that covers max until one fits.
    private uint Interval(uint max)
    {
        uint mask = uint.MaxValue >> System.Numerics.BitOperations.LeadingZeroCount(max), value;
        do
            value = NextUInt32() & mask;
        while (value > max);
        return value;
    }

    private uint NextUInt32()
    {
        if (_next == Length)
            Twist();
        uint y = _state[_next++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >> 18);
    }

    private void Twist()
    {
        for (int i = 0; i < Length; i++)
        {
            uint y = (_state[i] & 0x80000000) | (_state[(i + 1) % Length] & 0x7fffffff);
            _state[i] = _state[(i + Middle) % Length] ^ (y >> 1) ^ ((y & 1) * 0x9908b0df);
        }
        _next = 0;
    }
}
