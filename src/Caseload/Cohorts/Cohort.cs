using Caseload.Cohorts.Cleaning;
using Caseload.Frames;
using Caseload.Schemas;

namespace Caseload.Cohorts;

/// <summary>One step of the way from what was read to the children of the model.</summary>
/// <param name="Label">What is counted from here on.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Excluded">What was left out on the way to this step, by reason.</param>
public sealed record FlowStep(string Label, int Count, IReadOnlyList<Exclusion> Excluded);

/// <summary>A count of cases that stay in, and that a reader should know of.</summary>
/// <param name="What">The cases.</param>
/// <param name="Count">How many.</param>
public sealed record CountedCase(string What, int Count);

/// <summary>The children first referred in the cohort year, and what followed.</summary>
/// <param name="Children">One row a child, by the contract of the table "cohort".</param>
/// <param name="Settings">How the cohort was made.</param>
/// <param name="Flow">The steps from what was read to the children of the model.</param>
/// <param name="Cases">Cases that stay in and are counted.</param>
/// <param name="IsSimulated">Whether every row says that it was made by the kit.</param>
public sealed record Cohort(
    Frame Children, CohortSettings Settings, IReadOnlyList<FlowStep> Flow, IReadOnlyList<CountedCase> Cases, bool IsSimulated)
{
    /// <summary>The status of a child of the model; see the code list <c>model-status</c>.</summary>
    public const string Modelled = "modelled";

    /// <summary>What each step of cleaning did; empty for a cohort that was read from a file.</summary>
    public IReadOnlyList<CleaningCount> Cleaning { get; init; } = [];

    /// <summary>What linking the years met; null for a cohort that was read from a file.</summary>
    public LinkageAccount? Linkage { get; init; }

    private readonly Frame children = Children;
    private readonly Lazy<Frame> modelled = new(() => InModel(Children));
    private readonly Lazy<Frame> eligible = new(() => Under18(Children));

    /// <summary>One row a child, by the contract of the table "cohort".</summary>
    public Frame Children
    {
        get => children;

        // A cohort with other children has other eligible and modelled ones.
        init => (children, modelled, eligible) = (value, new(() => InModel(value)), new(() => Under18(value)));
    }

    /// <summary>The children under the age limit on the last day of follow-up.</summary>
    public Frame EligibleChildren => eligible.Value;

    /// <summary>The children of the model: eligible by age, with every covariate and the figures of their authority.</summary>
    public Frame ModelledChildren => modelled.Value;

    /// <summary>The number of authorities of some children.</summary>
    /// <param name="children">Rows of the cohort table.</param>
    public static int AuthoritiesOf(Frame children)
    {
        ArgumentNullException.ThrowIfNull(children);
        return children.Text("authority").Codes.ToArray().Distinct().Count();
    }

    private static Frame InModel(Frame children)
    {
        var status = children.Text("status");
        var code = status.Levels.ToList().IndexOf(Modelled);
        return children.Filter(row => status.Codes[row] == code);
    }

    private static Frame Under18(Frame children)
    {
        var eligible = children.Flag("eligible");
        return children.Filter(row => eligible[row] == true);
    }
}
