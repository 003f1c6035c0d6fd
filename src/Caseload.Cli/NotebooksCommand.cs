using System.CommandLine;

namespace Caseload.Cli;

/// <summary><c>caseload notebooks</c>.</summary>
internal static class NotebooksCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Build() => new("notebooks", "");
}
