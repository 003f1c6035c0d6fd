using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Caseload.Frames;
using Caseload.Frames.Csv;

namespace Caseload.Disclosure;

/// <summary>Reads a policy that a person wrote as JSON.</summary>
public static class PolicyJson
{
    // With these the intervals of the coarser rounding are made of whole ones of the finer: two runs tell no more than the finer one.
    private static readonly int[] Roundings = [1, 10, 50];
    private static readonly string[] Marks = ["x", "c", ":", "z"];

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, NumberHandling = JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { WithoutDerived } },
    };

    // What the record works out itself is no member of a file.
    private static void WithoutDerived(JsonTypeInfo type)
    {
        for (var i = type.Properties.Count - 1; i >= 0; i--)
        {
            if (type.Properties[i].Set is null) type.Properties.RemoveAt(i);
        }
    }

    /// <summary>Reads a policy: an object with the members of <see cref="DisclosurePolicy"/>, of which name and smallestCount must be
    /// there and reason may not.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ProblemException">It cannot be read, holds an unknown member, or a value that makes no policy.</exception>
    public static DisclosurePolicy Read(string path)
    {
        try
        {
            using var bytes = InputFile.OpenBytes(path);
            var policy = JsonSerializer.Deserialize<DisclosurePolicy>(bytes, Options) ?? throw new JsonException("null");
            Check(policy, path);
            return policy;
        }
        catch (JsonException e)
        {
            throw InputFile.Unreadable($"a file that is no policy of disclosure control: {e.Message}",
                "an object with the members of docs/disclosure.md", $"{path}, line {e.LineNumber + 1}",
                "Compare it with the example in docs/disclosure.md.");
        }
    }

    private static void Check(DisclosurePolicy p, string path)
    {
        Require(p.Name.Length > 0, "an empty name", "a name");
        Require(p.SmallestCount is >= 0 and <= 1000, $"smallestCount {p.SmallestCount}", "0 to 1000");
        Require(Roundings.Contains(p.RoundTo), $"roundTo {p.RoundTo}", "1, 10 or 50");
        Require(p.PercentDecimals is null or (>= 0 and <= 10), $"percentDecimals {p.PercentDecimals}", "0 to 10, or null");
        Require(p.SmallestForMeans >= 0, $"smallestForMeans {p.SmallestForMeans}", "0 or more");
        Require(p.SmallestForQuantiles >= 0, $"smallestForQuantiles {p.SmallestForQuantiles}", "0 or more");
        Require(p.SmallestAuthority >= 0, $"smallestAuthority {p.SmallestAuthority}", "0 or more");
        Require(Marks.Contains(p.Mark), $"mark \"{p.Mark}\"", "x, c, : or z");
        Require(p.Reason.Length == 0, "a reason", "none: a reason belongs to --disclosure off");
        var d = p.Dominance;
        Require(d.Largest >= 0 && d.Percent is > 0 and <= 100 && d.Precision is >= 0 and <= 100, $"dominance {d}",
            "largest 0 or more, percent above 0 to 100, precision 0 to 100");

        void Require(bool holds, string found, string expected)
        {
            if (!holds) throw InputFile.Unreadable(found, expected, path, "See docs/disclosure.md for what each member means.");
        }
    }
}
