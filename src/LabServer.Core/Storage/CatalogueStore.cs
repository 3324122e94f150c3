using System.Data.Common;
using Dapper;
using LabServer.Core.Audit;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Storage;

/// <summary>Codes and unit spellings registered on this server, and the release of results that waited for them.</summary>
public sealed class CatalogueStore(
    Database database, CurrentCatalogue catalogue, HeldResults held, StudyStore studies, TimeProvider time)
{
    private const string SelectAliases = "SELECT alias AS Alias, test AS Test FROM test_alias ORDER BY alias";

    private const string SelectSynonyms =
        "SELECT test AS Test, reported_unit AS ReportedUnit, unit AS Unit FROM unit_synonym ORDER BY test, reported_unit";

    private const string InsertAlias =
        "INSERT INTO test_alias (alias, test, registered_us, registered_by) VALUES (@alias, @test, @nowUs, @registeredBy)";

    private const string InsertSynonym = """
        INSERT INTO unit_synonym (test, reported_unit, unit, registered_us, registered_by)
        VALUES (@test, @reportedUnit, @unit, @nowUs, @registeredBy)
        """;

    /// <summary>The catalogue with everything that is registered in the database, kept so when other servers register more.</summary>
    public static CurrentCatalogue Open(Database database, TestCatalogue builtIn)
    {
        using var connection = database.Read();
        var catalogue = new CurrentCatalogue(Read(connection, null, builtIn));
        database.Copies.Add(
            (shared, transaction) =>
            {
                var read = Read(shared, transaction, builtIn);
                return () => catalogue.Set(read);
            },
            AuditAction.TestAliasRegistered,
            AuditAction.UnitSynonymRegistered);
        return catalogue;
    }

    private static TestCatalogue Read(DbConnection connection, DbTransaction? transaction, TestCatalogue builtIn)
    {
        var all = builtIn;
        foreach (var (alias, test) in connection.Query<(string Alias, string Test)>(SelectAliases, transaction: transaction))
        {
            // A later built-in catalogue may know the code itself; its own meaning then stands.
            all = all.Knows(alias) || all.FindKey(test) is null ? all : all.WithAlias(alias, test);
        }

        foreach (var (test, reportedUnit, unit) in connection.Query<(string Test, string ReportedUnit, string Unit)>(SelectSynonyms, transaction: transaction))
        {
            all = all.FindKey(test) is { } known && known.FindUnit(reportedUnit) is null
                ? all.WithUnitSynonym(test, reportedUnit, unit)
                : all;
        }

        return all;
    }

    /// <summary>Registers a code of a test. False: the code means a test already, and nothing was changed.</summary>
    public Task<bool> RegisterAlias(string alias, string test, Author by, CancellationToken cancellation) =>
        Register(
            known => known.Knows(alias) ? null : known.WithAlias(alias, test),
            session =>
            {
                session.Connection.Execute(
                    InsertAlias, new { alias, test, nowUs = Clock.NowUs(time), registeredBy = by.Caller }, session.Transaction);
                AuditTrail.Append(session, AuditEntry.Of(by, AuditAction.TestAliasRegistered, name: alias) with
                {
                    After = AuditJson.Write(new { alias, test }),
                });
            },
            cancellation);

    /// <summary>Registers a spelling of a unit. False: the spelling means a unit already, and nothing was changed.</summary>
    public Task<bool> RegisterUnitSynonym(string test, string reportedUnit, string unit, Author by, CancellationToken cancellation) =>
        Register(
            known => known.FindKey(test)!.FindUnit(reportedUnit) is null ? known.WithUnitSynonym(test, reportedUnit, unit) : null,
            session =>
            {
                session.Connection.Execute(
                    InsertSynonym, new { test, reportedUnit, unit, nowUs = Clock.NowUs(time), registeredBy = by.Caller }, session.Transaction);
                AuditTrail.Append(session, AuditEntry.Of(by, AuditAction.UnitSynonymRegistered, name: reportedUnit) with
                {
                    After = AuditJson.Write(new { test, reportedUnit, unit }),
                });
            },
            cancellation);

    /// <summary>
    /// Hands to grading whatever is held in any study and understood by now; also at the start of a server whose
    /// built-in catalogue knows more than the one that held it. Returns how many results.
    /// </summary>
    public async Task<int> ReleaseKnown(Author by, CancellationToken cancellation)
    {
        var released = 0;
        foreach (var study in studies.All())
        {
            released += await held.ReleaseKnown(database, study, by, cancellation).ConfigureAwait(false);
        }

        return released;
    }

    // Decided and put in force on the writer's thread, so that two registrations never overwrite each other and no
    // result is stored as held after the release it should have been part of.
    private Task<bool> Register(Func<TestCatalogue, TestCatalogue?> widen, Action<WriteSession> insert, CancellationToken cancellation) =>
        database.Writer.Run(
            session =>
            {
                if (widen(catalogue.Value) is not { } wider)
                {
                    return false;
                }

                insert(session);
                session.AfterCommit(() => catalogue.Set(wider));
                return true;
            },
            DatabaseWriter.Alone,
            cancellation);
}
