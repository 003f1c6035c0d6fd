using System.Data.Common;

namespace Caseload.Cli.Tests.Databases;

/// <summary>One of two providers in an assembly that is to hold one.</summary>
public sealed class FirstFactory : DbProviderFactory
{
    public static readonly FirstFactory Instance = new();
}

/// <summary>The other.</summary>
public sealed class SecondFactory : DbProviderFactory
{
    public static readonly SecondFactory Instance = new();
}
