using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.Catalogue;

/// <summary>How a test of the catalogue is written.</summary>
internal static class TestColumns
{
    public static readonly IReadOnlyList<Column<Test>> Listed =
    [
        new("test", test => test.Key),
        new("name", test => test.Name),
        new("specimen", test => test.Specimen),
        new("standard_unit", test => test.StandardUnit),
        new("units", test => test.Units),
        new("aliases", test => test.Aliases),
        new("loinc", test => test.Loinc),
    ];

    public static readonly IReadOnlyList<Column<(Test Test, long Released)>> Registered =
    [
        .. Listed.Select(column => new Column<(Test Test, long Released)>(column.Name, row => column.Value(row.Test))),
        new("released_results", row => row.Released),
    ];
}
