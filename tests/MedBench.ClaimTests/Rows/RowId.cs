using Xunit.Abstractions;

namespace MedBench.ClaimTests.Rows;

/// <summary>The id of a claim or cell. As a plain string xunit would cut it at 50 characters in the test's name, and filters would miss what follows.</summary>
public sealed class RowId : IXunitSerializable
{
    private string _id = "";

    /// <summary>For xunit alone.</summary>
    public RowId()
    {
    }

    public RowId(string id) => _id = id;

    public static implicit operator string(RowId row) => row._id;

    public override string ToString() => _id;

    public void Deserialize(IXunitSerializationInfo info) => _id = info.GetValue<string>("id");

    public void Serialize(IXunitSerializationInfo info) => info.AddValue("id", _id);
}
