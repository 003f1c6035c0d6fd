using Caseload.Figures;

namespace Caseload.Reports;

/// <summary>A report: what a page says, without a word on how it is set.</summary>
public sealed record Report
{
    /// <summary>The title: the one heading of the first level.</summary>
    public required string Title { get; init; }

    /// <summary>A line under the title.</summary>
    public string Subtitle { get; init; } = "";

    /// <summary>Whether the data are simulated; then a banner stays in sight and every table says so.</summary>
    public required DataKind DataKind { get; init; }

    /// <summary>What every page must say, such as that disclosure control was switched off; empty for nothing.</summary>
    public string Notice { get; init; } = "";

    /// <summary>Where the numbers come from: data, software versions, seed, settings.</summary>
    public IReadOnlyList<Definition> Provenance { get; init; } = [];

    /// <summary>The sections in order.</summary>
    public required IReadOnlyList<Section> Sections { get; init; }

    /// <summary>The figures of all sections, in order.</summary>
    public IEnumerable<Figure> Figures => Sections.SelectMany(section => section.Blocks).OfType<FigureBlock>().Select(block => block.Figure);
}

/// <summary>A section with a heading of the second level.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Blocks">What stands in it.</param>
public sealed record Section(string Title, IReadOnlyList<Block> Blocks);

/// <summary>A term and what it means or is.</summary>
/// <param name="Term">The term.</param>
/// <param name="Description">What it means or is.</param>
public sealed record Definition(string Term, string Description);
