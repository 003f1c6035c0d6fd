using Caseload.Figures;

namespace Caseload.Tests.Figures;

public sealed class ColourTests
{
    // WCAG 2.2, success criterion 1.4.3: text needs a contrast of 4.5 with its ground. #767676 is the lightest grey that has it.
    [Fact]
    public void The_contrast_with_white_is_that_of_WCAG()
    {
        Assert.Equal(21, new Colour(0, 0, 0).ContrastWithWhite, 6);
        Assert.Equal(4.54, new Colour(0x76, 0x76, 0x76).ContrastWithWhite, 2);
    }

    [Fact]
    public void Every_colour_of_a_series_can_carry_text() =>
        Assert.All([.. Palette.Series, .. Palette.Ordered, Palette.Ink, Palette.Muted, Palette.Warning],
            colour => Assert.True(colour.ContrastWithWhite >= 4.5, colour.Hex));
}
