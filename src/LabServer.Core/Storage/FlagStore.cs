using System.Data.Common;
using Dapper;
using LabServer.Core.Grading;

namespace LabServer.Core.Storage;

/// <summary>Quality flags of results. Only what differs from the stored rows is written.</summary>
public sealed class FlagStore(Database database)
{
    // Every table of flags, under one set of names: what lists flags looks here only. 7 is FlagKind.PanelMismatch.
    private const string AllFlags = """
        SELECT subject_key, test_key, result_key, flag, other_result_key, detail FROM observation_flag
        UNION ALL SELECT subject_key, test_key, result_key, 7, NULL, CONCAT(panel, ': ', detail) FROM panel_flag
        """;

    private const string SelectOfSeries = """
        SELECT result_key, flag, other_result_key, detail FROM observation_flag
        WHERE subject_key = @subject_key AND test_key = @test_key ORDER BY result_key, flag
        """;

    private static readonly RowWrite WriteFlag = new("observation_flag", "subject_key, test_key, result_key, flag", "other_result_key, detail")
    {
        Replaces = true,
    };

    private const string Delete = """
        DELETE FROM observation_flag
        WHERE subject_key = @subject_key AND test_key = @test_key AND result_key = @result_key AND flag = @flag
        """;

    private const string SelectKeys = $"""
        SELECT DISTINCT f.result_key FROM ({AllFlags}) f
        JOIN subject s ON s.subject_key = f.subject_key
        JOIN test t ON t.test_key = f.test_key
        WHERE s.study_key = @studyKey AND f.result_key > @after
          AND (@flag = 0 OR f.flag = @flag)
          AND (@subjectId = '' OR s.subject_id = @subjectId)
          AND (@test = '' OR t.test = @test)
        ORDER BY f.result_key
        """;

    private const string SelectOfResult = $"""
        SELECT f.result_key AS ResultKey, f.flag AS Flag, f.detail AS Detail,
               l.laboratory AS OtherLaboratory, o.source_result_id AS OtherSourceResultId
        FROM ({AllFlags}) f
        LEFT JOIN result o ON o.result_key = f.other_result_key
        LEFT JOIN laboratory l ON l.laboratory_key = o.laboratory_key
        WHERE f.result_key = @resultKey ORDER BY f.flag
        """;

    private const string SelectOfSubject = $"""
        SELECT f.result_key AS ResultKey, f.flag AS Flag, f.detail AS Detail, NULL AS OtherLaboratory, NULL AS OtherSourceResultId
        FROM ({AllFlags}) f WHERE f.subject_key = @subjectKey ORDER BY f.result_key, f.flag
        """;

    /// <summary>Keys of flagged results in the order received; of one flag, subject or test when named.</summary>
    public IReadOnlyList<long> FlaggedResults(long studyKey, FlagKind? flag, string subjectId, string test, long after, int take)
    {
        using var connection = database.Read();
        return connection.Query<long>(
            database.Dialect.TakeFirst(SelectKeys), new { studyKey, flag = (int)(flag ?? 0), subjectId, test, after, Take = take }).AsList();
    }

    /// <summary>The flags of each of these results; none for one that has none.</summary>
    public ILookup<long, ResultFlag> Of(IEnumerable<long> resultKeys)
    {
        using var connection = database.Read();
        return resultKeys.SelectMany(resultKey => connection.Query<ResultFlag>(SelectOfResult, new { resultKey })).ToLookup(flag => flag.ResultKey);
    }

    /// <summary>The flags of all results of a subject, without the results they were compared with.</summary>
    internal static ILookup<long, ResultFlag> OfSubject(DbConnection connection, DbTransaction transaction, long subjectKey) =>
        connection.Query<ResultFlag>(SelectOfSubject, new { subjectKey }, transaction).ToLookup(flag => flag.ResultKey);

    /// <summary>Stores the flags of a series in the place of those it had. Whether that changed any.</summary>
    internal static bool Write(WriteSession session, SeriesRow series, IReadOnlyList<SeriesFlag> flags)
    {
        var stored = Read(session, series);
        if (flags.SequenceEqual(stored))
        {
            return false;
        }

        foreach (var gone in stored.ExceptBy(flags.Select(Identity), Identity))
        {
            session.Rows(Delete).Add(series.SubjectKey).Add(series.TestKey).Add(gone.ResultKey).Add((int)gone.Flag).RunLater();
        }

        foreach (var flag in flags.Except(stored))
        {
            session.Rows(WriteFlag)
                .Add(series.SubjectKey).Add(series.TestKey).Add(flag.ResultKey).Add((int)flag.Flag).Add(flag.OtherResultKey).Add(flag.Detail).RunLater();
        }

        return true;
    }

    private static (long, FlagKind) Identity(SeriesFlag flag) => (flag.ResultKey, flag.Flag);

    private static List<SeriesFlag> Read(WriteSession session, SeriesRow series)
    {
        var flags = new List<SeriesFlag>();
        session.Rows(SelectOfSeries).Add(series.SubjectKey).Add(series.TestKey)
            .Each(row => flags.Add(new SeriesFlag(row.Whole(0), (FlagKind)row.Whole(1), row.Key(2), row.Text(3))));
        return flags;
    }
}
