using MedBench.Core.Errors;
using MedBench.Core.Files;

namespace MedBench.Tests.Core.Files;

public sealed class UserPathTests
{
    private static readonly Dictionary<string, string?> s_variables = new()
    {
        [OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME"] = OperatingSystem.IsWindows() ? @"C:\none" : "/no/such/home",
        ["SCRATCH"] = "/scratch ",
    };

    [Theory]
    [InlineData("~/a", "{home}/a")]
    [InlineData("~", "{home}")]
    [InlineData("$SCRATCH/a", "/scratch/a")]
    [InlineData("${SCRATCH}/a", "/scratch/a")]
    [InlineData("%SCRATCH%/a", "/scratch/a")]
    [InlineData("/x/$SCRATCH", "/x//scratch")]
    [InlineData("/x/a$b", "/x/a$b")]
    [InlineData("/x/50%", "/x/50%")]
    [InlineData("./~", "./~")]
    [InlineData("a~b/c", "a~b/c")]
    public void Expand_Variables_AreFilledIn(string path, string expected) =>
        Assert.Equal(expected.Replace("{home}", s_variables.First().Value), UserPath.Expand(path, path, s_variables.GetValueOrDefault));

    [Theory]
    [InlineData("$NONE/a", "the variable NONE is not set")]
    [InlineData("/x/${NONE}/a", "the variable NONE is not set")]
    [InlineData("%NONE%", "the variable NONE is not set")]
    [InlineData("~other/a", "home folders of other users are not looked up")]
    public void Expand_WhatCannotBe_IsRefusedByName(string path, string problem) =>
        Assert.Equal($"V={path}: {problem}", Assert.Throws<MedBenchException>(() => UserPath.Expand(path, $"V={path}", s_variables.GetValueOrDefault)).Message);

    [Fact]
    public void Home_ThatDoesNotExist_IsStillAbsolute() => Assert.True(Path.IsPathFullyQualified(UserPath.Home("X", s_variables.GetValueOrDefault)));

    [Fact]
    public void Home_Relative_IsRefused() =>
        Assert.Equal("set X to a folder, or " + s_variables.First().Key, Assert.Throws<MedBenchException>(() => UserPath.Home("X", _ => "here")).Fix);

    [Theory]
    [InlineData("  v\r\n", "v")]
    [InlineData(" \n", null)]
    public void Variable_IsTrimmed(string value, string? expected) => Assert.Equal(expected, UserPath.Variable("A", _ => value));
}
