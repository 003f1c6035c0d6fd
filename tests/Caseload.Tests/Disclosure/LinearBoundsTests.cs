using FsCheck;
using FsCheck.Fluent;

namespace Caseload.Tests.Disclosure;

/// <summary>The attacker's tool against trying every number.</summary>
public sealed class LinearBoundsTests
{
    [Fact]
    public void Its_bounds_are_those_that_trying_every_number_finds() => Properties.Hold(Tables, cells =>
    {
        // A table of two rows and three columns whose margins are known, the first column within 2: its cells by enumeration.
        var (r1, r2) = (cells[0] + cells[1] + cells[2], cells[3] + cells[4] + cells[5]);
        int[] columns = [cells[0] + cells[3], cells[1] + cells[4], cells[2] + cells[5]];
        var bounds = new LinearBounds();
        bounds.Know([(1, "0"), (1, "1"), (1, "2")], r1, r1);
        bounds.Know([(1, "3"), (1, "4"), (1, "5")], r2, r2);
        bounds.Know([(1, "0"), (1, "3")], columns[0] - 2, columns[0] + 2);
        bounds.Know([(1, "1"), (1, "4")], columns[1], columns[1]);

        Assert.True(bounds.Solve());
        var (least, most) = (int.MaxValue, int.MinValue);
        for (var a = 0; a <= r1; a++)
        {
            for (var b = 0; a + b <= r1; b++)
            {
                for (var d = 0; d <= r2; d++)
                {
                    var e = columns[1] - b;
                    if (e < 0 || d + e > r2 || Math.Abs(a + d - columns[0]) > 2) continue;
                    (least, most) = (Math.Min(least, b), Math.Max(most, b));
                }
            }
        }

        Assert.Equal((least, most), ((int)Math.Round(bounds.Least("1")), (int)Math.Round(bounds.Most("1"))));
    }, 200);

    [Fact]
    public void What_cannot_be_is_found_out()
    {
        var bounds = new LinearBounds();
        bounds.Know([(1, "a"), (1, "b")], 3, 3);
        bounds.Know([(1, "a")], 4, double.PositiveInfinity);

        Assert.False(bounds.Solve());
    }

    private static Gen<int[]> Tables => Gen.Choose(0, 6).ArrayOf(6);
}
