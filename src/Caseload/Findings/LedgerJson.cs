using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Caseload.Frames.Csv;

namespace Caseload.Findings;

/// <summary>Writes the ledger as <c>findings.json</c>.</summary>
public static class LedgerJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Writes the ledger.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="path">The file.</param>
    public static void Write(Ledger ledger, string path)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        var document = new
        {
            sourceKind = ledger.IsSimulated ? "simulated" : "real",
            note = ledger.IsSimulated ? Ledger.SimulatedNote : "",
            reproduced = ledger.Count(ClaimStatus.Reproduced),
            differs = ledger.Count(ClaimStatus.Differs),
            inconclusive = ledger.Count(ClaimStatus.Inconclusive),
            notTestable = ledger.Count(ClaimStatus.NotTestable),
            ledger.Claims,
            ledger.NeverPublished,
        };
        OutputFile.WriteText(path, writer => writer.WriteLine(JsonSerializer.Serialize(document, Options)));
    }
}
