using Caseload.Frames;

namespace Caseload.MixedModels.Tests.Packaging;

/// <summary>
/// The data of the README's examples, simulated: 600 pupils in 30 schools and, crossed with them, 12 neighbourhoods. <c>prize</c> went to
/// pupils who passed and to no other, so that it separates the outcomes.
/// </summary>
internal static class Pupils
{
    internal static Frame Frame()
    {
        const int Schools = 30;
        const int Neighbourhoods = 12;
        var random = new Random(20);
        double[] ofSchool = Normals(Schools), slope = Normals(Schools), ofNeighbourhood = Normals(Neighbourhoods);
        var (passed, score, hours) = (new int[600], new double[600], new double[600]);
        var (sex, prize, school, neighbourhood) = (new string[600], new string[600], new string[600], new string[600]);
        for (var row = 0; row < passed.Length; row++)
        {
            var (s, n) = (row % Schools, random.Next(Neighbourhoods));
            hours[row] = random.Next(11) / 2.0;
            sex[row] = random.Next(2) == 0 ? "F" : "M";
            var eta = -1 + (0.5 + 0.3 * slope[s]) * hours[row] - (sex[row] == "M" ? 0.3 : 0) + 0.8 * ofSchool[s] + 0.5 * ofNeighbourhood[n];
            score[row] = Math.Round(50 + 5 * eta + 6 * Simulated.Normal(random), 1);
            passed[row] = random.NextDouble() < 1 / (1 + Math.Exp(-eta)) ? 1 : 0;
            prize[row] = passed[row] == 1 && random.Next(4) == 0 ? "yes" : "no";
            (school[row], neighbourhood[row]) = ($"S{s + 1:00}", $"N{n + 1:00}");
        }

        return new Frame([
            new IntegerColumn("passed", passed), new NumberColumn("score", score), new NumberColumn("hours", hours),
            TextColumn.Of("sex", sex), TextColumn.Of("prize", prize), TextColumn.Of("school", school),
            TextColumn.Of("neighbourhood", neighbourhood),
        ]);

        double[] Normals(int count) => [.. Enumerable.Range(0, count).Select(_ => Simulated.Normal(random))];
    }
}
