using System.Data.Common;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using LabServer.Core.Audit;

namespace LabServer.Core.Storage;

/// <summary>Brings a database to the schema of this program: numbered files, each run once, in order, and journalled.</summary>
public static class SchemaUpgrade
{
    private const string SelectJournal = "SELECT number, name, sha256 FROM schema_journal ORDER BY number";

    private const string InsertJournal =
        "INSERT INTO schema_journal (number, name, sha256, applied_us) VALUES (@Number, @Name, @Sha256, @appliedUs)";

    // From this file on the database has an audit trail.
    private const int FirstAudited = 17;

    /// <summary>
    /// Runs what is missing, each file in a transaction of its own. Of servers that start together one runs a file, and the others
    /// find it run when they have waited for that.
    /// </summary>
    /// <exception cref="SchemaException">
    /// The database was made by a newer program, or a file that it has run is not the one this program carries.
    /// </exception>
    public static void Run(DbConnection connection, Dialect dialect, TimeProvider time) =>
        RunThrough(connection, dialect, time, int.MaxValue);

    /// <summary>As an earlier program did, which had no file behind <paramref name="last"/>: for tests of the upgrade.</summary>
    public static void RunThrough(DbConnection connection, Dialect dialect, TimeProvider time, int last)
    {
        dialect.RequireSettings(connection);
        using (var transaction = dialect.BeginWriteAtStart(connection))
        {
            connection.Execute(dialect.CreateJournal, transaction: transaction);
            transaction.Commit();
        }

        var applied = RequireKnown(connection, dialect);
        foreach (var file in Files(dialect).Where(file => file.Number <= last && !applied.Contains(file.Number)))
        {
            using var transaction = dialect.BeginWriteAtStart(connection);
            if (!RequireKnown(connection, dialect, transaction).Contains(file.Number))
            {
                Apply(connection, transaction, dialect, time, file);
                transaction.Commit();
            }
        }
    }

    private static void Apply(DbConnection connection, DbTransaction transaction, Dialect dialect, TimeProvider time, SchemaFile file)
    {
        connection.Execute(file.Sql, transaction: transaction);
        connection.Execute(InsertJournal, new { file.Number, file.Name, file.Sha256, appliedUs = Clock.NowUs(time) }, transaction);
        if (file.Number >= FirstAudited)
        {
            Database.Prepare(connection, transaction, dialect, time, session => AuditTrail.Append(session, Entry(session, file)));
        }
    }

    /// <summary>Numbers of the schema files that a database has run, all of which this program must know.</summary>
    /// <exception cref="SchemaException">As <see cref="Run"/>.</exception>
    public static IReadOnlySet<int> RequireKnown(DbConnection connection, Dialect dialect, DbTransaction? transaction = null)
    {
        var known = Files(dialect).ToDictionary(file => file.Number);
        var applied = connection.Query<(long Number, string Name, string Sha256)>(SelectJournal, transaction: transaction)
            .ToDictionary(row => (int)row.Number);
        if (applied.Count > 0 && applied.Keys.Max() > known.Keys.Max())
        {
            throw new SchemaException(
                $"The database has schema {applied.Keys.Max()}, this program knows {known.Keys.Max()}: a newer LabServer made it.");
        }

        foreach (var (number, row) in applied)
        {
            if (known.TryGetValue(number, out var file) && row.Sha256 != file.Sha256)
            {
                throw new SchemaException($"Schema file {file.Name} is not the one this database was made with.");
            }
        }

        return applied.Keys.ToHashSet();
    }

    // The first entry says what was run before there was a trail.
    private static AuditEntry Entry(WriteSession session, SchemaFile file) => file.Number == FirstAudited
        ? AuditEntry.Of(Author.Server, AuditAction.TrailStarted) with
        {
            After = AuditJson.Write(session.Connection.Query<(long Number, string Name, string Sha256)>(SelectJournal, transaction: session.Transaction)
                .Select(row => new { row.Name, row.Sha256 })),
        }
        : AuditEntry.Of(Author.Server, AuditAction.SchemaUpgraded, name: file.Name) with
        {
            After = AuditJson.Write(new { file.Name, file.Sha256 }),
        };

    /// <summary>The schema files for <paramref name="dialect"/>, by number.</summary>
    public static IReadOnlyList<SchemaFile> Files(Dialect dialect) => Files(dialect.Name);

    /// <summary>The schema files for the engine of that name.</summary>
    internal static IReadOnlyList<SchemaFile> Files(string engine)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var suffix = $".{engine}.sql";
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("Schema/", StringComparison.Ordinal) && name.EndsWith(suffix, StringComparison.Ordinal))
            .Select(name => Read(assembly, name))
            .OrderBy(file => file.Number)];
    }

    private static SchemaFile Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
        var sql = reader.ReadToEnd().ReplaceLineEndings("\n");
        var name = resource["Schema/".Length..];
        return new SchemaFile(
            int.Parse(name.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture),
            name,
            sql,
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql))));
    }
}
