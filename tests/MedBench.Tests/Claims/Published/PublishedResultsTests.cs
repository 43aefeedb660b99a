using MedBench.Claims.Published;
using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Runs.Cells;

namespace MedBench.Tests.Claims.Published;

public sealed class PublishedResultsTests : IDisposable
{
    private const string Header = "dataset,method,model,resolution,metric,mean,std,ddof,n,unit,source,extraction,variant";
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_Embedded_HoldsEveryTranscribedNumber()
    {
        var published = PublishedResults.Load();

        Assert.Equal(["doerrich2025", "wu2025", "yang2023", "pecco2026", "yang2023-official-script", "pawlowska2023", "demo"], published.Papers.Select(p => p.Name));
        Assert.Equal([2400, 2, 154, 608, 8, 0, 3], published.Papers.Select(paper => published.Values.Count(v => v.Key.Paper == paper.Name)));
        Assert.Equal(13, published.Values.Select(v => v.Key.Dataset).Distinct().Count());
    }

    [Fact]
    public void Find_DoerrichCell_ConvertsPercentAndPopulationStd()
    {
        var value = PublishedResults.Load().Find(new CellKey("doerrich2025", "bloodmnist", "end-to-end", "alexnet", 28, Metric.Acc))!;

        Assert.Equal(0.9039, value.Mean, 1e-12);
        Assert.Equal(0.0046 * Math.Sqrt(1.5), value.Std!.Value, 1e-12);
        Assert.Equal(0.00005, value.HalfStep, 1e-15);
        Assert.Equal(3, value.Runs);
        Assert.StartsWith("expected-results/doerrich2025/results.csv:2", value.Location);
    }

    [Fact]
    public void Find_StdPrintedAsZero_CountsAsHalfItsLastDigit()
    {
        var value = PublishedResults.Load().Find(new CellKey("doerrich2025", "bloodmnist", "end-to-end", "alexnet", 64, Metric.Auc))!;

        Assert.Equal(0.00005 * Math.Sqrt(1.5), value.Std!.Value, 1e-12);
    }

    [Fact]
    public void Find_OnlyOneVariant_NeedsNoVariant()
    {
        var published = PublishedResults.Load();

        Assert.Equal(0.9892, published.Find(new CellKey("wu2025", "dermamnist", "end-to-end", "vit_base_patch14_dinov2.lvd142m", 224, Metric.Auc))!.Mean, 1e-12);
        Assert.Null(published.Find(new CellKey("wu2025", "dermamnist", "end-to-end", "vit_base_patch14_dinov2.lvd142m", 224, Metric.Auc, CellVariant.Parse("lr-1e-4"))));
        Assert.Equal("enlarged-to-224", published.Find(new CellKey("yang2023", "breastmnist", "from-scratch", "resnet18.torchvision", 28, Metric.Acc, new CellVariant("enlarged-to-224")))!.Key.Variant.ToString());
    }

    [Fact]
    public void Find_NotPrinted_IsNull()
    {
        var published = PublishedResults.Load();

        Assert.Null(published.Find(new CellKey("wu2025", "bloodmnist", "end-to-end", "resnet18.a1_in1k", 224, Metric.Acc)));
        Assert.Null(published.Find(new CellKey("yang2023", "organcmnist", "from-scratch", "resnet18.cifar", 28, Metric.Auc)));
    }

    [Theory]
    [InlineData("breastmnist,knn,m,28,acc,50.0,,,1,percent,,image,", "column 'source' is empty")]
    [InlineData("breastmnist,knn,m,28,acc,fifty,,,1,percent,t,image,", "column 'mean' holds 'fifty'")]
    [InlineData("breastmnist,knn,m,28,acc,NaN,,,1,percent,t,image,", "column 'mean' holds 'NaN'")]
    [InlineData("brestmnist,knn,m,28,acc,50.0,,,1,percent,t,image,", "unknown dataset 'brestmnist'")]
    [InlineData("breastmnist,knn,m,28,acc,-1.0,,,1,percent,t,image,", "column 'mean' holds '-1.0'")]
    [InlineData("breastmnist,knn,m,28,acc,50.0,,,1,fraction,t,image,", "a mean of 50 is more than 1")]
    [InlineData("breastmnist,kn,m,28,acc,50.0,,,1,percent,t,image,", "unknown method 'kn'")]
    [InlineData("breastmnist,knn,x9,28,acc,50.0,,,1,percent,t,image,", "unknown model 'x9'")]
    [InlineData("breastmnist,knn,m,big,acc,50.0,,,1,percent,t,image,", "column 'resolution' holds 'big'")]
    [InlineData("breastmnist,knn,m,256,acc,50.0,,,1,percent,t,image,", "breastmnist has no file of 256 px")]
    [InlineData("breastmnist,knn,m,28,f1,50.0,,,1,percent,t,image,", "unknown metric 'f1'")]
    [InlineData("breastmnist,knn,m,28,acc,50.0,1.0,0,1,percent,t,image,", "a std without at least two runs")]
    [InlineData("breastmnist,knn,m,28,acc,50.0,1.0,,3,percent,t,image,", "column 'ddof' is empty")]
    [InlineData("breastmnist,knn,m,28,acc,50.0,,,1,percent,t,image", "12 fields, but the header has 13")]
    [InlineData("breastmnist,knn,m,28,acc,50.0,,,1,percent,\"t,image,", "a quoted field is not closed")]
    public void Load_MalformedRow_NamesFileAndLine(string row, string message)
    {
        string file = Write($"{Header}\nbreastmnist,knn,m,64,acc,50.0,,,1,percent,\"Table 1, left\",image,\n{row}\n");

        var error = Assert.Throws<MedBenchException>(() => PublishedResults.Load(_folder.Path));

        Assert.StartsWith($"{file}:3: {message}", error.Message);
        Assert.NotEmpty(error.Fix);
    }

    [Fact]
    public void Load_SameCellTwice_NamesBothLines()
    {
        string file = Write($"{Header}\nbreastmnist,knn,m,64,acc,50.0,,,1,percent,t,image,\nbreastmnist,knn,m,64,acc,51.0,,,1,percent,t,image,\n");

        var error = Assert.Throws<MedBenchException>(() => PublishedResults.Load(_folder.Path));

        Assert.StartsWith($"{file}:3: ", error.Message);
        Assert.EndsWith($"first at {file}:2", error.Message);
    }

    [Fact]
    public void Load_EmptyFile_IsNotNoNumbers()
    {
        string file = Write("");

        Assert.StartsWith($"{file}: is empty", Assert.Throws<MedBenchException>(() => PublishedResults.Load(_folder.Path)).Message);
    }

    [Fact]
    public void Load_SameModelTwice_NamesFileAndLine()
    {
        Write($"{Header}\n");
        AtomicFile.WriteText(_folder.File("models.csv"), "paper,printed,model,kind,note\np,M,m,cnn,\np,N,m,vit,\n");

        Assert.StartsWith($"{_folder.Path}/models.csv:3: m of p appears again", Assert.Throws<MedBenchException>(() => PublishedResults.Load(_folder.Path)).Message);
    }

    [Fact]
    public void Deviation_OfTheLastEpoch_IsItsOwnAndOfNoCellIsRefused()
    {
        Write($"{Header}\nbreastmnist,knn,m,64,acc,50.0,,,1,percent,t,image,\n", "p,breastmnist,knn,m,64,acc,last-epoch,other weights,https://example.org/1,2026-11-30\n");
        var published = PublishedResults.Load(_folder.Path);
        var key = published.Values.Single().Key;

        Assert.Null(published.Deviation(key));
        Assert.NotNull(published.Deviation(key.With(TestedWeights.LastEpoch)));
        Assert.Equal(key, key.With(TestedWeights.LastEpoch).With(TestedWeights.Selected));

        Write($"{Header}\nbreastmnist,knn,m,64,acc,50.0,,,1,percent,t,image,\n", "p,breastmnist,knn,m,28,acc,,resize differs,https://example.org/1,2026-11-30\n");
        Assert.Contains("known-deviations.csv:2: p/breastmnist/knn/m/28/acc is no printed cell", Assert.Throws<MedBenchException>(() => PublishedResults.Load(_folder.Path)).Message);
    }

    [Fact]
    public void Runs_OfAPrintedMean_GiveItsStd()
    {
        var published = PublishedResults.Load();
        var breast = published.Find(new CellKey("yang2023", "breastmnist", "from-scratch", "resnet18.cifar", 28, Metric.Auc))!;

        Assert.Equal((3, 0.901), (breast.Runs, breast.Mean));
        Assert.Equal(0.01454, breast.Std!.Value, 5e-6);
        Assert.Equal([17, 29, 43, 71, 101], published.RunsOf(breast.Key with { Paper = "yang2023-official-script" }).Select(r => r.Seed));
        Assert.Equal(10, published.Released.Count);
    }

    [Theory]
    [InlineData("0.60,0.61", ":2: the 2 runs of p/breastmnist/knn/m/64/acc in runs.csv have a mean of 0.605000, which does not round to the printed one")]
    [InlineData("0.49,0.50,0.51", ":2: n is 2, but runs.csv has 3 runs")]
    public void Runs_OfAnotherMeanOrNumber_AreRefused(string values, string message)
    {
        string file = Write($"{Header}\nbreastmnist,knn,m,64,acc,50.0,,,2,percent,t,image,\n");
        Runs(values.Split(',').Select((value, i) => $"{i},{value}"));

        Assert.StartsWith(file + message, Assert.Throws<MedBenchException>(() => PublishedResults.Load(_folder.Path)).Message);
    }

    [Fact]
    public void Runs_SameSeedTwice_NamesBothLines()
    {
        Write($"{Header}\n");
        Runs(["0,0.5", "0,0.6"]);

        Assert.Equal($"{_folder.Path}/p/runs.csv:3: seed 0 of p/breastmnist/knn/m/64/acc appears again, first at {_folder.Path}/p/runs.csv:2", Assert.Throws<MedBenchException>(() => PublishedResults.Load(_folder.Path)).Message);
    }

    [Fact]
    public void Study_DeviatingFromAnUnknownPaper_NamesFileAndLine()
    {
        Write($"{Header}\n");
        AtomicFile.WriteText(_folder.File("p/study.yaml"), "schema: 1\npaper: p\nsource: s\nprotocol: t\ndeviations:\n  q: [padded]\n");

        Assert.StartsWith($"{_folder.Path}/p/study.yaml:6:", Assert.Throws<MedBenchException>(() => PublishedResults.Load(_folder.Path)).Message);
    }

    [Fact]
    public void Methods_OfTheFolder_TakeThePlaceOfTheBuiltIn()
    {
        AtomicFile.WriteText(_folder.File("methods.csv"), "method,meaning\nadapters,small layers are trained\n");
        Write($"{Header}\nbreastmnist,adapters,m,64,acc,50.0,,,2,percent,t,image,\n");

        Assert.Equal("adapters", PublishedResults.Load(_folder.Path).Values.Single().Key.Method);
    }

    [Fact]
    public void Load_OtherHeader_ShowsTheRightOne()
    {
        string file = Write("dataset,mean\nbreastmnist,1\n");

        var error = Assert.Throws<MedBenchException>(() => PublishedResults.Load(_folder.Path));

        Assert.StartsWith($"{file}:1: the header is 'dataset,mean'", error.Message);
        Assert.Contains(Header, error.Fix);
    }

    [Fact]
    public void Load_QuotedField_KeepsCommaAndQuote()
    {
        Write($"{Header}\nbreastmnist,knn,m,64,acc,50.0,,,1,percent,\"Table 1, \"\"left\"\"\",image,\n");

        Assert.Equal("Table 1, \"left\"", PublishedResults.Load(_folder.Path).Find(new CellKey("p", "breastmnist", "knn", "m", 64, Metric.Acc))!.Source);
    }

    [Fact]
    public void Find_PlainCellOfPrintedVariants_IsNoneOfThem()
    {
        Write($"{Header}\nbreastmnist,knn,m,64,acc,50.0,,,1,percent,t,image,a\nbreastmnist,knn,m,64,acc,51.0,,,1,percent,t,image,b\n");
        var published = PublishedResults.Load(_folder.Path);

        Assert.Null(published.Find(new CellKey("p", "breastmnist", "knn", "m", 64, Metric.Acc)));
        Assert.Equal(0.51, published.Find(new CellKey("p", "breastmnist", "knn", "m", 64, Metric.Acc, new CellVariant("b")))!.Mean);
    }

    [Fact]
    public void Deviation_Listed_IsFoundAndItsDateChecked()
    {
        Write($"{Header}\nbreastmnist,knn,m,64,acc,50.0,,,1,percent,t,image,\n", "p,breastmnist,knn,m,64,acc,,resize differs,https://example.org/1,2026-11-30\n");
        var published = PublishedResults.Load(_folder.Path);
        var value = published.Find(new CellKey("p", "breastmnist", "knn", "m", 64, Metric.Acc))!;

        Assert.Equal(new DateOnly(2026, 11, 30), published.Deviation(value.Key)!.Since);

        Write($"{Header}\n", "p,breastmnist,knn,m,64,acc,,resize differs,https://example.org/1,yesterday\n");
        Assert.Contains("known-deviations.csv:2: column 'since' holds 'yesterday'", Assert.Throws<MedBenchException>(() => PublishedResults.Load(_folder.Path)).Message);
    }

    [Fact]
    public void Load_PaperWithoutCitation_IsRefused()
    {
        Write($"{Header}\n");
        AtomicFile.WriteText(Path.Combine(_folder.Path, "q", "results.csv"), $"{Header}\n");

        Assert.Contains("papers.csv has no row for 'q'", Assert.Throws<MedBenchException>(() => PublishedResults.Load(_folder.Path)).Message);
    }

    [Fact]
    public void Load_FolderMissing_Throws() =>
        Assert.Throws<MedBenchException>(() => PublishedResults.Load(_folder.File("none")));

    private void Runs(IEnumerable<string> seedsAndValues) => AtomicFile.WriteText(
        _folder.File("p/runs.csv"), $"dataset,method,model,resolution,metric,variant,seed,value,source\n{string.Concat(seedsAndValues.Select(row => $"breastmnist,knn,m,64,acc,,{row},t\n"))}");

    private string Write(string results, string deviations = "")
    {
        AtomicFile.WriteText(_folder.File("models.csv"), "paper,printed,model,kind,note\np,M,m,cnn,\n");
        AtomicFile.WriteText(_folder.File("papers.csv"), "paper,citation,caveat,datasets\np,A paper,,medmnist2d\n");
        AtomicFile.WriteText(_folder.File("known-deviations.csv"), "paper,dataset,method,model,resolution,metric,variant,reason,link,since\n" + deviations);
        AtomicFile.WriteText(Path.Combine(_folder.Path, "p", "results.csv"), results);
        return _folder.Path + "/p/results.csv";
    }
}
