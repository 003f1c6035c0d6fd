namespace Caseload.Models;

/// <summary>
/// A column of the model and how it is made of the columns of the table "cohort". Each is written once, here: <see cref="ModelData"/>
/// reckons by it, and the scripts for other programs are written from it.
/// </summary>
/// <param name="Name">Its name in the model.</param>
public abstract record ModelColumn(string Name)
{
    /// <summary>A column of the cohort as it stands.</summary>
    public sealed record Taken(string Column) : ModelColumn(Column);

    /// <summary>1 where a flag of the cohort is true, else 0.</summary>
    public sealed record Marked(string Column) : ModelColumn(Column);

    /// <summary>1 where a column of text holds a value, else 0.</summary>
    public sealed record Equal(string Name, string Column, string Value) : ModelColumn(Name);

    /// <summary>1 where a flag is true and a column of text does not hold a value, else 0.</summary>
    public sealed record MarkedUnless(string Name, string Column, string Other, string Value) : ModelColumn(Name);

    /// <summary>A number less a centre, in units.</summary>
    public sealed record Scaled(string Name, string Column, double Centre, double Unit) : ModelColumn(Name);

    /// <summary>The columns of the study's model, the outcome first.</summary>
    public static IReadOnlyList<ModelColumn> All { get; } =
    [
        new Marked("rereferred"),
        new Taken("authority"),
        new Taken("age_group"),
        new Equal("female", "sex", "female"),
        new MarkedUnless("disabled_other", "disabled", "need", ModelData.OwnDisability),
        new Marked("nfa"),
        new Taken("need"),
        new Scaled(ModelTerms.Cin, "cin_per_social_worker", ModelData.CinCentre, ModelData.CinUnit),
        new Scaled(ModelTerms.Rate, "referral_rate_per_10000", ModelData.RateCentre, ModelData.RateUnit),
    ];
}
