using Caseload.Frames;

namespace Caseload.Benchmarks.Data;

/// <summary>
/// Data with the structure of four teaching data sets of lme4, for machines without it: the same rows, groups and columns, numbers drawn
/// here.
/// </summary>
internal static class TeachingSimulator
{
    private const ulong Seed = 20260731;

    /// <summary>18 subjects on 10 days each.</summary>
    internal static Frame SleepStudy()
    {
        var draws = new Draws(Seed, 1);
        var (reaction, days, subject) = (new List<double>(), new List<int>(), new List<int>());
        for (var person = 0; person < 18; person++)
        {
            var (intercept, slope) = (251 + draws.Normal(0, 25), 10.5 + draws.Normal(0, 6));
            for (var day = 0; day < 10; day++)
            {
                reaction.Add(intercept + slope * day + draws.Normal(0, 25));
                days.Add(day);
                subject.Add(300 + person);
            }
        }

        return new Frame([
            new NumberColumn("Reaction", [.. reaction]), new IntegerColumn("Days", [.. days]), new IntegerColumn("Subject", [.. subject])]);
    }

    /// <summary>Six batches of five.</summary>
    internal static Frame Dyestuff()
    {
        var draws = new Draws(Seed, 2);
        var batches = draws.Normals(6, 40);
        return new Frame([
            TextColumn.Of("Batch", Enumerable.Range(0, 30).Select(row => ((char)('A' + row / 5)).ToString())),
            new NumberColumn(
                "Yield", [.. Enumerable.Range(0, 30).Select(row => Math.Round(1527 + batches[row / 5] + draws.Normal(0, 50)))])]);
    }

    /// <summary>Ten batches of three casks, two assays of each.</summary>
    internal static Frame Pastes()
    {
        var draws = new Draws(Seed, 3);
        var (batches, casks) = (draws.Normals(10, 1.3), draws.Normals(30, 2.9));
        return new Frame([
            new NumberColumn(
                "strength", [.. Enumerable.Range(0, 60).Select(row => 60 + batches[row / 6] + casks[row / 2] + draws.Normal(0, .8))]),
            TextColumn.Of("batch", Enumerable.Range(0, 60).Select(row => ((char)('A' + row / 6)).ToString())),
            TextColumn.Of("cask", Enumerable.Range(0, 60).Select(row => ((char)('a' + row / 2 % 3)).ToString()))]);
    }

    /// <summary>73,421 ratings by 2,972 students of 1,128 lecturers in 14 departments, from 1 to 5.</summary>
    internal static Frame Evaluations()
    {
        const int rows = 73_421;
        var draws = new Draws(Seed, 4);
        var (students, lecturers, departments) = (draws.Normals(2972, .32), draws.Normals(1128, .51), draws.Normals(14, .09));
        var home = Enumerable.Range(0, lecturers.Length).Select(_ => draws.Below(departments.Length)).ToArray();
        var (y, s, d, dept, service) = (new int[rows], new int[rows], new int[rows], new int[rows], new int[rows]);
        for (var row = 0; row < rows; row++)
        {
            // Everyone rates and is rated at least once; after that lecturers are met unequally often.
            s[row] = row < students.Length ? row : draws.Below(students.Length);
            d[row] = row < lecturers.Length ? row : (int)(lecturers.Length * Math.Pow(draws.Uniform(), 1.5));
            dept[row] = home[d[row]];
            service[row] = draws.Bernoulli(.43);
            var rating = 3.28 - .09 * service[row] + students[s[row]] + lecturers[d[row]] + departments[dept[row]] + draws.Normal(0, 1.18);
            y[row] = (int)Math.Clamp(Math.Round(rating), 1, 5);
        }

        return new Frame([
            new IntegerColumn("y", y), new IntegerColumn("s", s), new IntegerColumn("d", d), new IntegerColumn("dept", dept),
            new IntegerColumn("service", service)]);
    }
}
