using Caseload.Notebooks.Runner.Parameters;

namespace Caseload.Notebooks.Runner;

/// <summary>How notebooks are run.</summary>
/// <param name="OutFolder">Where the executed copies go; null to write none.</param>
public sealed record RunSettings(string? OutFolder)
{
    /// <summary>Whether a page in HTML is written beside each executed copy.</summary>
    public bool WriteHtml { get; init; }

    /// <summary>The file plotly.min.js, which makes the charts of pages interactive; null for pictures alone.</summary>
    public string? ChartScript { get; init; }

    /// <summary>Values for the cell of each notebook that is tagged <c>parameters</c>; every notebook must declare them all.</summary>
    public IReadOnlyList<Parameter> Parameters { get; init; } = [];

    /// <summary>Told before each cell; called by the thread that runs the notebooks.</summary>
    public IProgress<RunProgress>? Progress { get; init; }

    /// <summary>Measures durations.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Stops the run before the next cell.</summary>
    public CancellationToken Cancellation { get; init; }
}

/// <summary>How far a run is.</summary>
/// <param name="Path">The notebook, as it was named to the runner.</param>
/// <param name="NotebookNumber">Which notebook, from 1.</param>
/// <param name="NotebookCount">Of how many.</param>
/// <param name="CellNumber">The cell that begins, from 1, prose counted.</param>
/// <param name="CellCount">Of how many.</param>
public sealed record RunProgress(string Path, int NotebookNumber, int NotebookCount, int CellNumber, int CellCount);
