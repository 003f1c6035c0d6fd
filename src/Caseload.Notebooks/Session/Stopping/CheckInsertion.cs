using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Caseload.Notebooks.Session.Stopping;

/// <summary>
/// Writes the check into a text wherever code can go round in circles: the bodies of loops, statements that <c>goto</c> finds, and
/// functions, which may call themselves. Only text is put in, and no line break, so that each line keeps its number.
/// </summary>
internal sealed class CheckInsertion : CSharpSyntaxWalker
{
    private const string Check = "global::Caseload.Notebooks.Session.Stopping.CellCheck.Pass();";

    private readonly List<(int Position, bool Closes, string Text)> pieces = [];

    private readonly Func<SemanticModel>? bind;
    private SemanticModel? model;

    private CheckInsertion(Func<SemanticModel>? bind) => this.bind = bind;

    /// <summary>A text with the checks in it.</summary>
    /// <param name="tree">The parsed text.</param>
    /// <param name="bind">Says what the text means, which decides on lambdas of one expression; null to leave them alone.</param>
    /// <returns>Null where there is nothing to put in, or the text does not parse.</returns>
    public static SourceText? Into(SyntaxTree tree, Func<SemanticModel>? bind = null)
    {
        if (tree.GetDiagnostics().Any(d => d.Severity == DiagnosticSeverity.Error)) return null;
        var walk = new CheckInsertion(bind);
        walk.Visit(tree.GetRoot());
        if (walk.pieces.Count == 0) return null;

        // At one place what ends there is closed before the next begins.
        var changes = walk.pieces.GroupBy(p => p.Position).OrderBy(g => g.Key).Select(g => new TextChange(
            new TextSpan(g.Key, 0), string.Concat(g.OrderBy(p => p.Closes ? 0 : 1).Select(p => p.Text))));
        return SourceText.From(tree.GetText().WithChanges(changes).ToString(), Encoding.UTF8);
    }

    /// <inheritdoc/>
    public override void VisitWhileStatement(WhileStatementSyntax node)
    {
        Enclose(node.Statement);
        base.VisitWhileStatement(node);
    }

    /// <inheritdoc/>
    public override void VisitDoStatement(DoStatementSyntax node)
    {
        Enclose(node.Statement);
        base.VisitDoStatement(node);
    }

    /// <inheritdoc/>
    public override void VisitForStatement(ForStatementSyntax node)
    {
        Enclose(node.Statement);
        base.VisitForStatement(node);
    }

    /// <inheritdoc/>
    public override void VisitForEachStatement(ForEachStatementSyntax node)
    {
        Enclose(node.Statement);
        base.VisitForEachStatement(node);
    }

    /// <inheritdoc/>
    public override void VisitForEachVariableStatement(ForEachVariableStatementSyntax node)
    {
        Enclose(node.Statement);
        base.VisitForEachVariableStatement(node);
    }

    /// <inheritdoc/>
    public override void VisitLabeledStatement(LabeledStatementSyntax node)
    {
        Put(node.ColonToken.Span.End, Check);
        base.VisitLabeledStatement(node);
    }

    /// <inheritdoc/>
    public override void VisitMethodDeclaration(MethodDeclarationSyntax node)
    {
        Begin(node.Body);
        var gives = Gives(node.ReturnType, node.Modifiers);
        if (node.ExpressionBody is { } arrow) Unfold(arrow, node.SemicolonToken, gives);
        base.VisitMethodDeclaration(node);
    }

    /// <inheritdoc/>
    public override void VisitLocalFunctionStatement(LocalFunctionStatementSyntax node)
    {
        Begin(node.Body);
        var gives = Gives(node.ReturnType, node.Modifiers);
        if (node.ExpressionBody is { } arrow) Unfold(arrow, node.SemicolonToken, gives);
        base.VisitLocalFunctionStatement(node);
    }

    /// <inheritdoc/>
    public override void VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node)
    {
        if (Begin(node)) base.VisitSimpleLambdaExpression(node);
    }

    /// <inheritdoc/>
    public override void VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node)
    {
        if (Begin(node)) base.VisitParenthesizedLambdaExpression(node);
    }

    /// <inheritdoc/>
    public override void VisitAnonymousMethodExpression(AnonymousMethodExpressionSyntax node)
    {
        Begin(node.Block);
        base.VisitAnonymousMethodExpression(node);
    }

    // Of an async function without a type argument nothing comes back but the task itself.
    private static bool Gives(TypeSyntax type, SyntaxTokenList modifiers) =>
        type is not PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword }
        && !(modifiers.Any(SyntaxKind.AsyncKeyword) && Last(type) is IdentifierNameSyntax);

    private static TypeSyntax Last(TypeSyntax type) => type switch
    {
        QualifiedNameSyntax qualified => qualified.Right,
        AliasQualifiedNameSyntax alias => alias.Name,
        _ => type,
    };

    private void Enclose(StatementSyntax body)
    {
        if (body is BlockSyntax block)
        {
            Begin(block);
            return;
        }

        Put(body.SpanStart, "{" + Check);
        Put(body.Span.End, "}", closes: true);
    }

    private void Begin(BlockSyntax? block)
    {
        if (block is not null) Put(block.OpenBraceToken.Span.End, Check);
    }

    // A lambda that becomes an expression tree must stay one expression, with all that is in it.
    private bool Begin(LambdaExpressionSyntax lambda)
    {
        Begin(lambda.Block);
        if (lambda.ExpressionBody is not { } body || bind is null) return true;
        model ??= bind();
        if (model.GetTypeInfo(lambda).ConvertedType is not { TypeKind: TypeKind.Delegate }
            || model.GetSymbolInfo(lambda).Symbol is not IMethodSymbol method) return false;
        var gives = !method.ReturnsVoid && !(method.IsAsync && method.ReturnType is INamedTypeSymbol { Arity: 0 });
        Put(body.SpanStart, "{" + Check + (gives && body is not ThrowExpressionSyntax ? "return " : ""));
        Put(body.Span.End, ";}", closes: true);
        return true;
    }

    // `=> x;` becomes `{Check();return x;}`: the arrow is commented out, for text is only ever put in.
    private void Unfold(ArrowExpressionClauseSyntax arrow, SyntaxToken semicolon, bool gives)
    {
        var isThrow = arrow.Expression is ThrowExpressionSyntax;
        Put(arrow.ArrowToken.SpanStart, "{" + Check + "/*");
        Put(arrow.ArrowToken.Span.End, gives && !isThrow ? "*/return " : "*/", closes: true);
        Put(semicolon.Span.End, "}", closes: true);
    }

    private void Put(int position, string text, bool closes = false) => pieces.Add((position, closes, text));
}
