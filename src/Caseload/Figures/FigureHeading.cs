namespace Caseload.Figures;

/// <summary>What a chart is called and whose data it shows: the part of a figure that the numbers do not give.</summary>
/// <param name="Name">A short name in lower case with hyphens, such as <c>interaction</c>: the file name and the ids in the
/// drawing.</param>
/// <param name="Title">The title, without a full stop.</param>
/// <param name="Caption">What a reader must know to read the chart: population, measure, intervals. Full sentences.</param>
/// <param name="DataKind">Whether the data are simulated.</param>
public sealed record FigureHeading(string Name, string Title, string Caption, DataKind DataKind)
{
    /// <summary>The words that stand in every chart, table and page of simulated data.</summary>
    public const string SimulatedLabel = "Simulated data";

    /// <summary>Whether the data are simulated.</summary>
    public bool IsSimulated => DataKind == DataKind.Simulated;
}
