namespace Caseload.Findings;

/// <summary>What comes of holding a published finding against a run.</summary>
public enum ClaimStatus
{
    /// <summary>The run gives the published figure, within the tolerance beside it.</summary>
    Reproduced,

    /// <summary>The run gives another figure, or a direction that is distinguishable from the published one.</summary>
    Differs,

    /// <summary>The interval of the run's estimate holds both directions: too few children or authorities to say.</summary>
    Inconclusive,

    /// <summary>These data cannot answer: the item is not collected, or no estimate exists.</summary>
    NotTestable,
}

/// <summary>A published finding beside what a run gives.</summary>
/// <param name="Id">A short name that stays the same between versions.</param>
/// <param name="Statement">What was published.</param>
/// <param name="Published">The published figure or direction.</param>
/// <param name="Reproduced">What the run gives; empty where it gives nothing.</param>
/// <param name="Tolerance">How near counts as reproduced, and why.</param>
/// <param name="Status">What comes of it.</param>
/// <param name="Reading">How the report's words were read, where they allow several readings; else empty.</param>
public sealed record Claim(
    string Id, string Statement, string Published, string Reproduced, string Tolerance, ClaimStatus Status, string Reading = "")
{
    /// <summary>The claim with a sentence more on how it was read.</summary>
    /// <param name="reading">The sentence.</param>
    public Claim Read(string reading) => this with { Reading = Reading.Length == 0 ? reading : $"{Reading} {reading}" };
}

/// <summary>Something that was never published, and what the kit does in its place.</summary>
/// <param name="What">What was never published.</param>
/// <param name="Choice">The kit's own choice.</param>
public sealed record NeverPublished(string What, string Choice);

/// <summary>The published findings beside those of a run, and what was never published.</summary>
/// <param name="IsSimulated">Whether the run's data were simulated: then the ledger tests the pipeline, not England.</param>
/// <param name="Claims">The findings, in the order of the report.</param>
/// <param name="NeverPublished">What was never published.</param>
public sealed record Ledger(bool IsSimulated, IReadOnlyList<Claim> Claims, IReadOnlyList<NeverPublished> NeverPublished)
{
    /// <summary>How to read the ledger of simulated data.</summary>
    public const string SimulatedNote = "The data are simulated: this ledger tests the pipeline, not England.";

    /// <summary>The number of findings with a status.</summary>
    /// <param name="status">The status.</param>
    public int Count(ClaimStatus status) => Claims.Count(c => c.Status == status);
}
