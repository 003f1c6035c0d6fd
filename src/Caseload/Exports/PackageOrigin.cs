using System.Security.Cryptography;
using Caseload.Frames.Csv;

namespace Caseload.Exports;

/// <summary>Where exported data come from.</summary>
/// <param name="IsSimulated">Whether they were made by the kit.</param>
/// <param name="Source">What they were made from, in a sentence: the seed of a simulation stands here.</param>
/// <param name="Version">The kit's version.</param>
/// <param name="SchemaVersion">The version of the contract of the tables.</param>
public sealed record PackageOrigin(bool IsSimulated, string Source, string Version, string SchemaVersion)
{
    /// <summary>The kind of data as it stands in every table: simulated or real.</summary>
    internal string SourceKind => IsSimulated ? "simulated" : "real";
}

/// <summary>What a data package says of the bytes of a file.</summary>
/// <param name="Bytes">Its length.</param>
/// <param name="Hash">Its SHA-256 as the specification writes it: <c>sha256:</c> and 64 hexadecimal digits.</param>
internal sealed record FileStamp(long Bytes, string Hash)
{
    internal static FileStamp Of(string path)
    {
        using var bytes = InputFile.OpenBytes(path);
        var hash = SHA256.HashData(bytes);
        return new FileStamp(new FileInfo(path).Length, "sha256:" + Convert.ToHexStringLower(hash));
    }
}
