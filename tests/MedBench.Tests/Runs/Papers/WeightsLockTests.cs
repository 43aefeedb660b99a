using System.Text;
using MedBench.Core.Errors;
using MedBench.Models.Catalog;
using MedBench.Models.Weights.Hub;
using MedBench.Runs.Papers;

namespace MedBench.Tests.Runs.Papers;

/// <summary>Which file a published checkpoint is: by its card, or by the first one that somebody had.</summary>
public sealed class WeightsLockTests : IDisposable
{
    private static readonly string s_digest = new('a', 64), s_other = new('b', 64), s_commit = new('c', 40);
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void With_TheFirstFile_IsTheOneFromThenOn()
    {
        var card = ModelCatalog.Get("resnet18.a1_in1k");
        Assert.Null(WeightsLock.Load(_folder.Path).Sha256Of(card));

        WeightsLock.Load(_folder.Path).With(card, new ResolvedWeights($"/hub/models--timm--x/snapshots/{s_commit}/model.safetensors", s_digest, WeightOrigin.Cache), _folder.Path);
        var locked = WeightsLock.Load(_folder.Path);
        locked.With(card, new ResolvedWeights("/other", s_other, WeightOrigin.Folder), _folder.Path);

        Assert.Equal(new LockedWeights(s_digest, s_commit, card.Hub!.ToString()), WeightsLock.Load(_folder.Path).Weights[card.Name]);
        Assert.True(locked.Accepts(card.Name, s_digest));
        Assert.False(locked.Accepts(card.Name, s_other));
        Assert.False(locked.Accepts("no-such-model", s_digest));
    }

    [Fact]
    public void With_AModelWhoseCardHasADigest_LocksNothing()
    {
        var card = ModelCatalog.Get("resnet20.cntk_in1k");
        var locked = WeightsLock.Empty;

        Assert.Same(locked, locked.With(card, new ResolvedWeights("/x", s_other, WeightOrigin.Folder), _folder.Path));
        Assert.Equal(card.Hub!.Sha256, locked.Sha256Of(card));
    }

    [Theory]
    [InlineData("""{ "schema": 2, "weights": {} }""", "schema 2")]
    [InlineData("""{ "schema": 1, "weights": { "m": { "sha256": "abc", "revision": null, "source": "s" } } }""", "'abc' of m is not a sha256")]
    public void Load_WhatIsNoLock_SaysWhere(string json, string problem)
    {
        _folder.Write(WeightsLock.FileName, Encoding.UTF8.GetBytes(json));

        var error = Assert.Throws<MedBenchException>(() => WeightsLock.Load(_folder.Path));

        Assert.Contains(problem, error.Message);
        Assert.Contains(WeightsLock.FileName, error.Message);
    }

    [Fact]
    public void Load_OfTheRepository_IsWhole() => Assert.Equal(1, WeightsLock.Load(Repository.File("expected-results")).Schema);
}
