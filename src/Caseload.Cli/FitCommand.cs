using System.CommandLine;

namespace Caseload.Cli;

/// <summary><c>caseload fit</c>.</summary>
internal static class FitCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Build() => new("fit", "");
}
