using System.Reflection;
using LabServer.Core.Storage;

namespace LabServer.Core.Tests.Storage;

/// <summary>Every statement of the stores, found by the constants and fields that hold them.</summary>
internal static class StoreStatements
{
    private const BindingFlags Own = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly string[] Verbs = ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "CREATE"];

    /// <summary>The statements as <paramref name="textOf"/> and <paramref name="takeFirst"/>, an engine's, have them sent.</summary>
    public static IEnumerable<StoreStatement> For(Func<RowWrite, string> textOf, Func<string, string> takeFirst)
    {
        foreach (var statement in Constants().Concat(OfKeyTables()))
        {
            yield return statement;

            // A list is read page by page: what the engine makes of it must be good too.
            if (statement.Sql.StartsWith("SELECT", StringComparison.Ordinal) && statement.Sql.Contains("ORDER BY", StringComparison.Ordinal))
            {
                yield return statement with { Name = statement.Name + ", first rows", Sql = takeFirst(statement.Sql) };
            }
        }

        foreach (var (store, field) in Fields().Where(found => found.Field.FieldType == typeof(RowWrite)))
        {
            yield return new StoreStatement(store, field.Name, textOf((RowWrite)field.GetValue(null)!));
        }
    }

    // The engine's own words are in types that carry its name.
    private static IEnumerable<StoreStatement> Constants() =>
        from found in Fields()
        where found.Field.IsLiteral && !found.Store.StartsWith("Sql", StringComparison.Ordinal)
        let text = found.Field.GetRawConstantValue() as string
        where text is not null && Verbs.Any(verb => text.StartsWith(verb, StringComparison.Ordinal) && text.Length > verb.Length && char.IsWhiteSpace(text[verb.Length]))
        select new StoreStatement(found.Store, found.Field.Name, text);

    private static IEnumerable<(string Store, FieldInfo Field)> Fields() =>
        from type in typeof(Database).Assembly.GetTypes()
        where type.Namespace == typeof(Database).Namespace && !type.ContainsGenericParameters
        from field in type.GetFields(Own)
        select (type.Name, field);

    // Its statements are arguments, not constants: each table of keys is made by a method that has no parameters.
    private static IEnumerable<StoreStatement> OfKeyTables() =>
        from factory in typeof(KeyTable).GetMethods(BindingFlags.Static | BindingFlags.Public)
        where factory.ReturnType == typeof(KeyTable)
        let table = factory.Invoke(null, null)
        from field in typeof(KeyTable).GetFields(BindingFlags.Instance | BindingFlags.NonPublic)
        let sql = field.GetValue(table) as string
        where sql is not null
        select new StoreStatement(nameof(KeyTable), factory.Name, sql);
}

/// <summary>A statement, and where it stands.</summary>
internal sealed record StoreStatement(string Store, string Name, string Sql);
