using System.Globalization;
using System.Text.Json;
using Caseload.Disclosure;
using Caseload.Frames;
using Caseload.Results;

namespace Caseload.Tests.Disclosure;

/// <summary>
/// Somebody who has all files of one run or of several on the same children, and knows which counts add up to which, how rounding works,
/// what a child of the model must have recorded, and that a group which is listed has a child. He is given the names of all groups.
/// </summary>
internal sealed class Attacker
{
    internal static readonly string[] Classes = ["aged", "outside", "modelled"];
    private static readonly string[] Outcomes = ["again", "not"];
    private readonly StudyResults truth;
    private readonly ILookup<string, (string Code, string Section, string Label)> groups;

    internal Attacker(StudyResults truth)
    {
        this.truth = truth;
        groups = truth.RiskGroups.Concat(truth.AuthorityGroups).ToLookup(g => g.Variable, g => (g.Code, g.Section, g.Label));
        foreach (var variable in groups)
        {
            foreach (var cell in Cross(Classes, Outcomes))
                Equal(Sum(variable.Select(g => $"{variable.Key}|{g.Code}|{cell}")), Sum(["total||" + cell]));

            // The kit says itself whom it leaves out of the model.
            if (variable.Key is "nfa" or "authority") continue;
            foreach (var code in variable.Select(g => g.Code).Where(c => c is "" or "unknown"))
                Bounds.Know(Sum(Cells(variable.Key, code, "modelled")), 0, 0);
        }

        Reasons(^2, "aged");
        Reasons(^1, "outside");
        foreach (var (variable, reason) in new[]
        {
            ("age_group", "Age group not recorded"), ("sex", "Sex not recorded"),
            ("disabled", "Disability not recorded"), ("need", "Primary need not recorded"),
        })
        {
            var missing = groups[variable].Where(g => g.Code is "" or "unknown").SelectMany(g => Cells(variable, g.Code, "outside"));
            Bounds.Know([.. Sum(missing), (-1, "reason|" + reason)], 0, variable == "age_group" ? 0 : double.PositiveInfinity);
        }

        foreach (var outcome in new[] { "aged", "eligible" })
        {
            var years = truth.Outcomes.Cumulative.Select(p => $"year|{p.Year}|{outcome}").Append("year|later|" + outcome);
            Equal(Sum(years), Sum(Classes.Where(c => (c == "aged") == (outcome == "aged")).Select(c => $"total||{c}|again")));
        }

        foreach (var year in truth.Outcomes.Cumulative.Select(p => p.Year))
            Equal(Sum(new[] { "yes", "no", "unknown" }.Select(n => $"nfa|{year}|{n}")), Sum([$"year|{year}|aged", $"year|{year}|eligible"]));
    }

    internal LinearBounds Bounds { get; } = new();

    /// <summary>The names of the cells of a group.</summary>
    internal static IEnumerable<string> Cells(string variable, string code, params string[] classes) =>
        Cross(classes.Length == 0 ? Classes : classes, Outcomes).Select(cell => $"{variable}|{code}|{cell}");

    /// <summary>Reads all tables of a run.</summary>
    internal void Read(string folder, DisclosurePolicy policy)
    {
        var run = new ReadRun(folder, policy);
        foreach (var file in new[] { "risk-groups.csv", "describe.csv" })
        {
            foreach (var row in run.Rows(file))
            {
                if (Find(row["variable"], row["group"]) is not var (variable, code)) continue;
                Bounds.Know(Sum(Cells(variable, code)), 1, double.PositiveInfinity);
                run.Tell(this, row["children"], Cells(variable, code));
                run.Tell(this, row["rereferred"], Cells(variable, code).Where(c => c.EndsWith("again", StringComparison.Ordinal)));
                run.Tell(this, row["eligible_children"], Cells(variable, code, "outside", "modelled"));
                run.Tell(this, row["eligible_rereferred"],
                    Cells(variable, code, "outside", "modelled").Where(c => c.EndsWith("again", StringComparison.Ordinal)));
                run.TellShare(this, row["share"], Cells(variable, code).Where(c => c.EndsWith("again", StringComparison.Ordinal)), Cells(variable, code));
            }
        }

        foreach (var row in run.Rows("table1.csv"))
        {
            var (modelled, outside) = row["variable"] == "Outcome"
                ? (["total||modelled|again"], ["total||outside|again"])
                : Find(row["variable"], row["group"]) is var (variable, code)
                ? (Cells(variable, code, "modelled"), Cells(variable, code, "outside"))
                : (Enumerable.Empty<string>(), Enumerable.Empty<string>());
            run.Tell(this, row["modelled"], modelled);
            run.Tell(this, row["not_modelled"], outside);
        }

        Flow(run);
        var years = truth.Outcomes.Cumulative;
        foreach (var (row, index) in run.Rows("cumulative.csv").Select((r, i) => (r, i)))
        {
            var until = years.Take(index + 1).Select(p => p.Year).ToArray();
            run.Tell(this, row["rereferred"], until.SelectMany(y => new[] { $"year|{y}|aged", $"year|{y}|eligible" }));
            run.Tell(this, row["eligible_rereferred"], until.Select(y => $"year|{y}|eligible"));
            var year = until[^1];
            run.Tell(this, row["first_rereferrals_of_year"], [$"nfa|{year}|yes", $"nfa|{year}|no"]);
            run.TellShare(this, row["nfa_share"], [$"nfa|{year}|yes"], [$"nfa|{year}|yes", $"nfa|{year}|no"]);
        }

        foreach (var row in run.Rows("authorities.csv")) run.Tell(this, row["children"], Cells("authority", row["authority"], "modelled"));
        Claims(run);
    }

    private void Flow(ReadRun run)
    {
        var total = Classes.SelectMany(c => Outcomes.Select(o => (c, Name: $"total||{c}|{o}"))).ToArray();
        foreach (var row in run.Rows("flow.csv"))
        {
            if (row["left_out"].Length > 0)
            {
                if (row["left_out"] == "for reasons that are not shown") continue;
                Bounds.Know(Sum(["reason|" + row["left_out"]]), 1, double.PositiveInfinity);
                run.Tell(this, row["count"], ["reason|" + row["left_out"]]);
            }
            else if (row["step"] == truth.Flow[^3].Label) run.Tell(this, row["count"], total.Select(t => t.Name));
            else if (row["step"] == truth.Flow[^2].Label) run.Tell(this, row["count"], total.Where(t => t.c != "aged").Select(t => t.Name));
            else if (row["step"] == truth.Flow[^1].Label) run.Tell(this, row["count"], total.Where(t => t.c == "modelled").Select(t => t.Name));
        }
    }

    // The ledger's shares of groups: of all children whose need is recorded.
    private void Claims(ReadRun run)
    {
        foreach (var (id, text) in run.Claims())
        {
            var (part, whole) = id switch
            {
                "need-n1" or "need-n4" or "need-n5" => (Cells("need", "N" + id[^1]), groups["need"].Where(g => g.Code.Length > 0).SelectMany(g => Cells("need", g.Code))),
                "eligible-rereferred" => (Classes[1..].Select(c => $"total||{c}|again"), Classes[1..].SelectMany(c => Outcomes.Select(o => $"total||{c}|{o}"))),
                "cumulative-2016" => (Classes.Select(c => $"total||{c}|again"), Classes.SelectMany(c => Outcomes.Select(o => $"total||{c}|{o}"))),
                _ => ([], Enumerable.Empty<string>()),
            };
            if (part.Any() && groups["need"].Any() && text.EndsWith('%')) run.TellShare(this, text, part, whole);
        }
    }

    private void Reasons(Index step, string leaving)
    {
        var excluded = truth.Flow[step].Excluded;
        Equal(Sum(excluded.Select(e => "reason|" + e.Reason)), Sum(Outcomes.Select(o => $"total||{leaving}|{o}")));
    }

    private (string Variable, string Code)? Find(string section, string label)
    {
        foreach (var variable in groups)
        {
            foreach (var g in variable) if (g.Section == section && g.Label == label) return (variable.Key, g.Code);
        }

        return null;
    }

    private void Equal(IEnumerable<(double, string)> left, IEnumerable<(double Factor, string Name)> right) =>
        Bounds.Know(left.Concat(right.Select(r => (-r.Factor, r.Name))), 0, 0);

    private static IEnumerable<(double, string)> Sum(IEnumerable<string> names) => names.Select(n => (1.0, n));

    private static IEnumerable<string> Cross(string[] classes, string[] outcomes) => classes.SelectMany(c => outcomes.Select(o => $"{c}|{o}"));

    /// <summary>The files of a run as text, and what a number in them says.</summary>
    private sealed class ReadRun(string folder, DisclosurePolicy policy)
    {
        internal IEnumerable<Dictionary<string, string>> Rows(string file)
        {
            var path = Path.Combine(folder, "tables", file);
            if (!File.Exists(path)) yield break;
            var frame = Frame.LoadCsv(path);
            for (var row = 0; row < frame.RowCount; row++)
                yield return frame.Columns.ToDictionary(c => c.Name, c => c.IsMissing(row) ? "" : c.Format(row), StringComparer.Ordinal);
        }

        internal IEnumerable<(string Id, string Text)> Claims()
        {
            using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "findings.json")));
            foreach (var claim in json.RootElement.GetProperty("claims").EnumerateArray())
                yield return (claim.GetProperty("id").GetString()!, claim.GetProperty("reproduced").GetString()!);
        }

        internal void Tell(Attacker attacker, string cell, IEnumerable<string> names)
        {
            if (!int.TryParse(cell, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var shown) || !names.Any()) return;
            var (half, above) = (policy.RoundTo / 2, policy.SmallestCount + 1);
            var (low, high) = policy.RoundTo == 1 ? (shown, shown)
                : shown == 0 ? (0, half - 1 < above ? 0 : half - 1)
                : (Math.Max(shown - half, above), shown + half - 1);
            attacker.Bounds.Know(Sum(names), low, high);
        }

        // A percentage of exact counts bounds their ratio; one of rounded counts says what they say.
        internal void TellShare(Attacker attacker, string cell, IEnumerable<string> part, IEnumerable<string> whole)
        {
            if (policy.RoundTo > 1 || !double.TryParse(cell.TrimEnd('%'), CultureInfo.InvariantCulture, out var share)) return;
            if (cell.EndsWith('%')) share /= 100;
            var (low, high) = (share - 0.00051, share + 0.00051);
            attacker.Bounds.Know([.. Sum(part), .. whole.Select(w => (-low, w))], 0, double.PositiveInfinity);
            attacker.Bounds.Know([.. Sum(part), .. whole.Select(w => (-high, w))], double.NegativeInfinity, 0);
        }
    }
}
