using System.CommandLine;
using Caseload.Areas;

namespace Caseload.Cli;

/// <summary>Which figures of the area table a cohort is joined to; each command adds a copy of its own.</summary>
internal sealed class AreaOptions
{
    private const string All = "all";
    private const string First = "first";

    private readonly Option<string> rate = new("--rate")
    {
        HelpName = "all|first",
        Description = "Which referrals the rate counts: all, or first (without re-referrals within 12 months).",
        DefaultValueFactory = _ => All,
    };

    private readonly Option<int?> rateYear = new("--rates-year")
    {
        HelpName = "Y",
        Description = "Year of the referral rate in the area table; one before --cohort-year lags it. "
            + "Default: the cohort year, or the next that has it.",
    };

    private readonly Option<int?> workforceYear = new("--workforce-year")
    {
        HelpName = "Y",
        Description = "Year of CIN per social worker in the area table. Default: the cohort year, or the next that has it.",
    };

    /// <summary>Adds the options to a command.</summary>
    internal void AddTo(Command command)
    {
        rate.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
            {
                if (token.Value is not (All or First)) result.AddError($"--rate {token.Value} is not one of {All}, {First}");
            }
        });
        command.Options.Add(rate);
        command.Options.Add(rateYear);
        command.Options.Add(workforceYear);
    }

    /// <summary>What a person chose.</summary>
    internal AreaChoice Read(ParseResult parsed) => new(
        parsed.GetValue(rate) == First ? RateChoice.First : RateChoice.All, parsed.GetValue(rateYear), parsed.GetValue(workforceYear));

    /// <summary>Whether a person chose anything.</summary>
    internal bool IsGiven(ParseResult parsed) =>
        new Option[] { rate, rateYear, workforceYear }.Any(option => parsed.GetResult(option) is { Implicit: false });
}
