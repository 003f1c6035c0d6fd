using Caseload.Frames;

namespace Caseload.MixedModels.Tests;

/// <summary>Small simulated data sets for tests, each fixed by its seed.</summary>
internal static class Simulated
{
    /// <summary>Children (rows) in areas: <c>y, x</c> (a few values, so that rows repeat), <c>f</c> (three levels), <c>g</c>.</summary>
    internal static Frame TwoLevel(int seed, int groups = 20, int size = 15, double sigma = 0.8)
    {
        var random = new Random(seed);
        var (y, x, f, g) = (new List<int>(), new List<double>(), new List<string>(), new List<string>());
        for (var group = 0; group < groups; group++)
        {
            var effect = sigma * Normal(random);
            for (var row = 0; row < size; row++)
            {
                var value = Math.Round(Normal(random) * 2) / 2;
                var level = random.Next(3);
                var eta = -0.3 + 0.6 * value + 0.4 * level + effect;
                y.Add(random.NextDouble() < 1 / (1 + Math.Exp(-eta)) ? 1 : 0);
                x.Add(value);
                f.Add("abc"[level].ToString());
                g.Add($"G{group:00}");
            }
        }

        return Frame(y, x, f, g);
    }

    /// <summary>
    /// Rows in groups of two crossed groupings and a third that holds the first: <c>y</c> (0/1), <c>n</c> (counts), <c>x, f, g, h</c>, and
    /// <c>r</c>, of which g is a part.
    /// </summary>
    internal static Frame Crossed(int seed, int groups = 12, int others = 5, int rows = 240)
    {
        var random = new Random(seed);
        var (ofGroup, slope) = (Normals(random, groups), Normals(random, groups));
        var ofOther = Normals(random, others);
        var (y, n, x, f) = (new int[rows], new int[rows], new double[rows], new string[rows]);
        var (g, h, r) = (new string[rows], new string[rows], new string[rows]);
        for (var row = 0; row < rows; row++)
        {
            var (group, other, level) = (random.Next(groups), random.Next(others), random.Next(3));
            x[row] = Math.Round(Normal(random) * 2) / 2;
            var eta = -0.2 + 0.5 * x[row] + 0.3 * level + 0.7 * ofGroup[group] + 0.4 * slope[group] * x[row] + 0.5 * ofOther[other];
            y[row] = random.NextDouble() < 1 / (1 + Math.Exp(-eta)) ? 1 : 0;
            n[row] = (int)Math.Floor(-Math.Log(1 - random.NextDouble()) * Math.Exp(eta) + 0.3);
            (f[row], g[row], h[row], r[row]) = ("abc"[level].ToString(), $"G{group:00}", $"H{other:00}", $"R{group / 4}");
        }

        return new([
            new IntegerColumn("y", y), new IntegerColumn("n", n), new NumberColumn("x", x), TextColumn.Of("f", f), TextColumn.Of("g", g),
            TextColumn.Of("h", h), TextColumn.Of("r", r),
        ]);
    }

    /// <summary>
    /// Numbers with normal errors in two crossed groupings, the first nested in <c>a</c>: <c>y, x</c> (a few values, so that rows repeat),
    /// <c>f</c> (three levels), <c>a, b, h</c>, prior weights <c>w</c>, frequencies <c>n</c>, an offset <c>o</c>.
    /// </summary>
    internal static Frame Linear(int seed, int rows = 120)
    {
        var random = new Random(seed);
        var (effects, slopes) = (Effects(12, 0.9), Effects(12, 0.5));
        var (others, wholes) = (Effects(7, 0.7), Effects(4, 0.5));
        var group = Column(_ => random.Next(12));
        var other = Column(_ => random.Next(7));
        var x = Column(_ => Math.Round(Normal(random) * 2) / 2);
        var level = Column(_ => random.Next(3));
        var weight = Column(_ => 0.5 + random.Next(4) / 2.0);
        var offset = Column(_ => random.Next(3) / 10.0);
        var y = Column(i => Math.Round(5 + 0.6 * x[i] + 0.4 * level[i] + offset[i] + effects[group[i]] + slopes[group[i]] * x[i]
            + others[other[i]] + wholes[group[i] / 3] + Normal(random) / Math.Sqrt(weight[i]), 3));
        return new Frame([new NumberColumn("y", y), new NumberColumn("x", x), TextColumn.Of("f", level.Select(l => "abc"[l].ToString())),
            TextColumn.Of("a", group.Select(g => $"A{g / 3}")), TextColumn.Of("b", group.Select(g => $"B{g % 3}")),
            TextColumn.Of("ab", group.Select(g => $"G{g:00}")), TextColumn.Of("h", other.Select(h => $"H{h}")),
            new NumberColumn("w", weight), new IntegerColumn("n", Column(_ => random.Next(4))), new NumberColumn("o", offset)]);

        T[] Column<T>(Func<int, T> value) => [.. Enumerable.Range(0, rows).Select(value)];
        double[] Effects(int count, double deviation) => [.. Enumerable.Range(0, count).Select(_ => deviation * Normal(random))];
    }

    internal static Frame Frame(IEnumerable<int> y, IEnumerable<double> x, IEnumerable<string> f, IEnumerable<string> g) =>
        new([new IntegerColumn("y", [.. y]), new NumberColumn("x", [.. x]), TextColumn.Of("f", f), TextColumn.Of("g", g)]);

    private static double[] Normals(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => Normal(random))];

    internal static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
