using System.Data.Common;
using Dapper;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Storage;

public sealed partial class SeriesStore
{
    // Sorted blocks of this size are what makes the clustered series table cheap to write; memory holds one block.
    private const int BlockSize = 100_000;

    private const string SelectWatermark = "SELECT taken_up_to FROM grading_state WHERE id = 1";

    private const string SelectColumns = """
        SELECT r.result_key, r.laboratory_key, CASE WHEN a.source_result_id IS NULL THEN '' ELSE r.source_result_id END, r.subject_key, r.test_key, t.test, r.collected_us, r.collected_at,
               r.reported_value, r.reported_unit, r.reference_low, r.reference_high, r.standard_value, r.fasting, r.status, r.hold_reasons,
               CASE WHEN a.source_result_id IS NULL THEN 0 ELSE 1 END, r.method, r.specimen_condition, r.visit, r.visit_number
        FROM result r
        LEFT JOIN test t ON t.test_key = r.test_key
        LEFT JOIN amended_result a ON a.laboratory_key = r.laboratory_key AND a.source_result_id = r.source_result_id
        """;

    private const string SelectNew = SelectColumns + " WHERE r.result_key > @after ORDER BY r.result_key";

    private const string SelectReleased =
        SelectColumns + " WHERE r.result_key IN (SELECT result_key FROM released_result) ORDER BY r.result_key";

    private const string SelectVersions =
        SelectColumns + " WHERE r.laboratory_key = @LaboratoryKey AND r.source_result_id = @SourceResultId ORDER BY r.version";

    private const string UpdateWatermark = "UPDATE grading_state SET taken_up_to = @watermark WHERE id = 1";

    private const string DeleteReleased = "DELETE FROM released_result WHERE result_key = @result_key";

    private const string DeleteObservation = """
        DELETE FROM observation
        WHERE subject_key = @subject_key AND test_key = @test_key AND collected_us = @collected_us AND result_key = @result_key
        """;

    private static readonly RowWrite WriteObservation = new(
        "observation",
        "subject_key, test_key, collected_us, result_key",
        "collected_at, value, qualifier, unit_key, lower_limit, upper_limit, standard_value, fasting, laboratory_key, method, status, "
        + "specimen_condition, visit_key, text_key")
    {
        Replaces = true,
    };

    private readonly KeyTable _units = KeyTable.Units();
    private readonly KeyTable _texts = KeyTable.Texts();
    private readonly SentVisits _visits = new();

    /// <summary>
    /// Puts the next block of new and released results into their series and marks those. In one transaction with the
    /// watermark, so that a block is taken up whole or not at all.
    /// </summary>
    /// <param name="claim">The claim on <see cref="GradingShares.Intake"/>.</param>
    /// <param name="cancellation">Gives up waiting for the writer.</param>
    /// <exception cref="ShareLostException">Another server takes up by now; nothing was written.</exception>
    public async Task<TakenUp> TakeUp(ShareClaim claim, CancellationToken cancellation)
    {
        var block = ReadBlock();
        if (block.All.Count == 0)
        {
            return default;
        }

        await database.Writer.Run(
            session =>
            {
                GradingShares.Require(session, claim);
                Write(session, block);
            },
            block.All.Count,
            cancellation).ConfigureAwait(false);
        return new TakenUp(block.All.Count(row => row.HoldReasons == HoldReasons.None), block.All.Count >= BlockSize);
    }

    private Block ReadBlock()
    {
        using var connection = database.Read();
        using var transaction = database.Dialect.BeginSnapshot(connection);
        var watermark = connection.ExecuteScalar<long>(SelectWatermark, transaction: transaction);
        var results = Read(connection, transaction, SelectNew, ("@after", watermark), ("@Take", BlockSize));
        var released = Read(connection, transaction, SelectReleased, ("@Take", BlockSize));

        // One that was released before it was ever taken up is in both.
        return new Block(results.Count > 0 ? results[^1].ResultKey : watermark, [.. results.UnionBy(released, row => row.ResultKey)], released);
    }

    private void Write(WriteSession session, Block block)
    {
        var mark = PendingSeries.BeginMark(session);
        var current = new List<Row>(block.All.Count);
        foreach (var row in block.All)
        {
            if (row.HoldReasons != HoldReasons.None)
            {
                // Held: taken up when it is released. The watermark passes it.
            }
            else if (row.Amended)
            {
                TakeUpVersions(session, row, mark);
            }
            else
            {
                current.Add(row);
            }
        }

        current.Sort(Row.BySeries);
        foreach (var row in current.Where(row => row.Status != ResultStatus.Cancelled))
        {
            Insert(session, row);
        }

        foreach (var series in current.Select(row => (row.SubjectKey, row.TestKey)).Distinct())
        {
            PendingSeries.Mark(session, series.SubjectKey, series.TestKey, mark);
        }

        foreach (var row in block.Released)
        {
            session.Rows(DeleteReleased).Add(row.ResultKey).RunLater();
        }

        session.Connection.Execute(UpdateWatermark, new { watermark = block.Watermark }, session.Transaction);
    }

    // Of a result with several versions only the newest that is not held is in a series; a correction may have moved it
    // to another subject, test or time, so every series that a version was in is graded again.
    private void TakeUpVersions(WriteSession session, Row row, long mark)
    {
        var versions = new List<Row>();
        session.Rows(SelectVersions).Add(row.LaboratoryKey).Add(row.SourceResultId).Each(version => versions.Add(Row.Of(version)));
        var usable = versions.Where(version => version.HoldReasons == HoldReasons.None).ToList();
        foreach (var version in usable)
        {
            session.Rows(DeleteObservation)
                .Add(version.SubjectKey).Add(version.TestKey).Add(version.CollectedUs).Add(version.ResultKey).RunLater();
            PendingSeries.Mark(session, version.SubjectKey, version.TestKey, mark);
        }

        if (usable[^1].Status != ResultStatus.Cancelled)
        {
            Insert(session, usable[^1]);
        }
    }

    private void Insert(WriteSession session, Row row)
    {
        // Both texts were read when the result was checked, so they can be read again.
        ReportedValueReader.Read(row.ReportedValue, out var value);
        var unit = catalogue.Value.FindKey(row.Test)?.FindUnit(row.ReportedUnit);
        long? unitKey = unit is null ? null : _units.KeyOf(session, unit.Code);
        long? textKey = value.Number is null ? _texts.KeyOf(session, row.ReportedValue) : null;
        session.Rows(WriteObservation)
            .Add(row.SubjectKey).Add(row.TestKey).Add(row.CollectedUs).Add(row.ResultKey).Add(row.CollectedAt).Add((double?)value.Number)
            .Add((int)value.Qualifier).Add(unitKey).Add(Limit(row.ReferenceLow)).Add(Limit(row.ReferenceHigh)).Add(row.StandardValue)
            .Add((int)row.Fasting).Add(row.LaboratoryKey).Add(row.Method).Add((int)row.Status).Add(row.SpecimenCondition)
            .Add(_visits.KeyOf(session, row.Visit, row.VisitNumber)).Add(textKey)
            .RunLater();
    }

    private static double? Limit(string text) => ReportedValueReader.TryReadNumber(text, out var number) ? (double)number : null;

    private List<Row> Read(DbConnection connection, DbTransaction transaction, string sql, params ReadOnlySpan<(string Name, long Value)> parameters)
    {
        using var cursor = database.Dialect.Rows(connection, transaction, database.Dialect.TakeFirst(sql), parameters);
        var rows = new List<Row>();
        while (cursor.Read())
        {
            rows.Add(Row.Of(cursor));
        }

        return rows;
    }

    private sealed record Block(long Watermark, List<Row> All, List<Row> Released);

    // SourceResultId: of a result with several versions only, for the others it is empty.
    private sealed record Row(
        long ResultKey,
        long LaboratoryKey,
        string SourceResultId,
        long SubjectKey,
        long TestKey,
        string Test,
        long CollectedUs,
        string CollectedAt,
        string ReportedValue,
        string ReportedUnit,
        string ReferenceLow,
        string ReferenceHigh,
        double? StandardValue,
        Fasting Fasting,
        ResultStatus Status,
        HoldReasons HoldReasons,
        bool Amended,
        string Method,
        string SpecimenCondition,
        string Visit,
        string VisitNumber)
    {
        public static Row Of(RowValues row) => new(
            row.Whole(0),
            row.Whole(1),
            row.Text(2),
            row.Whole(3),
            row.Whole(4),
            row.Text(5),
            row.Whole(6),
            row.Text(7),
            row.Text(8),
            row.Text(9),
            row.Text(10),
            row.Text(11),
            row.Number(12),
            (Fasting)row.Whole(13),
            (ResultStatus)row.Whole(14),
            (HoldReasons)row.Whole(15),
            row.Whole(16) != 0,
            row.Text(17),
            row.Text(18),
            row.Text(19),
            row.Text(20));

        public static int BySeries(Row a, Row b) =>
            (a.SubjectKey, a.TestKey, a.CollectedUs, a.ResultKey).CompareTo((b.SubjectKey, b.TestKey, b.CollectedUs, b.ResultKey));
    }
}
