using System.Text;
using MedBench.Core.Errors;
using MedBench.Data.Datasets;

namespace MedBench.Tests.Data.Datasets;

public sealed class GroupFileTests : IDisposable
{
    private static readonly DatasetCard s_card = DatasetCatalog.Get("breastmnist") with { Splits = new SplitCounts(3, 2, 4) };
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_AnyOrder_IsByIndexAndSplit()
    {
        var table = Read("sex,group,index,split\nm,b,1,test\nf,a,0,test\nm,b,3,test\n,c,2,test\nf,a,1,val\nm,d,0,validation\n");

        Assert.Equal(["a", "b", "c", "b"], table[Split.Test].Select(r => r.Group));
        Assert.Equal([0, 1, 2, 1], table.Numbers(Split.Test));
        Assert.Equal(["d", "a"], table[Split.Validation].Select(r => r.Group));
        var sexes = table.By("sex", Split.Test);
        Assert.Equal(["f", "m", "(empty)"], sexes.PartOf.Distinct().Select(p => sexes.Values[p]));
        Assert.Equal([sexes.PartOf[1], sexes.PartOf[3]], Enumerable.Repeat(Array.IndexOf([.. sexes.Values], "m"), 2));
        Assert.Contains("has no train images", Assert.Throws<MedBenchException>(() => table[Split.Train]).Message);
    }

    [Fact]
    public void Read_WithoutASplit_IsOfTheTestSplit() => Assert.Equal([0, 0, 1, 1], Read("index,group\n0,a\n1,a\n2,b\n3,b\n").Numbers(Split.Test));

    [Fact]
    public void Read_HeaderInQuotes_IsThatHeader() => Assert.Equal([0, 0, 1, 1], Read("\"index\",\"group\"\r\n0,\"a\"\r\n1,a\r\n2,b\r\n3,b\r\n").Numbers(Split.Test));

    [Fact]
    public void By_GroupSize_CountsTheImagesOfTheSplit()
    {
        // 'a' has five images, of which three are test images.
        var sizes = Read("split,index,group\ntest,0,a\ntest,1,a\ntest,2,a\ntest,3,b\nval,0,a\nval,1,a\n").By(GroupTable.GroupSize, Split.Test);

        Assert.Equal(["1", "2-3"], sizes.Values);
        Assert.Equal([1, 1, 1, 0], sizes.PartOf);
    }

    [Theory]
    [InlineData("index,patient\n0,a\n", "ids.csv:1: there is no column 'group'")]
    [InlineData("group\na\n", "ids.csv:1: there is no column 'index'")]
    [InlineData("index;group\n0;a\n", "ids.csv:1: the columns are separated by semicolons")]
    [InlineData("index,group,group\n0,a,b\n", "ids.csv:1: the column 'group' is there twice")]
    [InlineData("index,group,class\n0,a,b\n", "ids.csv:1: a column is called 'class'")]
    [InlineData("index,group,\n0,a,b\n", "ids.csv:1: a column is called ''")]
    [InlineData("index,group\n", "ids.csv:1: no line follows the header")]
    [InlineData("index,group\n0,a\n1,\n", "ids.csv:3: column 'group' is empty")]
    [InlineData("index,group\n0,a\n1, \n", "ids.csv:3: column 'group' is empty")]
    [InlineData("index,group\n0,a\n1,b\n3,c\n", "ids.csv: 1 of 4 test images of BreastMNIST (breast ultrasound) have no line, test/2 the first")]
    [InlineData("index,group\n0,a\n4,b\n", "ids.csv:3: index 4; the test split of BreastMNIST (breast ultrasound) has the images 0 to 3")]
    [InlineData("index,group\n0,a\n-1,b\n", "ids.csv:3: column 'index' holds '-1'")]
    [InlineData("index,group\n0,a\n1,b\n0,a\n", "ids.csv:4: test/0 is in line 2 already")]
    [InlineData("split,index,group\nexam,0,a\n", "ids.csv:2: the split 'exam' is unknown")]
    [InlineData("split,index,group\ntest,0,a,f\n", "ids.csv:2: 4 fields, but the header has 3")]
    public void Read_WithAFault_NamesTheLine(string csv, string problem)
    {
        var e = Assert.Throws<MedBenchException>(() => Read(csv));
        Assert.True(e.Message.Contains(problem), e.Message);
        Assert.NotEmpty(e.Fix);
    }

    [Fact]
    public void By_AnUnknownColumn_SaysTheNearest()
    {
        var e = Assert.Throws<MedBenchException>(() => Read("index,group,sex\n0,a,f\n1,a,f\n2,b,m\n3,b,m\n").By("sexx", Split.Test));
        Assert.EndsWith("ids.csv:1: there is no column 'sexx' to tell images apart by", e.Message);
        Assert.Equal("did you mean 'sex'?", e.Fix);
    }

    [Fact]
    public void By_AColumnOfManyValues_IsRefused()
    {
        var card = s_card with { Splits = new SplitCounts(1, 1, 41) };
        string csv = "index,group,age\n" + string.Concat(Enumerable.Range(0, 41).Select(i => $"{i},{i},{i}\n"));
        var table = GroupFile.Read(_folder.Write("ids.csv", Encoding.UTF8.GetBytes(csv)), card);
        Assert.EndsWith("ids.csv:1: the column 'age' has 41 values", Assert.Throws<MedBenchException>(() => table.By("age", Split.Test)).Message);
    }

    private GroupTable Read(string csv) => GroupFile.Read(_folder.Write("ids.csv", Encoding.UTF8.GetBytes(csv)), s_card);
}
