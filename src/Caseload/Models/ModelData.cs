using Caseload.Cohorts;
using Caseload.Frames;

namespace Caseload.Models;

/// <summary>
/// The modelled children as the study's model sees them. How the report coded age, centred the area figures or chose its reference groups
/// was never published: what stands here is the kit's own choice, and the report says so.
/// </summary>
public static class ModelData
{
    /// <summary>CIN per social worker at which <c>cin_5</c> is 0: the threshold of which the report speaks.</summary>
    public const double CinCentre = 10;

    /// <summary>How many CIN per social worker make one unit of <c>cin_5</c>.</summary>
    public const double CinUnit = 5;

    /// <summary>Referrals per 10,000 at which <c>rate_250</c> is 0: the national median that the report names.</summary>
    public const double RateCentre = 550;

    /// <summary>How many referrals per 10,000 make one unit of <c>rate_250</c>.</summary>
    public const double RateUnit = 250;

    /// <summary>The primary need that is the child's own disability.</summary>
    public const string OwnDisability = "N2";

    /// <summary>
    /// The columns of the model: <c>rereferred, authority, age_group, female, disabled_other, nfa, need, cin_5, rate_250</c>. A disability
    /// counts in <c>disabled_other</c> where it is not the primary need, because the report found it to matter there.
    /// </summary>
    /// <param name="cohort">The cohort.</param>
    public static Frame Of(Cohort cohort)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        return OfChildren(cohort.ModelledChildren);
    }

    /// <summary>The same columns of some children: what is not recorded of a child counts as no in the columns of 0 and 1.</summary>
    /// <param name="children">Rows of the table "cohort".</param>
    public static Frame OfChildren(Frame children)
    {
        ArgumentNullException.ThrowIfNull(children);
        return new Frame(ModelColumn.All.Select(column => Make(column, children)));
    }

    private static Column Make(ModelColumn column, Frame children) => column switch
    {
        ModelColumn.Taken taken => children.Text(taken.Column),
        ModelColumn.Marked marked => Dummy(column, children, Is(children.Flag(marked.Column))),
        ModelColumn.Equal equal => Dummy(column, children, Holds(children.Text(equal.Column), equal.Value)),
        ModelColumn.MarkedUnless unless => Dummy(column, children, Both(
            Is(children.Flag(unless.Column)), Holds(children.Text(unless.Other), unless.Value))),
        ModelColumn.Scaled scaled => new NumberColumn(column.Name, Array.ConvertAll(
            children.Number(scaled.Column).Values.ToArray(), value => (value - scaled.Centre) / scaled.Unit)),
        _ => throw new ArgumentException("A column of an unknown kind.", nameof(column)),
    };

    private static IntegerColumn Dummy(ModelColumn column, Frame children, Func<int, bool> holds) =>
        new(column.Name, [.. Enumerable.Range(0, children.RowCount).Select(row => holds(row) ? 1 : 0)]);

    private static Func<int, bool> Is(FlagColumn flag) => row => flag[row] == true;

    private static Func<int, bool> Holds(TextColumn text, string value) => row => text[row] == value;

    private static Func<int, bool> Both(Func<int, bool> marked, Func<int, bool> excepted) => row => marked(row) && !excepted(row);
}
