using Caseload.Cohorts.Cleaning;
using Caseload.Frames;

namespace Caseload.Cohorts.Linkage;

/// <summary>Gathers the evidence of one authority's identifiers from its rows; see <see cref="YearEvidence"/>.</summary>
internal sealed class EvidenceTally
{
    private const int BitsOfADay = 22;
    private readonly ReferralRows referrals;
    private readonly int[] open;
    private readonly int[] found;
    private readonly int[] children;
    private readonly int[] matched;
    private UInt128 held;

    private EvidenceTally(ReferralRows referrals)
    {
        this.referrals = referrals;
        var years = referrals.YearEnds.Count;
        (open, found, children, matched) = (new int[years], new int[years], new int[years], new int[years]);
    }

    /// <summary>The evidence of each year of which the authority made a return.</summary>
    internal static YearEvidence[] Of(ReferralRows referrals, IdentifierRuns runs, string authority)
    {
        var tally = new EvidenceTally(referrals);
        for (var identifier = 0; identifier < runs.Count; identifier++) tally.Add(runs[identifier]);
        var cases = tally.Cases(runs).Count(referrals.YearEnds.Count);
        var numbers = tally.Numbers(runs).Count(referrals.YearEnds.Count);
        return
        [
            .. Enumerable.Range(0, tally.open.Length).Where(tally.Holds).Select(y =>
                new YearEvidence(authority, referrals.YearEnds.First + y)
            {
                HasNext = tally.Holds(y + 1),
                OpenCases = tally.open[y],
                FoundAgain = tally.found[y],
                ChildrenNext = tally.Holds(y + 1) ? tally.children[y + 1] : 0,
                MatchedBack = tally.Holds(y + 1) ? tally.matched[y + 1] : 0,
                Cases = cases[y].Holders,
                DoubleCases = cases[y].Holders - cases[y].Keys,
                PupilNumbers = numbers[y].Keys,
                SharedPupilNumbers = numbers[y].Shared,
            }),
        ];
    }

    private bool Holds(int year) => year < open.Length && (held >> year & 1) == 1;

    // The rows of an identifier stand by referral date: those of one case stand together.
    private void Add(ReadOnlySpan<int> rows)
    {
        var (all, ends) = (UInt128.Zero, referrals.YearEnds);
        for (var from = 0; from < rows.Length;)
        {
            var (standsIn, openIn, to) = (UInt128.Zero, UInt128.Zero, from);
            for (; to < rows.Length && referrals.Referral[rows[to]] == referrals.Referral[rows[from]]; to++)
            {
                var (row, year) = (rows[to], UInt128.One << ends.Place(rows[to]));
                standsIn |= year;
                if (referrals.Closure[row] == DateColumn.Missing || referrals.Closure[row] > ends[row]) openIn |= year;
            }

            Add(openIn, open);
            Add(openIn & (standsIn >> 1), found);
            all |= standsIn;
            from = to;
        }

        held |= all;
        Add(all, children);
        Add(all & (all << 1), matched);
    }

    private static void Add(UInt128 years, int[] counts)
    {
        while (years != 0)
        {
            counts[(int)UInt128.TrailingZeroCount(years)]++;
            years &= years - 1;
        }
    }

    // Of every case whose child's birth date and sex are known: year, referral, birth and sex in one number.
    private SharedKeys Cases(IdentifierRuns runs)
    {
        var holdings = new SharedKeys();
        for (var identifier = 0; identifier < runs.Count; identifier++)
        {
            foreach (var row in runs[identifier])
            {
                var (birth, sex) = (referrals.Birth[row], referrals.Sex[row]);
                if (birth == DateColumn.Missing || sex < 0) continue;
                var key = ((((long)referrals.Referral[row] << BitsOfADay) | (uint)birth) << 1) | (uint)(sex & 1);
                holdings.Add(referrals.YearEnds.Place(row), key, identifier);
            }
        }

        return holdings;
    }

    private SharedKeys Numbers(IdentifierRuns runs)
    {
        var holdings = new SharedKeys();
        if (!referrals.PupilNumbers.Any) return holdings;
        for (var identifier = 0; identifier < runs.Count; identifier++)
        {
            foreach (var row in runs[identifier])
            {
                if (referrals.PupilNumbers.Current(row) is var number and >= 0)
                    holdings.Add(referrals.YearEnds.Place(row), number, identifier);
            }
        }

        return holdings;
    }
}
