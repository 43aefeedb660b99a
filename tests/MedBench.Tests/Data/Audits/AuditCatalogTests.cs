using MedBench.Core.Errors;
using MedBench.Data.Audits;
using MedBench.Data.Datasets;

namespace MedBench.Tests.Data.Audits;

public sealed class AuditCatalogTests : IDisposable
{
    private static readonly DatasetCard s_breast = DatasetCatalog.Get("breastmnist");
    private static readonly DatasetCard s_own = s_breast with { Name = "mine", IsOwn = true, CardPath = "cards/mine.yaml", Files = new Dictionary<int, DatasetFile> { [28] = new("mine.npz", "0a", "") } };
    private static readonly DatasetAudit s_audit = AuditCatalog.Find(s_breast)!;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_OfTheSameOwnData_IsThatAudit()
    {
        Keep(s_audit with { Dataset = "mine", Md5 = "0a" });
        Assert.Equal("0a", AuditCatalog.Find(s_own, _folder.Path)!.Md5);
    }

    [Fact]
    public void Find_OfOtherOwnDataOfThatName_IsNone_AndSaysWhichFileIsOfWhat()
    {
        string path = Keep(s_audit with { Dataset = "mine", Size = 28, Md5 = "0b" });
        Assert.Null(AuditCatalog.Find(s_own, _folder.Path));
        Assert.Equal($"{path} is of other data, a file with MD5 0b; that of mine has 0a", AuditCatalog.Absence(s_own, _folder.Path));
        // That of other data does not hide the right one.
        Keep(s_audit with { Dataset = "mine", Size = 16, Md5 = "0a" });
        Assert.Equal(16, AuditCatalog.Find(s_own, _folder.Path)!.Size);
    }

    [Fact]
    public void Find_OfALargerPublishedFile_ServesTheOtherSizes() =>
        Assert.Equal((64, s_breast.File(64).Md5), (s_audit.Size, s_audit.Md5));

    [Fact]
    public void Find_OfAnotherVersionOfAPublishedFile_IsRefused()
    {
        string path = Keep(s_audit with { Size = 128, Md5 = "0b" });
        var e = Assert.Throws<MedBenchException>(() => AuditCatalog.Find(s_breast, _folder.Path));
        Assert.StartsWith($"{path} is of other data, a file with MD5 0b", e.Message, StringComparison.Ordinal);
        Assert.Equal("make it anew with: medbench data audit breastmnist --out audits --size 128", e.Fix);
    }

    [Theory]
    [InlineData("cards/mine.yaml", "medbench data audit cards/mine.yaml --out audits")]
    [InlineData("my cards/mine.yaml", "medbench data audit \"my cards/mine.yaml\" --out audits")]
    [InlineData(null, "medbench data audit CARD.yaml --out audits")]
    public void CommandFor_OwnData_NamesTheCard(string? path, string command) => Assert.Equal(command, AuditCatalog.CommandFor(s_own with { CardPath = path }));

    private string Keep(DatasetAudit audit) => AuditCatalog.Write(_folder.Path, audit);
}
