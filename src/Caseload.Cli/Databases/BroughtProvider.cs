using System.Data.Common;
using System.Reflection;
using Caseload.Frames;
using Caseload.Frames.Databases;

namespace Caseload.Cli.Databases;

/// <summary>An ADO.NET provider that a person brings as an assembly: <c>--provider-assembly</c>.</summary>
internal static class BroughtProvider
{
    private const string Expected = "an assembly with one DbProviderFactory, or with one public DbConnection";

    /// <summary>The database of a connection string, by the provider in an assembly.</summary>
    /// <exception cref="ProblemException">
    /// The assembly cannot be loaded, or holds no provider (unreadable) or several (wrong usage), or the provider refuses the connection
    /// string (wrong usage).
    /// </exception>
    internal static DatabaseSource Load(string dll, ConnectionText asked)
    {
        var path = Path.GetFullPath(dll);
        if (!File.Exists(path))
            throw Unreadable("no such file", "the assembly of an ADO.NET provider", dll,
                $"Check the path; it is taken from {Directory.GetCurrentDirectory()}.");
        var types = TypesOf(path, dll);
        var create = Provider(types, dll);
        var text = asked.Filled;
        return new DatabaseSource(() => Connect(create, text, dll),
            new DatabaseSettings { Name = $"the database of {Path.GetFileName(dll)}", RollsBack = true });
    }

    private static Type[] TypesOf(string path, string dll)
    {
        try
        {
            return new ProviderLoadContext(path).LoadFromAssemblyPath(path).GetExportedTypes();
        }
        catch (Exception e) when (e is BadImageFormatException or FileLoadException or FileNotFoundException or TypeLoadException)
        {
            var needed = (e as FileNotFoundException)?.FileName is { Length: > 0 } name ? $": it needs {name.Split(',')[0]}" : "";
            throw new ProblemException(new Problem(ProblemKind.Unreadable, "an assembly that cannot be loaded" + needed,
                "a .NET assembly, with what it needs beside it", dll,
                "Publish the provider with its dependencies (dotnet publish) and name the assembly there."), e);
        }
    }

    private static Func<DbConnection> Provider(Type[] types, string dll)
    {
        var factories = types.Where(type => IsUsable(type, typeof(DbProviderFactory)))
            .Select(type => (Type: type, Field: type.GetField("Instance", BindingFlags.Public | BindingFlags.Static)))
            .Where(factory => factory.Field is not null && typeof(DbProviderFactory).IsAssignableFrom(factory.Field.FieldType)).ToArray();
        if (factories.Length == 1)
        {
            return () => (factories[0].Field!.GetValue(null) as DbProviderFactory)?.CreateConnection()
                ?? throw Unreadable("a DbProviderFactory that makes no connection", Expected, dll, "Bring another provider.");
        }

        var connections = types
            .Where(type => IsUsable(type, typeof(DbConnection)) && type.GetConstructor(Type.EmptyTypes) is not null).ToArray();
        if (factories.Length == 0 && connections.Length == 1) return () => (DbConnection)Activator.CreateInstance(connections[0])!;
        var found = factories.Length > 0 ? factories.Select(factory => factory.Type) : connections;
        throw found.Any()
            ? new ProblemException(new Problem(ProblemKind.WrongUsage,
                "several providers: " + string.Join(", ", found.Select(type => type.FullName).Order(StringComparer.Ordinal)), Expected, dll,
                "Bring an assembly with one of them."))
            : Unreadable("no ADO.NET provider", Expected, dll,
                "Name the provider's own assembly, such as Microsoft.Data.SqlClient.dll, not one that uses it.");
    }

    private static bool IsUsable(Type type, Type wanted) =>
        wanted.IsAssignableFrom(type) && !type.IsAbstract && !type.ContainsGenericParameters;

    private static DbConnection Connect(Func<DbConnection> create, string text, string dll)
    {
        DbConnection? connection = null;
        try
        {
            connection = create();
            connection.ConnectionString = text;
            return connection;
        }
        catch (Exception e) when (e is not (ProblemException or OutOfMemoryException))
        {
            connection?.Dispose();
            throw new ProblemException(new Problem(ProblemKind.WrongUsage,
                "a connection string that the provider does not take", "one in its own form", dll,
                "See the provider's documentation. Its message is kept back, because it may quote the connection string."), e);
        }
    }

    private static ProblemException Unreadable(string found, string expected, string where, string remedy) =>
        new(new Problem(ProblemKind.Unreadable, found, expected, where, remedy));
}
