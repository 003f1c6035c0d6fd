namespace Caseload.Notebooks.Session.Consoles;

/// <summary>Standard input: of a cell what the person at the front end types, of all else what it was before.</summary>
/// <param name="before">What it was before.</param>
internal sealed class RoutedReader(TextReader before) : TextReader
{
    /// <inheritdoc/>
    public override string? ReadLine() => CellScope.Current is { } cell ? cell.Input.ReadLine() : before.ReadLine();

    /// <inheritdoc/>
    public override int Read() => CellScope.Current is { } cell ? cell.Input.Read(take: true) : before.Read();

    /// <inheritdoc/>
    public override int Peek() => CellScope.Current is { } cell ? cell.Input.Read(take: false) : before.Peek();
}
