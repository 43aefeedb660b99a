using MedBench.Core.Files;

namespace MedBench.Tests.Core.Files;

public sealed class FolderListingTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(".ipynb_checkpoints/a.yaml")]
    [InlineData("._a.yaml")]
    [InlineData(".AppleDouble/a.yaml")]
    [InlineData("__MACOSX/a.yaml")]
    [InlineData("lost+found/a.yaml")]
    [InlineData("@eaDir/a.yaml")]
    [InlineData("#recycle/a.yaml")]
    [InlineData("System Volume Information/a.yaml")]
    [InlineData("$RECYCLE.BIN/a.yaml")]
    [InlineData("sub/.git/a.yaml")]
    [InlineData("sub/.hidden/deeper/a.yaml")]
    [InlineData("a.yaml~")]
    [InlineData("#a.yaml#")]
    [InlineData("~$a.yaml")]
    [InlineData("Thumbs.db")]
    [InlineData(".DS_Store")]
    public void Files_WhatNobodyPutThere_IsLeftOut(string name)
    {
        _folder.Write(name, []);
        string own = _folder.Write("sub/b.yaml", []);
        Assert.Equal([own], FolderListing.Files(_folder.Path));
    }

    [Fact]
    public void Files_HiddenFolderItself_IsRead() => Assert.Equal([_folder.Write(".mine/a.yml", [])], FolderListing.Files(_folder.File(".mine")));

    [SkippableFact]
    public void Files_LinkBackUp_Ends()
    {
        Skip.If(OperatingSystem.IsWindows());
        string own = _folder.Write("a/b/c.yaml", []);
        Directory.CreateSymbolicLink(_folder.File("a/b/up"), _folder.Path);
        Directory.CreateSymbolicLink(_folder.File("a/b/here"), _folder.File("a/b"));
        Assert.Equal([own], FolderListing.Files(_folder.Path));
    }

    [Theory]
    [InlineData("a.yaml", true)]
    [InlineData("a.yml", true)]
    [InlineData("A.YAML", true)]
    [InlineData("a.json", false)]
    [InlineData("yaml", false)]
    public void IsYaml_GoesByTheEnding(string name, bool expected) => Assert.Equal(expected, FolderListing.IsYaml(name));
}
