using Caseload.Frames;

namespace Caseload.Cohorts;

/// <summary>Every covariate of the model that a child lacks, not the first alone.</summary>
internal sealed class MissingCovariates
{
    private readonly byte[] lacks;

    private MissingCovariates(byte[] lacks) => this.lacks = lacks;

    /// <summary>The covariates, in the order in which the first is told; as in the code list <c>missing-covariate</c>.</summary>
    internal static IReadOnlyList<string> Names { get; } = ["age-group", "sex", "disability", "nfa", "need", "area"];

    internal static MissingCovariates Of(Frame cohort)
    {
        var (age, sex, need) = (cohort.Text("age_group"), cohort.Text("sex"), cohort.Text("need"));
        var disabled = cohort.Flag("disabled").Values;
        var nfa = cohort.Flag("nfa").Values;
        var rate = cohort.Number("referral_rate_per_10000").Values;
        var cin = cohort.Number("cin_per_social_worker").Values;
        var known = sex.Levels.Select(level => level is "male" or "female").ToArray();
        var lacks = new byte[cohort.RowCount];
        for (var row = 0; row < lacks.Length; row++)
        {
            lacks[row] = (byte)(
                (age.Codes[row] < 0 ? 1 : 0)
                | (sex.Codes[row] < 0 || !known[sex.Codes[row]] ? 2 : 0)
                | (disabled[row] < 0 ? 4 : 0)
                | (nfa[row] < 0 ? 8 : 0)
                | (need.Codes[row] < 0 ? 16 : 0)
                | (double.IsNaN(rate[row]) || double.IsNaN(cin[row]) ? 32 : 0));
        }

        return new MissingCovariates(lacks);
    }

    /// <summary>The place of the first covariate that a child lacks, or -1.</summary>
    internal int First(int row) => lacks[row] == 0 ? -1 : System.Numerics.BitOperations.TrailingZeroCount(lacks[row]);

    /// <summary>The column <c>missing_covariates</c>: the names joined by semicolons, missing where nothing is.</summary>
    internal TextColumn ToColumn()
    {
        var builder = new TextColumnBuilder("missing_covariates");
        var codes = new int[1 << Names.Count];
        foreach (var cell in lacks)
        {
            if (cell == 0)
            {
                builder.AddMissing();
                continue;
            }

            if (codes[cell] == 0)
                codes[cell] = 1 + builder.CodeOf(string.Join(';', Names.Where((_, i) => (cell >> i & 1) == 1)));
            builder.AddCode(codes[cell] - 1);
        }

        return builder.Build();
    }
}
