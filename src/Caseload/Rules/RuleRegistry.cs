using Caseload.Schemas;

namespace Caseload.Rules;

/// <summary>The published validation rules that the kit applies.</summary>
public static class RuleRegistry
{
    /// <summary>New rules, in the order of their numbers. Make them anew for every file, since some keep what they have seen.</summary>
    /// <param name="package">The code lists.</param>
    public static IReadOnlyList<Rule> Create(DataPackage package)
    {
        ArgumentNullException.ThrowIfNull(package);
        return
        [
            new Rule1520(),
            new Rule4180(),
            new Rule4220(package.Codes("ethnicity")),
            new Rule8500(),
            new Rule8510(),
            new Rule8520(),
            new Rule8540(package.Codes("disability")),
            new Rule8555Q(),
            new Rule8568(),
            new Rule8569Q(),
            new Rule8590(),
            new Rule8600(),
            new Rule8606(),
            new Rule8610(),
            new Rule8620(),
            new Rule8630(),
            new Rule8640(package.Codes("closure-reason")),
            new Rule8650(package.Codes("primary-need")),
            new Rule8790(),
            new Rule8805(),
            new Rule8810(),
            new Rule8815(),
            new Rule8816(),
            new Rule8820(),
            new Rule8831(),
            new Rule8832(),
            new Rule8866(package.Codes("referral-source")),
        ];
    }
}
