using System.Text.Json.Nodes;
using Caseload.Frames;
using Caseload.Notebooks.Documents;
using Caseload.Notebooks.Session;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Caseload.Notebooks.Runner.Parameters;

/// <summary>
/// The cell of a notebook that is tagged <c>parameters</c>: variables with the values that a run takes where it is given no others.
/// </summary>
public static class ParameterCell
{
    /// <summary>The tag of the cell; papermill and front ends know it by this name.</summary>
    public const string Tag = "parameters";

    /// <summary>The notebook with other values. The text around them stays, comments and layout too.</summary>
    /// <param name="notebook">The notebook.</param>
    /// <param name="parameters">The values.</param>
    /// <param name="path">The notebook's file, for messages.</param>
    /// <exception cref="ProblemException">Wrong usage: no cell is tagged, it declares no such variable, or a value is none of the
    /// variable's type.</exception>
    public static Notebook Fill(Notebook notebook, IReadOnlyList<Parameter> parameters, string path)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        ArgumentNullException.ThrowIfNull(parameters);
        if (parameters.Count == 0) return notebook;
        var cells = notebook.Cells.ToArray();
        var index = Array.FindIndex(cells, cell => cell.Kind == CellKind.Code && cell.HasTag(Tag));
        if (index < 0)
        {
            throw Parameter.Wrong($"the parameter {parameters[0].Name} for a notebook that takes none", "a code cell tagged " + Tag, path,
                $"Give the cell that declares {parameters[0].Name} the tag {Tag}, or run the notebook without -p.");
        }

        cells[index] = cells[index] with { Source = Fill(cells[index].Source, parameters, $"{path}, cell {index + 1}") };
        var metadata = (JsonObject)notebook.Metadata.DeepClone();
        metadata[Notebook.RunKey] = new JsonObject
        {
            [Tag] = new JsonObject(parameters.Select(p => KeyValuePair.Create(p.Name, (JsonNode?)JsonValue.Create(p.Value)))),
        };
        return notebook with { Cells = cells, Metadata = metadata };
    }

    private static string Fill(string source, IReadOnlyList<Parameter> parameters, string where)
    {
        var declared = Declared(source);
        var text = SourceText.From(source);
        return text.WithChanges(parameters.Select(Change).OrderBy(c => c.Span.Start)).ToString();

        TextChange Change(Parameter parameter)
        {
            var variable = declared.FirstOrDefault(v => v.Name == parameter.Name) ?? throw Parameter.Wrong(
                $"the parameter {parameter.Name}",
                declared.Count == 0 ? "a name that the cell of parameters declares, and it declares none"
                    : "one of: " + string.Join(", ", declared.Select(v => v.Name)),
                where, "Correct the name, or declare it in the cell with the value that it has where none is given.");
            var line = text.Lines.GetLineFromPosition(variable.Place.Start);
            return variable.Change(parameter, $"{where}, line {line.LineNumber + 1}: {line.ToString().Trim()}");
        }
    }

    private static IReadOnlyList<ParameterVariable> Declared(string source) =>
    [
        .. CSharpSyntaxTree.ParseText(source, SubmissionCompiler.ParseOptions).GetCompilationUnitRoot().Members
            .Select(member => member switch
            {
                FieldDeclarationSyntax field => field.Declaration,
                GlobalStatementSyntax { Statement: LocalDeclarationStatementSyntax local } => local.Declaration,
                _ => null,
            })
            .OfType<VariableDeclarationSyntax>()
            .SelectMany(declaration => declaration.Variables.Select(variable => new ParameterVariable(declaration.Type, variable))),
    ];
}
