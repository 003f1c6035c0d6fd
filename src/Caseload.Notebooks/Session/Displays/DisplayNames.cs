using System.Globalization;
using System.Security.Cryptography;

namespace Caseload.Notebooks.Session.Displays;

/// <summary>Gives each display of a session a name of its own.</summary>
internal sealed class DisplayNames
{
    // A front end still shows displays of sessions that ended, and must not take them for those of this one. No name stands in a file.
    private readonly string session = RandomNumberGenerator.GetHexString(16, lowercase: true);
    private int last;

    /// <summary>The next name.</summary>
    public string Next() => string.Create(CultureInfo.InvariantCulture, $"{session}-{Interlocked.Increment(ref last)}");
}
