using System.Text;
using MedBench.Core.Errors;
using MedBench.Core.Text;

namespace MedBench.Tests.Core.Text;

public sealed class TextFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_Utf8WithOrWithoutMark_IsTheText()
    {
        const string Text = "M\u00fcller \ud835\udefc\r\nx";
        Assert.Equal(Text, TextFile.Read(_folder.Write("a", Encoding.UTF8.GetBytes(Text))));
        Assert.Equal(Text, TextFile.Read(_folder.Write("b", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Text)])));
    }

    [Theory]
    [InlineData("title: x\nname: M\u00fcller", "f:2:8: not UTF-8 (byte FC)")]
    [InlineData("\u00ff", "f:1:1: not UTF-8 (byte FF)")]
    [InlineData("a\u00e9", "f:1:2: not UTF-8 (byte E9)")]
    public void Decode_AnsiCodePage_NamesThePlace(string text, string problem)
    {
        var e = Assert.Throws<MedBenchException>(() => TextFile.Decode(Encoding.Latin1.GetBytes(text), "f"));
        Assert.Equal(problem, e.Message);
        Assert.Contains("save it as UTF-8", e.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_ColumnCountsCharactersNotBytes() => Assert.StartsWith(
        "f:2:4:", Assert.Throws<MedBenchException>(() => TextFile.Decode([.. "x\n\u00fc\ud835\udefc"u8, 0xFC], "f")).Message, StringComparison.Ordinal);

    [Fact]
    public void Decode_Utf16_IsCalledThat()
    {
        foreach (var encoding in (Encoding[])[Encoding.Unicode, Encoding.BigEndianUnicode])
            Assert.Equal("f is UTF-16", Assert.Throws<MedBenchException>(() => TextFile.Decode([.. encoding.Preamble, .. encoding.GetBytes("x")], "f")).Message);
    }

    [Fact]
    public void Read_WhatIsNoFile_IsNamed()
    {
        Assert.Contains("name a file, not a folder", Assert.Throws<MedBenchException>(() => TextFile.Read(_folder.Path)).Fix, StringComparison.Ordinal);
        Assert.Contains("none", Assert.Throws<MedBenchException>(() => TextFile.Read(_folder.File("none"))).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Read_EndlessDevice_Ends()
    {
        Skip.IfNot(OperatingSystem.IsLinux());
        Assert.Contains("more than 64 MiB", Assert.Throws<MedBenchException>(() => TextFile.Read("/dev/zero")).Message, StringComparison.Ordinal);
    }
}
