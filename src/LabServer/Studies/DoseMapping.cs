using LabServer.Core;

namespace LabServer.Studies;

/// <summary>Dose records between the wire and the domain: the only place that puts a treatment into an answer.</summary>
internal static class DoseMapping
{
    public static Dose ToDose(Api.V1.Dose message) => new()
    {
        SubjectId = message.SubjectId,
        DoseId = message.DoseId,
        Treatment = message.Treatment,
        Amount = message.Amount,
        Unit = message.Unit,
        StartAt = message.StartAt,
        EndAt = message.EndAt,
        Visit = message.Visit,
        VisitNumber = message.VisitNumber,
        NotGiven = message.NotGiven,
    };

    public static Api.V1.Dose ToMessage(Dose dose) => new()
    {
        SubjectId = dose.SubjectId,
        DoseId = dose.DoseId,
        Treatment = dose.Treatment,
        Amount = dose.Amount,
        Unit = dose.Unit,
        StartAt = dose.StartAt,
        EndAt = dose.EndAt,
        Visit = dose.Visit,
        VisitNumber = dose.VisitNumber,
        NotGiven = dose.NotGiven,
    };
}
