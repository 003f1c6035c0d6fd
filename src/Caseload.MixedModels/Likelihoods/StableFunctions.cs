namespace Caseload.MixedModels.Likelihoods;

/// <summary>Elementary functions that do not cancel near 0 (Higham 2002, section 1.14.1).</summary>
internal static class StableFunctions
{
    /// <summary>exp(x) - 1.</summary>
    internal static double ExpLessOne(double x)
    {
        var power = Math.Exp(x);
        if (power == 1) return x;
        return Math.Abs(x) > 1 ? power - 1 : (power - 1) * x / Math.Log(power);
    }

    /// <summary>log(1 + x), of x above -1.</summary>
    internal static double LogOnePlus(double x)
    {
        var sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * x / (sum - 1);
    }
}
