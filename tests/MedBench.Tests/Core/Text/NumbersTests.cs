using System.Globalization;
using MedBench.Core.Errors;
using MedBench.Core.Text;

namespace MedBench.Tests.Core.Text;

public sealed class NumbersTests
{
    private static readonly NumberRange<int> s_small = new(-5, 1000, "it is small");
    private static readonly NumberRange<double> s_wide = new(-1e300, 1e300, "it is wide");

    [Theory]
    [InlineData("0", 0)]
    [InlineData("7", 7)]
    [InlineData("1000", 1000)]
    [InlineData("-5", -5)]
    public void Integer_Plain_IsRead(string text, int value) => Assert.Equal(value, Numbers.Integer("--n ", text, s_small));

    [Theory]
    [InlineData("010", "write 10: to some readers a leading zero means octal")]
    [InlineData("1_0", "write 10, if that is meant")]
    [InlineData("1,000", "write 1000, if that is meant")]
    [InlineData("1e3", "write 1000, if that is meant")]
    [InlineData("+5", "write 5, if that is meant")]
    [InlineData("\u22125", "write -5, if that is meant")]
    [InlineData("5.0", "write 5, if that is meant")]
    [InlineData(" 5", "write 5, if that is meant")]
    [InlineData("0x10", "write a whole number such as 5")]
    [InlineData("0b11", "write a whole number such as 5")]
    [InlineData("1:30", "write a whole number such as 5")]
    [InlineData("", "write a whole number such as 5")]
    [InlineData("five", "write a whole number such as 5")]
    [InlineData("\u0665", "write a whole number such as 5")]
    [InlineData("5\n", "write 5, if that is meant")]
    [InlineData("-0", "write a whole number such as 5")]
    public void Integer_AnythingElse_IsRefusedWithWhatWasMeant(string text, string fix)
    {
        var e = Assert.Throws<MedBenchException>(() => Numbers.Integer("--n ", text, s_small));
        Assert.Equal($"--n {text}: not a whole number", e.Message);
        Assert.Equal(fix, e.Fix);
    }

    [Theory]
    [InlineData("1001")]
    [InlineData("-6")]
    [InlineData("4294967303")]
    [InlineData("99999999999999999999999999")]
    [InlineData("-99999999999999999999999999")]
    public void Integer_OutOfRange_GivesTheReason(string text)
    {
        var e = Assert.Throws<MedBenchException>(() => Numbers.Integer("N=", text, s_small));
        Assert.Equal($"N={text}: outside -5 to 1000", e.Message);
        Assert.Equal("give a number from -5 to 1000: it is small", e.Fix);
    }

    [Theory]
    [InlineData("0.5", 0.5)]
    [InlineData("2.5e-4", 2.5e-4)]
    [InlineData("1e-05", 1e-5)]
    [InlineData("-3", -3)]
    [InlineData("1E+3", 1000)]
    [InlineData("0", 0)]
    [InlineData("0.0", 0)]
    public void Decimal_Plain_IsReadInEveryCulture(string text, double value)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            // Invariant globalization knows no others: this one is built.
            var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (german.NumberFormat.NumberDecimalSeparator, german.NumberFormat.NumberGroupSeparator) = (",", ".");
            CultureInfo.CurrentCulture = german;
            Assert.Equal(value, Numbers.Decimal("--x ", text, s_wide));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("2,5e-4", "write 2.5e-4, if that is meant")]
    [InlineData("0,05", "write 0.05, if that is meant")]
    [InlineData(".5", "write 0.5, if that is meant")]
    [InlineData("00.5", "write 0.5: to some readers a leading zero means octal")]
    [InlineData("1_0.5", "write 10.5, if that is meant")]
    [InlineData("5.", "write a number such as 0.5 or 2.5e-4, with a point")]
    [InlineData(".inf", "write a number such as 0.5 or 2.5e-4, with a point")]
    [InlineData("Infinity", "write a number such as 0.5 or 2.5e-4, with a point")]
    [InlineData("NaN", "write a number such as 0.5 or 2.5e-4, with a point")]
    [InlineData("1.000,5", "write a number such as 0.5 or 2.5e-4, with a point")]
    [InlineData("1e-400", "write a number such as 0.5 or 2.5e-4, with a point")]
    [InlineData("0x1p3", "write a number such as 0.5 or 2.5e-4, with a point")]
    public void Decimal_AnythingElse_IsRefusedWithWhatWasMeant(string text, string fix)
    {
        var e = Assert.Throws<MedBenchException>(() => Numbers.Decimal("--x ", text, s_wide));
        Assert.Equal($"--x {text}: not a number", e.Message);
        Assert.Equal(fix, e.Fix);
    }

    [Fact]
    public void Decimal_TooLarge_IsOutOfRange() =>
        Assert.Equal("--x 1e999: outside -1E+300 to 1E+300", Assert.Throws<MedBenchException>(() => Numbers.Decimal("--x ", "1e999", s_wide)).Message);
}
