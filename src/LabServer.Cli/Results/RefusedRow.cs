using LabServer.Api.V1;
using LabServer.Cli.Files;

namespace LabServer.Cli.Results;

/// <summary>A row that is held or rejected, or a duplicate of such a one.</summary>
/// <param name="File">The file it came from.</param>
/// <param name="Row">The row as it stands there.</param>
/// <param name="Disposition">What became of it.</param>
/// <param name="Faults">Why; what a held result waits for is written as a fault too.</param>
internal sealed record RefusedRow(CsvFile File, CsvRow Row, Disposition Disposition, IReadOnlyList<Fault> Faults)
{
    /// <summary>What a held result waits for, as a fault.</summary>
    public static Fault Hold(HoldReason reason) => reason switch
    {
        HoldReason.UnknownSubject => Waits(reason, "subject_id", "The subject is not registered in the study."),
        HoldReason.UnknownTest => Waits(reason, "test_code", "The test is not in the catalogue."),
        HoldReason.UnknownUnit => Waits(reason, "reported_unit", "The unit is not one that the catalogue knows for this test."),
        _ => Waits(reason, "", "The result waits for something that this labctl does not know."),
    };

    private static Fault Waits(HoldReason reason, string field, string message) =>
        new() { Code = Enums.Text(reason), Field = field, Message = message };
}
