using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using MedBench.Core.Errors;
using MedBench.Models.Weights.Bytes;

namespace MedBench.Models.Weights.Pickles;

/// <summary>
/// Reads a pickle as data. A pickle is a program for a stack machine; this machine knows only the instructions in
/// <see cref="Opcode"/> and the names in <see cref="PickleGlobals"/>, so that nothing from the file is ever executed.
/// Work and memory are bounded by the length, which is bounded itself; nothing recurses.
/// Values: null, bool, long, BigInteger, double, string, object?[] (tuple), List (list), OrderedDictionary (dict),
/// and this project's own records for PyTorch's.
/// </summary>
internal sealed class Unpickler(CheckpointBytes file, long start, long length)
{
    private const long MaxBytes = 64 << 20;
    private const int MaxName = 1024;

    // So that a count in bytes cannot overflow.
    private const long MaxElements = long.MaxValue / 16;

    private readonly long _start = start, _end = start + Math.Min(length, MaxBytes);
    private readonly List<object?> _stack = [];
    private readonly Stack<int> _marks = new();
    private readonly Dictionary<long, object?> _memo = [];
    private readonly Dictionary<string, StorageRef> _storages = new(StringComparer.Ordinal);

    /// <summary>Offset in the file of the first byte not read.</summary>
    public long Position { get; private set; } = start;

    /// <summary>Every storage that was named so far, each once.</summary>
    public IReadOnlyCollection<StorageRef> Storages => _storages.Values;

    /// <summary>What may be a dict's key.</summary>
    public static bool IsKey(object? value) => value is string or long or bool or double or BigInteger;

    /// <summary>Runs to the end of this pickle and returns its value.</summary>
    /// <exception cref="MedBenchException">An instruction or name that is not allowed, or a damaged pickle; says at which offset.</exception>
    public object? Load()
    {
        while (true)
        {
            long at = Position;
            var opcode = (Opcode)Take(1)[0];
            if (opcode == Opcode.Stop)
            {
                object? result = Pop();
                if (_stack.Count > 0 || _marks.Count > 0) throw Bad("has values left over");
                return result;
            }
            Execute(opcode, at);
        }
    }

    private void Execute(Opcode opcode, long at)
    {
        switch (opcode)
        {
            case Opcode.Proto:
                int protocol = Take(1)[0];
                if (protocol is < 2 or > 5) throw Bad($"has protocol {protocol}, not 2 to 5");
                break;
            case Opcode.Frame: Take(8); break;
            case Opcode.Mark: _marks.Push(_stack.Count); break;

            case Opcode.None: _stack.Add(null); break;
            case Opcode.NewTrue: _stack.Add(true); break;
            case Opcode.NewFalse: _stack.Add(false); break;
            case Opcode.BinInt: _stack.Add((long)Int32()); break;
            case Opcode.BinInt1: _stack.Add((long)Take(1)[0]); break;
            case Opcode.BinInt2: _stack.Add((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2))); break;
            case Opcode.Long1: _stack.Add(Integer(Take(Take(1)[0]))); break;
            case Opcode.BinFloat: _stack.Add(BinaryPrimitives.ReadDoubleBigEndian(Take(8))); break;
            case Opcode.BinUnicode: _stack.Add(Text(UInt32())); break;
            case Opcode.BinString: _stack.Add(Text(Int32())); break;
            case Opcode.ShortBinUnicode or Opcode.ShortBinString: _stack.Add(Text(Take(1)[0])); break;

            case Opcode.EmptyTuple: _stack.Add(Array.Empty<object?>()); break;
            case Opcode.Tuple: _stack.Add(PopToMark()); break;
            case Opcode.Tuple1: _stack.Add(Pop(1)); break;
            case Opcode.Tuple2: _stack.Add(Pop(2)); break;
            case Opcode.Tuple3: _stack.Add(Pop(3)); break;
            case Opcode.EmptyList: _stack.Add(new List<object?>()); break;
            case Opcode.Append: Extend(Pop(1)); break;
            case Opcode.Appends: Extend(PopToMark()); break;
            case Opcode.EmptyDict: _stack.Add(new OrderedDictionary<object, object?>()); break;
            case Opcode.SetItem: SetItems(Pop(2)); break;
            case Opcode.SetItems: SetItems(PopToMark()); break;

            case Opcode.BinPut: _memo[Take(1)[0]] = Peek(); break;
            case Opcode.LongBinPut: _memo[UInt32()] = Peek(); break;
            case Opcode.Memoize: _memo[_memo.Count] = Peek(); break;
            case Opcode.BinGet: _stack.Add(Recall(Take(1)[0])); break;
            case Opcode.LongBinGet: _stack.Add(Recall(UInt32())); break;

            case Opcode.Global: _stack.Add(Global(Line(), Line(), at)); break;
            case Opcode.StackGlobal: _stack.Add(Pop(2) is [string module, string name] ? Global(module, name, at) : throw Bad("has a global without a name")); break;
            case Opcode.Reduce: _stack.Add(Construct(Pop(2))); break;
            case Opcode.Build: Build(); break;
            case Opcode.BinPersId: _stack.Add(Storage(Pop())); break;
            default:
                throw Bad($"has the pickle instruction 0x{(byte)opcode:x2} at offset {at}, which no state dict needs; it was not executed");
        }
    }

    private object Global(string module, string name, long at) => PickleGlobals.Find(module, name) ?? throw file.Error(
        $"asks for the Python object {module}.{name} at offset {at}, which no state dict needs; it was not executed",
        "if you trust the file, save only its tensors in Python: torch.save(checkpoint['state_dict'], 'weights.pth')");

    private object Construct(object?[] call) => call is [Constructor constructor, object?[] args]
        ? constructor.Make(args) ?? throw Bad($"calls {constructor.Name} with arguments that do not fit")
        : throw Bad("calls something that is not a function");

    // Attributes such as a state dict's _metadata: nothing here needs them, so they are dropped.
    private void Build()
    {
        Pop();
        if (Peek() is not (OrderedDictionary<object, object?> or TensorView)) throw Bad("sets attributes of something that has none");
    }

    private StorageRef Known(StorageRef storage)
    {
        _storages.TryAdd(storage.Key, storage);
        return storage;
    }

    private StorageRef Storage(object? id)
    {
        if (id is object?[] and ["storage", StorageClass type, string key, string or null, >= 0L and <= MaxElements and long count, .. var view])
        {
            if (view is [] or [null]) return Known(new StorageRef(key, type.Type, count, 0));
            // Legacy files may name a part of a storage: (its own key, offset, elements).
            if (view is [object?[] and [_, >= 0L and long offset, long]] && offset <= count) return Known(new StorageRef(key, type.Type, count, offset));
        }
        throw Bad("has a persistent id that is not a storage");
    }

    private void Extend(object?[] items)
    {
        if (Peek() is not List<object?> list) throw Bad("appends to something that is not a list");
        list.AddRange(items);
    }

    private void SetItems(object?[] items)
    {
        if (Peek() is not OrderedDictionary<object, object?> dict || items.Length % 2 != 0) throw Bad("sets items of something that is not a dict");
        for (int i = 0; i < items.Length; i += 2)
            dict[IsKey(items[i]) ? items[i]! : throw Bad("has a dict key that is not text or a number")] = items[i + 1];
    }

    private object? Recall(long index) => _memo.TryGetValue(index, out object? value) ? value : throw Bad($"recalls {index}, which it never stored");

    private object? Peek() => _stack.Count > Floor ? _stack[^1] : throw Bad("takes a value from an empty stack");

    private object? Pop() => Pop(1)[0];

    private object?[] Pop(int count)
    {
        if (_stack.Count - count < Floor) throw Bad("takes a value from an empty stack");
        object?[] items = [.. _stack[^count..]];
        _stack.RemoveRange(_stack.Count - count, count);
        return items;
    }

    private object?[] PopToMark()
    {
        if (_marks.Count == 0) throw Bad("goes back to a mark that is not there");
        object?[] items = Pop(_stack.Count - Floor);
        _marks.Pop();
        return items;
    }

    private int Floor => _marks.TryPeek(out int mark) ? mark : 0;

    private static object Integer(ReadOnlySpan<byte> littleEndian)
    {
        var value = new BigInteger(littleEndian);
        return littleEndian.Length <= 8 ? (object)(long)value : value;
    }

    private int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    private long UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    private string Text(long bytes) => Encoding.UTF8.GetString(Take(bytes));

    private string Line()
    {
        int length = file.Slice(Position, Math.Min(MaxName, _end - Position)).IndexOf((byte)'\n');
        if (length < 0) throw Bad("has a name without end");
        string line = Text(length);
        Take(1);
        return line;
    }

    private ReadOnlySpan<byte> Take(long bytes)
    {
        if (bytes < 0 || bytes > _end - Position)
            throw Bad(_end - _start == MaxBytes ? $"is longer than {MaxBytes >> 20} MiB" : "ends early");
        var taken = file.Slice(Position, bytes);
        Position += bytes;
        return taken;
    }

    private MedBenchException Bad(string what) => file.Error($"has a pickle (from offset {_start}, read to {Position}) that {what}");
}
