using Dapper;
using LabServer.Core.Audit;
using LabServer.Core.Reports;

namespace LabServer.Core.Storage;

/// <summary>Safety reports on file. A report is written once, whole, and never changed.</summary>
public sealed class SafetyReportStore(Database database)
{
    private const string SelectColumns = """
        SELECT report_key AS ReportKey, report_id AS ReportId, cut_off_us AS CutOffUs, previous_us AS PreviousUs, format AS Format,
               run_id AS RunId, counts AS Counts, through_change AS ThroughChange
        FROM safety_report WHERE study_key = @studyKey
        """;

    private const string SelectPage = SelectColumns + " AND report_key < @before ORDER BY report_key DESC";
    private const string SelectOne = SelectColumns + " AND report_id = @reportId";
    private const string SelectLast = SelectColumns + " ORDER BY report_key DESC";
    private const string SelectOfRun = SelectColumns + " AND run_id = @runId";

    private const string SelectEdition = "SELECT sha256 FROM safety_report_edition WHERE report_key = @ReportKey AND edition = @edition";

    private const string SelectFiles = """
        SELECT name AS Name, bytes AS Bytes, sha256 AS Sha256
        FROM safety_report_file WHERE report_key = @ReportKey AND edition = @edition ORDER BY position
        """;

    private const string SelectContent = """
        SELECT content FROM safety_report_file WHERE report_key = @ReportKey AND edition = @edition AND name = @name
        """;

    private const string SelectMaterial = """
        SELECT material AS Material, material_sha256 AS MaterialSha256, arms AS Arms, arms_sha256 AS ArmsSha256
        FROM safety_report WHERE report_key = @ReportKey
        """;

    private const string InsertReport = """
        INSERT INTO safety_report (study_key, report_id, cut_off_us, previous_us, through_change, format, run_id, counts,
            material, material_sha256, arms, arms_sha256)
        VALUES (@studyKey, @ReportId, @CutOffUs, @PreviousUs, @through, @Format, @RunId, @counts, @material, @materialHash, @arms, @armsHash)
        """;

    private const string InsertEdition = "INSERT INTO safety_report_edition (report_key, edition, sha256) VALUES (@reportKey, @edition, @Sha256)";

    private const string InsertFile = """
        INSERT INTO safety_report_file (report_key, edition, position, name, bytes, sha256, content)
        VALUES (@reportKey, @edition, @position, @Name, @Bytes, @Sha256, @content)
        """;

    /// <summary>Reports of a study, newest first.</summary>
    /// <param name="studyKey">The study.</param>
    /// <param name="before">Only reports with a smaller key: <see cref="long.MaxValue"/> for the first page.</param>
    /// <param name="take">At most this many.</param>
    public IReadOnlyList<SafetyReport> List(long studyKey, long before, int take)
    {
        using var connection = database.Read();
        return [.. connection.Query<Row>(database.Dialect.TakeFirst(SelectPage), new { studyKey, before, Take = take }).Select(row => row.ToReport())];
    }

    /// <summary>A report; null: the study has none of this id. An empty id means the newest one.</summary>
    public SafetyReport? Find(long studyKey, string reportId)
    {
        using var connection = database.Read();
        return reportId.Length == 0
            ? connection.QueryFirstOrDefault<Row>(database.Dialect.TakeFirst(SelectLast), new { studyKey, Take = 1 })?.ToReport()
            : connection.QuerySingleOrDefault<Row>(SelectOne, new { studyKey, reportId })?.ToReport();
    }

    /// <summary>The report that a run has made; null: it has made none.</summary>
    public SafetyReport? OfRun(long studyKey, string runId)
    {
        using var connection = database.Read();
        return connection.QueryFirstOrDefault<Row>(SelectOfRun, new { studyKey, runId })?.ToReport();
    }

    /// <summary>An edition with its files.</summary>
    public SafetyReportEdition Edition(SafetyReport report, ReportEdition edition)
    {
        using var connection = database.Read();
        using var transaction = database.Dialect.BeginSnapshot(connection);
        return new SafetyReportEdition(
            edition,
            connection.QuerySingle<string>(SelectEdition, new { report.ReportKey, edition = (int)edition }, transaction),
            connection.Query<SafetyReportFile>(SelectFiles, new { report.ReportKey, edition = (int)edition }, transaction).AsList());
    }

    /// <summary>The bytes of a file; null: the edition has none of this name.</summary>
    public byte[]? Content(SafetyReport report, ReportEdition edition, string name)
    {
        using var connection = database.Read();
        return connection.QuerySingleOrDefault<byte[]>(SelectContent, new { report.ReportKey, edition = (int)edition, name }) is { } packed
            ? MaterialJson.Decompress(packed)
            : null;
    }

    /// <summary>The report made last, with how far it read the log of events; null: there is none.</summary>
    internal (SafetyReport? Report, long ThroughChange) Last(long studyKey)
    {
        using var connection = database.Read();
        var row = connection.QueryFirstOrDefault<Row>(database.Dialect.TakeFirst(SelectLast), new { studyKey, Take = 1 });
        return (row?.ToReport(), row?.ThroughChange ?? 0);
    }

    /// <summary>What a report was made of.</summary>
    /// <exception cref="InvalidDataException">It is not what was stored.</exception>
    internal (ReportMaterial Material, ReportArms Arms) Material(SafetyReport report)
    {
        using var connection = database.Read();
        var row = connection.QuerySingle<MaterialRow>(SelectMaterial, report);
        return (Read<ReportMaterial>(row.Material, row.MaterialSha256), Read<ReportArms>(row.Arms, row.ArmsSha256));

        T Read<T>(byte[] packed, string hash)
        {
            var json = MaterialJson.Decompress(packed);
            return MaterialJson.Hash(json) == hash
                ? MaterialJson.Read<T>(json)
                : throw new InvalidDataException($"The stored material of report {report.ReportId} is damaged.");
        }
    }

    /// <summary>
    /// Writes a report with all its files in one transaction. False: another report of the study was made since
    /// <paramref name="report"/> was begun, and nothing is written.
    /// </summary>
    internal Task<bool> Add(
        long studyKey, SafetyReport report, FrozenMaterial frozen, IReadOnlyList<RenderedEdition> editions, CancellationToken cancellation)
    {
        var (material, arms) = (MaterialJson.Write(frozen.Material), MaterialJson.Write(frozen.Arms));
        var packed = editions.Select(edition => edition.Files.Select(file => MaterialJson.Compress(file.Content)).ToList()).ToList();
        var parameters = new
        {
            studyKey,
            report.ReportId,
            report.CutOffUs,
            report.PreviousUs,
            through = frozen.ThroughChange,
            report.Format,
            report.RunId,
            counts = System.Text.Encoding.UTF8.GetString(MaterialJson.Write(report.Counts)),
            material = MaterialJson.Compress(material),
            materialHash = MaterialJson.Hash(material),
            arms = MaterialJson.Compress(arms),
            armsHash = MaterialJson.Hash(arms),
        };
        return database.Writer.Run(
            session =>
            {
                var last = session.Connection.QueryFirstOrDefault<Row>(
                    session.Dialect.TakeFirst(SelectLast), new { studyKey, Take = 1 }, session.Transaction);
                if (last?.CutOffUs != report.PreviousUs)
                {
                    return false;
                }

                session.Connection.Execute(InsertReport, parameters, session.Transaction);
                var reportKey = session.LastInsertedKey();
                for (var i = 0; i < editions.Count; i++)
                {
                    Add(session, reportKey, editions[i], packed[i]);
                }

                // The hash of the edition by arm would tell arms to who can guess all but one.
                var blinded = editions.Single(edition => edition.Edition == ReportEdition.Blinded);
                var entry = AuditEntry.Of(Author.Server, AuditAction.ReportMade, AuditTrail.StudyId(session, studyKey), report.ReportId);
                AuditTrail.Append(session, entry with
                {
                    After = AuditJson.Write(new { report.RunId, report.Format, blinded.Sha256 }),
                    SealedAfter = AuditJson.Write(editions.Select(edition => new { edition.Edition, edition.Sha256 })),
                });

                return true;
            },
            rows: 1_000,
            cancellation);
    }

    private static void Add(WriteSession session, long reportKey, RenderedEdition rendered, List<byte[]> packed)
    {
        var edition = (int)rendered.Edition;
        session.Connection.Execute(InsertEdition, new { reportKey, edition, rendered.Sha256 }, session.Transaction);
        for (var position = 0; position < packed.Count; position++)
        {
            var file = rendered.Files[position];
            session.Connection.Execute(
                InsertFile,
                new { reportKey, edition, position, file.Name, Bytes = (long)file.Content.Length, file.Sha256, content = packed[position] },
                session.Transaction);
        }
    }

    private sealed record Row(
        long ReportKey, string ReportId, long CutOffUs, long? PreviousUs, long Format, string RunId, string Counts, long ThroughChange)
    {
        public SafetyReport ToReport() => new()
        {
            ReportKey = ReportKey,
            ReportId = ReportId,
            CutOffUs = CutOffUs,
            PreviousUs = PreviousUs,
            Format = (int)Format,
            RunId = RunId,
            Counts = MaterialJson.Read<ReportCounts>(System.Text.Encoding.UTF8.GetBytes(Counts)),
        };
    }

    private sealed record MaterialRow(byte[] Material, string MaterialSha256, byte[] Arms, string ArmsSha256);
}
