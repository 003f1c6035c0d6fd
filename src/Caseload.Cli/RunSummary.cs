using System.Globalization;
using Caseload.Disclosure;
using Caseload.Effects;
using Caseload.Findings;
using Caseload.Models;
using Caseload.Reports;
using Caseload.Results;

namespace Caseload.Cli;

/// <summary>What a run found and where it is, in a screenful.</summary>
internal sealed record RunSummary(
    StudyResults Results, Ledger Ledger, LoadedRun Loaded, NotebookOutcome Notebooks, string Folder, TimeSpan Elapsed)
{
    internal static void Print(RunSummary run)
    {
        var (r, o, policy) = (run.Results, run.Results.Release(), run.Results.Policy);
        Say.Line($"");
        var kind = r.IsSimulated
            ? "SIMULATED DATA: what follows tests the pipeline, not England."
            : policy.IsOff ? "Real data. " + policy.Notice
            : "Real data: disclosure control is on.";
        Say.Line($"{kind}");
        Say.Line($"{run.Loaded.Description}");
        if (run.Loaded.Figures is { } figures) Say.Line($"{figures}");
        if (!policy.ShowsAll) Say.Line($"Disclosure control: {policy.Words}.");
        Say.Line($"");
        var cohort = policy.Write(o.Children);
        Say.Line($"  children first referred in {r.Settings.CohortLabel}  {cohort,9}  in {r.Authorities.Cohort} authorities");
        var rereferred = $"{policy.Write(o.RereferredOfEligible)} (of all children: {policy.Write(o.Rereferred)})";
        Say.Line($"  eligible by age                     {policy.Write(o.Eligible),9}  re-referred: {rereferred}");
        Say.Line($"  in the multilevel model             {policy.Write(o.InModel),9}  in {r.Authorities.Modelled} authorities");
        if (o.Models is { } models) PrintModel(models, o.Inference, policy);
        Say.Line($"");
        var (reproduced, differing) = (run.Ledger.Count(ClaimStatus.Reproduced), run.Ledger.Count(ClaimStatus.Differs));
        var (inconclusive, untested) = (run.Ledger.Count(ClaimStatus.Inconclusive), run.Ledger.Count(ClaimStatus.NotTestable));
        Say.Line(
            $"  published findings: {reproduced} reproduced, {differing} differ, {inconclusive} inconclusive, {untested} cannot be tested");
        foreach (var claim in run.Ledger.Claims.Where(c => c.Status == ClaimStatus.Differs))
            Say.Line($"    differs: {claim.Statement}: published {claim.Published}, here {claim.Reproduced}");
        foreach (var oddity in r.Oddities.Take(10)) Say.Line($"  odd: {oddity}");
        if (r.Oddities.Count > 10) Say.Line($"  ... and {r.Oddities.Count - 10} more; caseload validate lists them all");
        Say.Line($"");
        Say.Line($"  report     {Path.Combine(run.Folder, "report.html")}");
        Say.Line($"  findings   {Path.Combine(run.Folder, "findings.json")}");
        Say.Line($"  tables     {Path.Combine(run.Folder, "tables")}");
        if (r.Models is not null) Say.Line($"  scripts    {Path.Combine(run.Folder, "scripts")} (the model for R, Stata and MLwiN)");
        if (run.Notebooks.Executed > 0)
            Say.Line($"  notebooks  {Path.Combine(run.Folder, "notebooks")} ({run.Notebooks.Executed} executed)");
        if (run.Notebooks.Note.Length > 0) Say.Line($"  {run.Notebooks.Note}");
        if (PlotlyAsset.Find() is null) Say.Line($"  Charts are static pictures: the build had no npm, so plotly.js is not in the report.");
        if (!r.IsSimulated && !Path.IsPathRooted(run.Loaded.CohortFile))
            Say.Line($"  {Path.Combine(run.Folder, run.Loaded.CohortFile)} holds a row a child: it must not leave this machine.");
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        Say.Line($"");
        Say.Line($"Done in {run.Elapsed.TotalSeconds:0.0} s; at most {process.PeakWorkingSet64 / 1048576.0:0} MB of memory.");
    }

    private static void PrintModel(ModelResults models, StudyInference? inference, DisclosurePolicy policy)
    {
        var fit = models.Fits.Interaction;
        var (deviation, vpc, ratio) = (fit.RandomEffects[0].StandardDeviations[0], fit.VariancePartitionCoefficient, fit.MedianOddsRatio);
        var interval = inference is { Spreads: [.., { Deviation: var found }] }
            ? string.Create(CultureInfo.InvariantCulture, $"95% {found.Lower:0.000} to {found.Upper:0.000}; ") : "";
        var shares = string.Create(CultureInfo.InvariantCulture, $"VPC {100 * vpc:0.00}%, median odds ratio {ratio:0.00}");
        Say.Line($"  area standard deviation             {deviation,9:0.000}  {interval}{shares}");
        if (fit.FixedEffects.FirstOrDefault(e => e.Term == ModelTerms.Interaction) is { } effect)
        {
            var (estimate, lower, upper) = (effect.Estimate, effect.Lower, effect.Upper);
            Say.Line($"  interaction of the area figures     {estimate,9:0.000}  95% {lower:0.000} to {upper:0.000} (log-odds)");
        }

        foreach (var warning in fit.Warnings) Say.Line($"  check of the model: {policy.Write(warning)}");
        var (below, above) = (
            models.Residuals.Count(x => x.Expectation == Expectation.Below),
            models.Residuals.Count(x => x.Expectation == Expectation.Above));
        var size = AuthorityResidual.Size;
        Say.Line($"  authorities below, above expectation  {below,3}, {above} (odds beyond {size:0.0} times the average's)");
    }
}
