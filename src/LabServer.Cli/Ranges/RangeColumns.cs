using System.Text.Json.Nodes;
using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.Ranges;

/// <summary>How ranges and their versions are written. A range has the columns that an import reads.</summary>
internal static class RangeColumns
{
    public static readonly IReadOnlyList<Column<ReferenceRange>> Range =
    [
        new("test_code", range => range.TestCode),
        new("sex", range => Enums.Lower(range.Sex)),
        new("age_from", range => range.HasAgeFrom ? range.AgeFrom : null),
        new("age_from_unit", range => Enums.Lower(range.AgeFromUnit)),
        new("age_to", range => range.HasAgeTo ? range.AgeTo : null),
        new("age_to_unit", range => Enums.Lower(range.AgeToUnit)),
        new("method", range => range.Method),
        new("effective_from", range => range.EffectiveFrom),
        new("effective_to", range => range.EffectiveTo),
        new("low", range => range.Low),
        new("low_inclusive", range => range.LowInclusive),
        new("high", range => range.High),
        new("high_inclusive", range => range.HighInclusive),
        new("unit", range => range.Unit),
    ];

    public static readonly IReadOnlyList<Column<RegisteredRange>> Registered =
    [
        new("laboratory", row => row.Laboratory),
        new("version", row => row.Version),
        .. Range.Select(column => new Column<RegisteredRange>(column.Name, row => column.Value(row.Range))),
    ];

    public static readonly IReadOnlyList<Column<ReferenceRangeVersion>> Versions =
    [
        new("laboratory", version => version.Laboratory),
        new("version", version => version.Version),
        new("in_force", version => version.InForce),
        new("ranges", version => version.Ranges),
        new("imported_at", version => version.ImportedAt.ToDateTimeOffset()),
        new("imported_by", version => version.ImportedBy),
        new("reason", version => version.Reason),
        new("applications", version => Applications(version)),
    ];

    public static readonly IReadOnlyList<Column<OutdatedRange>> Outdated =
    [
        new("laboratory", outdated => outdated.Laboratory),
        new("reason", outdated => Enums.Text(outdated.Reason)),
        new("results", outdated => outdated.Results),
        new("last_collected_at", outdated => outdated.LastCollectedAt),
        new("version", outdated => outdated.Range is null ? null : outdated.Version),
        new("test_code", outdated => outdated.TestCode),
        .. Range.Skip(1).Select(column => new Column<OutdatedRange>(
            column.Name, outdated => outdated.Range is { } range ? column.Value(range) : null)),
    ];

    public static IReadOnlyList<Column<ImportReferenceRangesResponse>> Imported(string laboratory) =>
    [
        new("laboratory", _ => laboratory),
        new("version", import => import.Version),
        new("created", import => import.Created),
        new("ranges", import => import.Ranges),
        new("in_force", import => import.InForce),
        new("marked_series", import => import.MarkedSeries),
    ];

    public static IReadOnlyList<Column<ApplyReferenceRangesResponse>> Applied(string laboratory) =>
    [
        new("laboratory", _ => laboratory),
        new("version", applied => applied.Version),
        new("version_before", applied => applied.VersionBefore),
        new("marked_series", applied => applied.MarkedSeries),
    ];

    private static JsonArray Applications(ReferenceRangeVersion version) => new([.. version.Applications.Select(applied => new JsonObject
    {
        ["appliedAt"] = Cell.Text(applied.AppliedAt.ToDateTimeOffset()),
        ["appliedBy"] = applied.AppliedBy,
        ["reason"] = applied.Reason,
    })]);
}
