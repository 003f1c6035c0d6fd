using Caseload.Frames;
using Caseload.Schemas;

namespace Caseload.Returns.Census;

/// <summary>
/// One walk through a return, child by child: memory holds one child at a time. It decides nothing about what it reads: whoever takes the
/// children does.
/// </summary>
public abstract class CensusWalk : IDisposable
{
    /// <summary>The file, or what messages call the query.</summary>
    public abstract string File { get; }

    /// <summary>What the line numbers count: the lines of a file, the rows of a query.</summary>
    public virtual string Unit => "line";

    /// <summary>What the form of this return can hold.</summary>
    public abstract CensusForm Form { get; }

    /// <summary>What is odd about the file's form; complete when the last child has been given.</summary>
    public abstract IReadOnlyList<Oddity> Oddities { get; }

    /// <summary>Opens a return in XML or flat CSV; the ending of its name says which.</summary>
    /// <param name="path">The file.</param>
    /// <param name="schema">The contract of the table "returns".</param>
    /// <param name="map">Takes the names of a file in CSV to those of the contract, or null.</param>
    /// <exception cref="ProblemException">It cannot be read, or is no census return.</exception>
    public static CensusWalk Open(string path, TableSchema schema, ColumnMap? map = null) =>
        ReturnsReader.IsXml(path) ? XmlWalk.Open(path) : FlatWalk.Open(path, schema, map);

    /// <summary>The children, once through the file. A child stands whole when it is given, and is not changed afterwards.</summary>
    /// <exception cref="ProblemException">The file cannot be read further.</exception>
    public abstract IEnumerable<CensusChild> Children();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the file.</summary>
    /// <param name="disposing">Whether it is closed on purpose.</param>
    protected abstract void Dispose(bool disposing);
}
