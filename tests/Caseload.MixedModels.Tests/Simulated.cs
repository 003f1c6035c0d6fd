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

    internal static Frame Frame(IEnumerable<int> y, IEnumerable<double> x, IEnumerable<string> f, IEnumerable<string> g) =>
        new([new IntegerColumn("y", [.. y]), new NumberColumn("x", [.. x]), TextColumn.Of("f", f), TextColumn.Of("g", g)]);

    internal static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
