using Caseload.Frames;

namespace Caseload.Cohorts;

/// <summary>
/// One referral of a child and the case that it opened. A case that is open over a year's end stands in two returns; they are one episode
/// because they share the referral date.
/// </summary>
/// <param name="Referral">The referral date, as a day number.</param>
/// <param name="Closure">The closure date, or <see cref="DateColumn.Missing"/> where no return has one.</param>
/// <param name="Nfa">1 where it ended in no further action, 0 where not, -1 where no return says.</param>
/// <param name="Need">The primary need as its place in <see cref="NeedCodes.Levels"/>, or -1.</param>
internal readonly record struct Episode(int Referral, int Closure, sbyte Nfa, int Need)
{
    /// <summary>The episodes of a child, by date. Of two returns the later one that has a value is believed.</summary>
    /// <param name="referrals">The cleaned rows.</param>
    /// <param name="rows">The rows of the child, by date and census year.</param>
    /// <param name="into">Takes the episodes; it is emptied first.</param>
    internal static void Read(ReferralRows referrals, ReadOnlySpan<int> rows, List<Episode> into)
    {
        into.Clear();
        foreach (var row in rows)
        {
            var current = new Episode(referrals.Referral[row], referrals.Closure[row], referrals.Nfa[row], referrals.Need[row]);
            if (into.Count > 0 && into[^1].Referral == current.Referral) into[^1] = current.Over(into[^1]);
            else into.Add(current);
        }
    }

    private Episode Over(Episode earlier) => this with
    {
        Closure = Closure == DateColumn.Missing ? earlier.Closure : Closure,
        Nfa = Nfa < 0 ? earlier.Nfa : Nfa,
        Need = Need < 0 ? earlier.Need : Need,
    };
}
