using System.Globalization;
using System.Numerics;
using System.Text;
using MedBench.Models.Weights.Bytes;
using MedBench.Models.Weights.Pickles;
using static TorchSharp.torch;

namespace MedBench.Tests.Models.Weights;

/// <summary>Writes the pickles of a state dict, protocol 2, without memo.</summary>
internal sealed class Pickler(Stream stream)
{
    /// <summary>One whole pickle of plain values: bool, integers, text, lists and dicts.</summary>
    public void Dump(object value)
    {
        Begin();
        Plain(value);
        Put(Opcode.Stop);
    }

    /// <summary>An OrderedDict of tensors; tensor number <c>i</c> is all of the storage named <c>i</c>.</summary>
    /// <param name="entries">Names and tensors; only types and shapes are looked at.</param>
    /// <param name="legacy">Whether a storage is named with the view field that files before PyTorch 1.6 have.</param>
    public void DumpStateDict(IReadOnlyList<(string Name, Tensor Tensor)> entries, bool legacy)
    {
        Begin();
        OrderedDict();
        Put(Opcode.Mark);
        for (int i = 0; i < entries.Count; i++)
        {
            Plain(entries[i].Name);
            RebuildTensor(i, entries[i].Tensor, legacy);
        }
        Put(Opcode.SetItems);
        Put(Opcode.Stop);
    }

    private void RebuildTensor(int storage, Tensor tensor, bool legacy)
    {
        long[] shape = tensor.shape;
        Global("torch._utils", "_rebuild_tensor_v2");
        Put(Opcode.Mark);

        Put(Opcode.Mark);
        Plain("storage");
        Global("torch", ElementType.Of(tensor.dtype).Storage);
        Plain(storage.ToString(CultureInfo.InvariantCulture));
        Plain("cpu");
        Plain(tensor.NumberOfElements);
        if (legacy) Put(Opcode.None);
        Put(Opcode.Tuple);
        Put(Opcode.BinPersId);

        Plain(0L);
        Tuple(shape);
        Tuple(Shapes.RowMajor(shape));
        Plain(false);
        OrderedDict();
        Put(Opcode.Tuple);
        Put(Opcode.Reduce);
    }

    private void OrderedDict()
    {
        Global("collections", "OrderedDict");
        Put(Opcode.EmptyTuple);
        Put(Opcode.Reduce);
    }

    private void Plain(object value)
    {
        switch (value)
        {
            case bool b:
                Put(b ? Opcode.NewTrue : Opcode.NewFalse);
                break;
            case string text:
                byte[] utf8 = Encoding.UTF8.GetBytes(text);
                Put(Opcode.BinUnicode, [.. BitConverter.GetBytes(utf8.Length), .. utf8]);
                break;
            case long number:
                Plain(new BigInteger(number));
                break;
            case BigInteger number:
                byte[] bytes = number.ToByteArray();
                Put(Opcode.Long1, [(byte)bytes.Length, .. bytes]);
                break;
            case IEnumerable<KeyValuePair<string, object>> dict:
                Put(Opcode.EmptyDict);
                Put(Opcode.Mark);
                foreach (var (key, item) in dict)
                {
                    Plain(key);
                    Plain(item);
                }
                Put(Opcode.SetItems);
                break;
            case IEnumerable<string> list:
                Put(Opcode.EmptyList);
                Put(Opcode.Mark);
                foreach (string item in list) Plain(item);
                Put(Opcode.Appends);
                break;
            default:
                throw new ArgumentException($"no pickle for {value.GetType()}", nameof(value));
        }
    }

    private void Tuple(long[] numbers)
    {
        Put(Opcode.Mark);
        foreach (long number in numbers) Plain(number);
        Put(Opcode.Tuple);
    }

    private void Begin() => Put(Opcode.Proto, [2]);

    private void Global(string module, string name) => Put(Opcode.Global, Encoding.UTF8.GetBytes($"{module}\n{name}\n"));

    private void Put(Opcode opcode, params ReadOnlySpan<byte> argument)
    {
        stream.WriteByte((byte)opcode);
        stream.Write(argument);
    }
}
