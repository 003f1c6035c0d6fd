using Caseload.Frames;

namespace Caseload.Returns.Census;

/// <summary>
/// One walk through a return, child by child: memory holds one child at a time. It decides nothing about what it reads: whoever takes the
/// children does.
/// </summary>
public abstract class CensusWalk : IDisposable
{
    /// <summary>The file.</summary>
    public abstract string File { get; }

    /// <summary>What the form of this return can hold.</summary>
    public abstract CensusForm Form { get; }

    /// <summary>What is odd about the file's form; complete when the last child has been given.</summary>
    public abstract IReadOnlyList<Oddity> Oddities { get; }

    /// <summary>Opens a return in XML or flat CSV; the ending of its name says which.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ProblemException">It cannot be read, or is no census return.</exception>
    public static CensusWalk Open(string path) => ReturnsReader.IsXml(path) ? XmlWalk.Open(path) : CsvWalk.Open(path);

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
