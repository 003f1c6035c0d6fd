using Caseload.Frames;

namespace Caseload.Cli;

/// <summary>Keeps a command from writing over what it reads.</summary>
internal static class OutputPaths
{
    /// <summary>Stops where an output is one of the inputs; standard input and output are neither.</summary>
    /// <param name="output">The output, or null where there is none.</param>
    /// <param name="inputs">The inputs.</param>
    /// <exception cref="ProblemException">The output is one of the inputs.</exception>
    internal static void RequireNoInput(string? output, params ReadOnlySpan<string> inputs)
    {
        if (output is null or "-") return;
        foreach (var input in inputs)
        {
            if (input != "-" && Path.GetFullPath(input) == Path.GetFullPath(output))
                throw new ProblemException(new Problem(ProblemKind.WrongUsage, $"{output} both as an input and as an output", "an output that is no input", "",
                    "Choose another name for the output."));
        }
    }
}
