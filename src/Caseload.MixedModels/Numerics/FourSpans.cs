namespace Caseload.MixedModels.Numerics;

/// <summary>Views of four arrays that one pass reads or fills together.</summary>
internal readonly ref struct FourSpans
{
    internal FourSpans(Span<double> first, Span<double> second, Span<double> third, Span<double> fourth)
    {
        First = first;
        Second = second;
        Third = third;
        Fourth = fourth;
    }

    internal Span<double> First { get; }

    internal Span<double> Second { get; }

    internal Span<double> Third { get; }

    internal Span<double> Fourth { get; }
}
