using MedBench.Core.Text;

namespace MedBench.Tests.Core.Text;

public sealed class MarkdownTests
{
    [Theory]
    [InlineData("a | b <script>", @"a \| b &lt;script>")]
    [InlineData("*x* _y_ `z` [l](u)", @"\*x\* \_y\_ \`z\` \[l](u)")]
    [InlineData("@user & co\nnext", "&#64;user &amp; co next")]
    public void Escape_SpecialCharacters_AreText(string text, string escaped) => Assert.Equal(escaped, Markdown.Escape(text));

    [Fact]
    public void Table_SpecialCharacters_CannotBreakIt()
    {
        string[] rows = [.. (Markdown.Head(["a|b", "c"]) + Markdown.Row(new[] { "x|y\r\nz", "" }.Select(Markdown.Escape))).Split('\n')[..^1]];

        Assert.Equal([@"| a\|b | c |", "| --- | --- |", @"| x\|y z |  |"], rows);
        Assert.All(rows, row => Assert.Equal(3, row.Replace("\\|", "").Count(c => c == '|')));
    }
}
