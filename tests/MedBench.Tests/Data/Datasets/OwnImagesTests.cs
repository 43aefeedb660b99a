using System.Text;
using MedBench.Core.Errors;
using MedBench.Data.Datasets;
using MedBench.Tests.Data.Pictures;

namespace MedBench.Tests.Data.Datasets;

public sealed class OwnImagesTests : IDisposable
{
    private const string Head = "schema: 1\nname: mine\ntitle: Mine\nlicense: none\nsize: 8\n";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_ClassFolders_AreNaturallyOrderedAndSplit()
    {
        foreach (string label in (string[])["10", "2", "1"])
            for (int i = 0; i < 10; i++) Image($"images/{label}/{i}.png", 10 * int.Parse(label) + i);
        Text("images/2/Thumbs.db", "x");
        Text("images/.hidden/1.png", "x");
        Text("images/notes.txt", "x");
        var card = Read("folder: images\ntask: multi-class\n");
        Assert.Equal(["1", "2", "10"], card.Labels);
        Assert.Equal((1, new SplitCounts(21, 3, 6)), (card.Channels, card.Splits));
        Assert.Contains(card.Caveats, c => c.StartsWith("1 file without an image's ending", StringComparison.Ordinal));
        Assert.Contains(card.Caveats, c => c.Contains("seed 0", StringComparison.Ordinal));
        using var dataset = ImageDataset.Open(card, 8, cache: _folder.File("cache"));
        foreach (var split in Enum.GetValues<Split>())
            for (int i = 0; i < dataset[split].Count; i++) Assert.Equal(card.Labels[dataset[split].ClassOf(i)], $"{dataset[split].Image(i)[0] / 10}".Replace("11", "10"));
    }

    [Fact]
    public void Read_SplitFolders_AreTakenAsTheyAre()
    {
        foreach (var (split, count) in new[] { ("train", 4), ("val", 2), ("test", 3) })
            for (int i = 0; i < count; i++) Image($"images/{split}/{(i % 2 == 0 ? "no" : "yes")}/{i}.png", i);
        Assert.Equal(new SplitCounts(4, 2, 3), Read("folder: images\ntask: binary-class\n").Splits);
    }

    [Fact]
    public void Read_SplitFoldersUnderOtherNames_AreKnown()
    {
        foreach (string split in (string[])["Training", "dev", "Testing"])
            for (int i = 0; i < 4; i++) Image($"images/{split}/{(i % 2 == 0 ? "no" : "yes")}/{i}.png", i);
        Assert.Equal(new SplitCounts(4, 4, 4), Read("folder: images\ntask: binary-class\n").Splits);
    }

    [Theory]
    [InlineData("eval", "train", "the folder eval is named like no split, and beside it train")]
    [InlineData("val", "test", "there is no train beside test, val")]
    public void Read_FoldersOfWhichSomeAreNamedLikeSplits_AreRefused(string first, string second, string problem)
    {
        foreach (string folder in (string[])[first, second]) Image($"images/{folder}/no/1.png", 1);
        var e = Assert.Throws<MedBenchException>(() => Read("folder: images\ntask: binary-class\n"));
        Assert.EndsWith(problem, e.Message);
        Assert.Contains("training", e.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_HeaderInQuotes_IsThatHeader()
    {
        for (int i = 0; i < 24; i++) Image($"{i}.png", i);
        Text("images.csv", "\"path\",\"label\"\n" + string.Concat(Enumerable.Range(0, 24).Select(i => $"\"{i}.png\",{(i % 2 == 0 ? "no" : "yes")}\n")));
        Assert.Equal(new SplitCounts(18, 2, 4), Read("csv: images.csv\ntask: binary-class\n").Splits);
    }

    [Fact]
    public void Read_ClassWithoutTrainingImages_NamesItsFirstLine()
    {
        for (int i = 0; i < 4; i++) Image($"{i}.png", i);
        Text("images.csv", "path,label,split\n0.png,no,train\n1.png,no,val\n2.png,no,test\n3.png,yes,test\n");
        var e = Assert.Throws<MedBenchException>(() => Read("csv: images.csv\ntask: binary-class\n"));
        Assert.EndsWith("images.csv:5: 3.png: no training image has the label 'yes'", e.Message);
    }

    [Fact]
    public void Read_GroupsWithEqualFiles_AreDrawnTogether()
    {
        var lines = new StringBuilder("path,label,group\n");
        for (int i = 0; i < 40; i++)
        {
            Image($"a{i}.png", i);
            Image($"b{i}.png", i);
            string label = i % 2 == 0 ? "no" : "yes";
            lines.Append($"a{i}.png,{label},p{i}\nb{i}.png,{label},q{i}\n");
        }
        Text("images.csv", lines.ToString());
        var card = Read("csv: images.csv\ntask: binary-class\n");
        using var dataset = ImageDataset.Open(card, 8, cache: _folder.File("cache"));
        Assert.Equal(40, Enum.GetValues<Split>().Sum(s => Enumerable.Range(0, dataset[s].Count).Select(i => dataset[s].Image(i)[0]).Distinct().Count()));
        Assert.Contains("80 groups have a file that is equal to one of another group: they are drawn together", card.Caveats);
    }

    [Fact]
    public void Read_GroupsTooLargeForTheShare_SaysWhatTheShareIs()
    {
        for (int i = 0; i < 80; i++) Image($"images/{(i < 40 ? "no" : "yes")}/p{i / 10}/{i}.png", i);
        Assert.Contains(Read("folder: images\ntask: binary-class\nsplit: {test: 0.1}\n").Caveats, c => c.StartsWith("20 test images drawn where about 8 were asked for", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_OptionsWithoutEffect_AreSaid()
    {
        foreach (string split in (string[])["train", "val", "test"])
            for (int i = 0; i < 4; i++) Image($"images/{split}/{(i % 2 == 0 ? "no" : "yes")}/{i}.png", i);
        Assert.Equal(["'split' of the card has no effect: the images have their splits already", "no 16-bit greys, so that 'window' has no effect: 12 of 12 images, 0.png the first"],
            Read("folder: images\ntask: binary-class\nwindow: [0, 4095]\nsplit: {seed: 1}\n").Caveats);
    }

    [Fact]
    public void Read_EqualImagesOfOtherNames_AreListedByThese()
    {
        for (int i = 0; i < 24; i++)
        {
            Image($"a{i}.png", i);
            Image($"b{i}.png", i);
        }
        string Listed(string prefix)
        {
            Text("images.csv", "path,label\n" + string.Concat(Enumerable.Range(0, 24).Select(i => $"{prefix}{i}.png,{(i % 2 == 0 ? "no" : "yes")}\n")));
            return File.ReadAllText(Path.Combine(Path.GetDirectoryName(Read("csv: images.csv\ntask: binary-class\n").File(8).FileName)!, "images.csv"));
        }
        string first = Listed("a");
        Assert.Equal(first.Replace("/a", "/b", StringComparison.Ordinal), Listed("b"));
    }

    [Fact]
    public void Read_CacheThatCannotBeWritten_NamesItsVariable()
    {
        Pairs(12);
        foreach (string file in Directory.GetFiles(_folder.File("images"), "*", SearchOption.AllDirectories)) File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
        Text("cache", "no folder");
        Assert.Contains("MEDBENCH_CACHE", Assert.Throws<MedBenchException>(() => Read("folder: images\ntask: binary-class\n")).Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Again_GivesTheSameFile_AndAnotherWhereAPixelChanged()
    {
        Pairs(12);
        string card = "folder: images\ntask: binary-class\n";
        string first = Read(card).File(8).Md5;
        Assert.Equal(first, Read(card).File(8).Md5);
        Image("images/no/3.png", 200);
        Assert.NotEqual(first, Read(card).File(8).Md5);
    }

    [Fact]
    public void Read_FilesOfTheSameLengthAndTime_AreNotReadAgainUnlessTheyWereChangedJustBefore()
    {
        Pairs(12);
        const string Card = "folder: images\ntask: binary-class\n", Changed = "images/no/3.png";
        DateTime old = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        string Put(int value, DateTime time)
        {
            Image(Changed, value);
            foreach (string file in Directory.GetFiles(_folder.File("images"), "*", SearchOption.AllDirectories)) File.SetLastWriteTimeUtc(file, time);
            return Read(Card).File(8).Md5;
        }
        Image(Changed, 3);
        long length = new FileInfo(_folder.File(Changed)).Length;
        Image(Changed, 200);
        Assert.Equal(length, new FileInfo(_folder.File(Changed)).Length);

        string first = Put(3, old);
        Assert.Equal(first, Put(200, old));
        Assert.NotEqual(first, Put(200, old.AddSeconds(1)));
        // Of a time at which it could have been changed again.
        var soon = DateTime.UtcNow.AddMinutes(1);
        Assert.Equal(first, Put(3, soon));
        Assert.NotEqual(first, Put(200, soon));
    }

    [Fact]
    public void Read_WhatWasSeenIsDamaged_LooksAgain()
    {
        Pairs(12);
        foreach (string file in Directory.GetFiles(_folder.File("images"), "*", SearchOption.AllDirectories)) File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
        const string Card = "folder: images\ntask: binary-class\n";
        string first = Read(Card).File(8).Md5, seen = Assert.Single(Directory.GetFiles(_folder.File("cache/own/seen")));
        _folder.Write(seen, "[{"u8);
        Assert.Equal(first, Read(Card).File(8).Md5);
        Assert.NotEqual("[{", File.ReadAllText(seen));
    }

    [Fact]
    public void Read_Groups_StayTogether()
    {
        var lines = new StringBuilder("path,label,group\n");
        for (int i = 0; i < 40; i++)
        {
            Image($"i/{i}.png", i);
            lines.Append($"i\\{i}.png,{(i / 4 % 2 == 0 ? "no" : "yes")},p{i / 4}\n");
        }
        Text("images.csv", lines.ToString());
        var card = Read("csv: images.csv\ntask: binary-class\nsplit: {seed: 3, validation: 0.2, test: 0.2}\n");
        Assert.Equal(new SplitCounts(24, 8, 8), card.Splits);
        using var dataset = ImageDataset.Open(card, 8, cache: _folder.File("cache"));
        var groups = Enum.GetValues<Split>().Select(s => Enumerable.Range(0, dataset[s].Count).Select(i => dataset[s].Image(i)[0] / 4).ToHashSet()).ToList();
        Assert.Equal(10, groups.Sum(g => g.Count));
        Assert.Contains("backslashes in 40 paths read as slashes", card.Caveats);
    }

    [Fact]
    public void Read_GroupsAndOtherColumns_AreOfTheCardInTheOrderOfItsSplits()
    {
        for (int i = 0; i < 12; i++) Image($"{i}.png", 20 * i);
        string Csv(string prefix) => "sex,path,label,split,group\n" + string.Concat(Enumerable.Range(0, 12).Select(i => $"{(i % 3 == 0 ? "f" : "m")},{i}.png,{(i % 4 < 2 ? "no" : "yes")},{(i % 3 == 0 ? "test" : i % 3 == 1 ? "val" : "train")},{prefix}{i % 6}\n"));
        Text("images.csv", Csv("p"));
        var card = Read("csv: images.csv\ntask: binary-class\n");
        Assert.Equal(["p0", "p3", "p0", "p3"], card.Groups![Split.Test].Select(r => r.Group));
        Assert.Equal(["f", "f", "f", "f"], card.Groups[Split.Test].Select(r => r.Values.Single()));
        Assert.Equal(["m"], card.Groups.By("sex", Split.Train).Values);
        using var dataset = ImageDataset.Open(card, 8, cache: _folder.File("cache"));
        Assert.Equal([0, 3, 6, 9], Enumerable.Range(0, 4).Select(i => dataset.Test.Image(i)[0] / 20));
        // Other names, the same images: nothing is decoded anew, and yet they are the new ones.
        Text("images.csv", Csv("q"));
        Assert.Equal("q0", Read("csv: images.csv\ntask: binary-class\n").Groups![Split.Test][0].Group);
        Text("images.csv", "path,label\n" + string.Concat(Enumerable.Range(0, 12).Select(i => $"{i}.png,{(i % 2 == 0 ? "no" : "yes")}\n")));
        Assert.Null(Read("csv: images.csv\ntask: binary-class\n").Groups);
    }

    [Fact]
    public void Read_SeveralLabelsInACell_AreFindings()
    {
        for (int i = 0; i < 12; i++) Image($"{i}.png", i);
        Text("images.csv", "path,label,split\n" + string.Concat(Enumerable.Range(0, 12).Select(i => $"{i}.png,{(i % 3 == 0 ? "a|b" : i % 3 == 1 ? "b" : "")},{(i < 6 ? "train" : i < 9 ? "val" : "test")}\n")));
        var card = Read("csv: images.csv\ntask: multi-label\nlabels: [a, b]\n");
        using var dataset = ImageDataset.Open(card, 8, cache: _folder.File("cache"));
        Assert.Equal("11 01 00", string.Join(' ', Enumerable.Range(0, 3).Select(i => string.Concat(dataset.Train.Label(i).ToArray()))));
        Assert.Contains("4 empty label cells read as no finding", card.Caveats);
    }

    [Theory]
    [InlineData("path,label\n0.png,no\n9.png,yes\n", "images.csv:3: 9.png does not exist")]
    [InlineData("path,label\n0.png,no\nA.png,yes\n", "a.png differs in upper and lower case only")]
    [InlineData("path,label\n0.png,no\n0.png,yes\n", "images.csv:3: 0.png is in line 2 already")]
    [InlineData("path,label\n0.png,no\n1.png,\n", "images.csv:3: column 'label' is empty")]
    [InlineData("path,label\n0.png,no\n1.png,yes|no\n", "images.csv:3: 'yes|no' is several labels")]
    [InlineData("path,label\n0.png,no\n1.png,No\n", "images.csv:3: 1.png: the label 'No' is none of the card's: no, yes; 'no' differs")]
    [InlineData("path,label,split\n0.png,no,train\n1.png,yes,exam\n", "images.csv:3: the split 'exam' is unknown")]
    [InlineData("path,label,split\n0.png,no,train\n1.png,yes,\n", "images.csv:3: column 'split' is empty")]
    [InlineData("path,label,split,group\n0.png,no,train,p\n1.png,yes,test,p\n", "images.csv:3: 1.png: the group 'p' is in test here and in training at")]
    [InlineData("path,label,split\n0.png,no,train\n1.png,yes,test\n2.png,no,val\n", "mine.yaml:8:9: no training image has the label 'yes'")]
    [InlineData("path,label,split\n0.png,no,train\n1.png,yes,train\n", "the splits have no test images")]
    [InlineData("path,label\n0.png,no\n1.png,yes\n", "none is left for test")]
    [InlineData("path,label,group\n0.png,no,p\n1.png,yes, \n", "images.csv:3: column 'group' is empty")]
    [InlineData("path,label\n0.png,no\n.,yes\n", "images.csv:3: . is a folder")]
    [InlineData("path;label\n0.png;no\n", "images.csv:1: the columns are separated by semicolons")]
    [InlineData("path\tlabel\n0.png\tno\n", "images.csv:1: the columns are separated by tabs")]
    [InlineData("\"path,label\n0.png,no\n", "images.csv:1: a quoted field is not closed")]
    [InlineData("file,label\n0.png,no\n", "images.csv:1: there is no column 'path'")]
    [InlineData("path,label\n0.png,no\nbroken.png,yes\n", "images.csv:3: broken.png: is no PNG or JPEG file")]
    public void Read_FaultyCsv_NamesTheLine(string csv, string problem)
    {
        for (int i = 0; i < 4; i++) Image($"{i}.png", i);
        Image("a.png", 9);
        Text("broken.png", "text");
        Text("images.csv", csv);
        var e = Assert.Throws<MedBenchException>(() => Read("csv: images.csv\ntask: binary-class\nlabels: [no, yes]\n"));
        Assert.Contains(problem, e.Message);
    }

    [Theory]
    [InlineData("images/no/scan.dcm", "scan.dcm is no PNG or JPEG file")]
    [InlineData("images/loose.png", "loose.png is in no class folder")]
    [InlineData("images/No/1.png", "No and no differ in upper and lower case only")]
    public void Read_FaultyFolder_NamesTheFile(string file, string problem)
    {
        Pairs(4);
        Image(file, 1);
        var e = Assert.Throws<MedBenchException>(() => Read("folder: images\ntask: multi-class\n"));
        Assert.True(e.Message.Contains(problem), e.Message);
    }

    [Theory]
    [InlineData("folder: images\ncsv: images.csv\ntask: binary-class\n", "the card names folder and csv")]
    [InlineData("task: binary-class\n", "the card names no images")]
    [InlineData("folder: mine.yaml\ntask: binary-class\n", "mine.yaml is a file")]
    [InlineData("folder: absent\ntask: binary-class\n", "mine.yaml:6:")]
    [InlineData("folder: images\ntask: multi-label\n", "mine.yaml:7:")]
    [InlineData("folder: images\ntask: ordinal-regression\n", "labels is missing")]
    [InlineData("folder: images\ntask: binary-class\nwindow: [5, 5]\n", "mine.yaml:8:")]
    [InlineData("folder: images\ntask: binary-class\nsplit: {test: 1.0}\n", "mine.yaml:8:")]
    [InlineData("folder: images\ntask: binary-class\nsquare: round\n", "mine.yaml:8:")]
    public void Read_FaultyCard_NamesThePlace(string card, string problem)
    {
        Pairs(4);
        var e = Assert.Throws<MedBenchException>(() => Read(card));
        Assert.True(e.Message.Contains(problem), e.Message);
    }

    [Fact]
    public void CardOf_RecordedFacts_IsTheDatasetWithoutItsImages()
    {
        Pairs(12);
        var card = Read("folder: images\ntask: binary-class\n") with { Name = "own-images-tests" };
        var recorded = DatasetFacts.Of(card)!.CardOf(card.Name, 8, card.File(8).Md5);
        Assert.Equal((card.File(8).Md5, card.Splits), (recorded.File(8).Md5, recorded.Splits));
        Assert.False(ImageDataset.IsPresent(recorded, 8));
        Assert.Null(DatasetFacts.Of(DatasetCatalog.Get("breastmnist")));
        Assert.Null(DatasetCatalog.Find(card.Name));
    }

    private DatasetCard Read(string card) => OwnDataset.Read(Text("mine.yaml", Head + card), _folder.File("cache"));

    private void Pairs(int each)
    {
        for (int i = 0; i < each; i++)
        {
            Image($"images/no/{i}.png", i);
            Image($"images/yes/{i}.png", 100 + i);
        }
    }

    private void Image(string name, int value) => _folder.Write(name, PictureFixture.Plain(value));

    private string Text(string name, string text) => _folder.Write(name, Encoding.UTF8.GetBytes(text));
}
