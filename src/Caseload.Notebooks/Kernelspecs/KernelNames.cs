namespace Caseload.Notebooks.Kernelspecs;

/// <summary>The names under which the kernel is installed.</summary>
public static class KernelNames
{
    /// <summary>The name in the notebooks' metadata.</summary>
    public const string Preferred = ".net-csharp";

    /// <summary>The name where another's kernel holds the preferred one.</summary>
    public const string Other = "caseload-csharp";
}
