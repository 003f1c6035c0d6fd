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

    internal static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
