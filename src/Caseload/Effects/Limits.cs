namespace Caseload.Effects;

/// <summary>An estimate with the ends of its 95% interval; an end that was not found is not a number.</summary>
/// <param name="Estimate">The estimate.</param>
/// <param name="Lower">The lower end.</param>
/// <param name="Upper">The upper end.</param>
public readonly record struct Limits(double Estimate, double Lower, double Upper);
