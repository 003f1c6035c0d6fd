namespace Caseload.Returns.Census;

/// <summary>The identifiers and characteristics of a child, as written. The names are those of the census items.</summary>
public sealed class CensusPerson
{
    private readonly List<CensusItem> disabilities = [];

    /// <summary>The identifier that the authority gives.</summary>
    public CensusItem LAchildID { get; internal set; }

    /// <summary>The unique pupil number.</summary>
    public CensusItem UPN { get; internal set; }

    /// <summary>The unique pupil number that the child had before.</summary>
    public CensusItem FormerUPN { get; internal set; }

    /// <summary>Why there is no unique pupil number.</summary>
    public CensusItem UPNunknown { get; internal set; }

    /// <summary>The date of birth.</summary>
    public CensusItem PersonBirthDate { get; internal set; }

    /// <summary>The expected date of birth of an unborn child.</summary>
    public CensusItem ExpectedPersonBirthDate { get; internal set; }

    /// <summary>The date of death.</summary>
    public CensusItem PersonDeathDate { get; internal set; }

    /// <summary>The gender, or the sex, which took its place in 2024-25.</summary>
    public CensusItem GenderCurrent { get; internal set; }

    /// <summary>The ethnic group.</summary>
    public CensusItem Ethnicity { get; internal set; }

    /// <summary>The disabilities, one an item.</summary>
    public IReadOnlyList<CensusItem> Disabilities => disabilities;

    /// <summary>The line on which the record begins.</summary>
    public long Line { get; internal init; }

    internal void AddDisability(CensusItem code) => disabilities.Add(code);

    /// <summary>Whether another record says the same in every item, wherever it stands.</summary>
    internal bool SaysTheSameAs(CensusPerson other) =>
        LAchildID.Text == other.LAchildID.Text && UPN.Text == other.UPN.Text && FormerUPN.Text == other.FormerUPN.Text
        && UPNunknown.Text == other.UPNunknown.Text && PersonBirthDate.Text == other.PersonBirthDate.Text
        && ExpectedPersonBirthDate.Text == other.ExpectedPersonBirthDate.Text && PersonDeathDate.Text == other.PersonDeathDate.Text
        && GenderCurrent.Text == other.GenderCurrent.Text && Ethnicity.Text == other.Ethnicity.Text
        && disabilities.Select(d => d.Text).SequenceEqual(other.disabilities.Select(d => d.Text), StringComparer.Ordinal);
}
