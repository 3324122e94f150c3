using LabServer.Core;
using LabServer.Core.Derivation;
using LabServer.Core.Ingestion;
using LabServer.Core.Storage;
using V1 = LabServer.Api.V1;

namespace LabServer.Ingestion;

/// <summary>Between the wire and the domain; the only place that sees both.</summary>
internal static class ResultMapping
{
    private const HoldReasons AllReasons = HoldReasons.UnknownSubject | HoldReasons.UnknownTest | HoldReasons.UnknownUnit;

    // Each set of reasons, as messages.
    private static readonly V1.HoldReason[][] ByReasons =
        [.. Enumerable.Range(0, (int)AllReasons + 1).Select(reasons => Each((HoldReasons)reasons).ToArray())];

    public static LabResult ToResult(V1.LabResult message, string studyId, string laboratory) => new()
    {
        StudyId = studyId,
        Laboratory = laboratory,
        SourceResultId = message.SourceResultId,
        Version = message.Version == 0 ? 1 : message.Version,
        SubjectId = message.SubjectId,
        Specimen = message.Specimen,
        Category = message.Category,
        TestCode = message.TestCode,
        ReportedValue = message.ReportedValue,
        ReportedUnit = message.ReportedUnit,
        ReferenceLow = message.ReferenceLow,
        ReferenceHigh = message.ReferenceHigh,
        CollectedAt = message.CollectedAt,
        ResultedAt = message.ResultedAt,
        Visit = message.Visit,
        VisitNumber = message.VisitNumber,
        Instrument = message.Instrument,
        Method = message.Method,
        Status = message.Status == V1.ResultStatus.Unspecified ? ResultStatus.Final : (ResultStatus)message.Status,
        SpecimenCondition = message.SpecimenCondition,
        Fasting = (Fasting)message.Fasting,
    };

    public static V1.LabResult ToMessage(LabResult result) => new()
    {
        SourceResultId = result.SourceResultId,
        Version = (uint)result.Version,
        SubjectId = result.SubjectId,
        Specimen = result.Specimen,
        Category = result.Category,
        TestCode = result.TestCode,
        ReportedValue = result.ReportedValue,
        ReportedUnit = result.ReportedUnit,
        ReferenceLow = result.ReferenceLow,
        ReferenceHigh = result.ReferenceHigh,
        CollectedAt = result.CollectedAt,
        ResultedAt = result.ResultedAt,
        Visit = result.Visit,
        VisitNumber = result.VisitNumber,
        Instrument = result.Instrument,
        Method = result.Method,
        Status = (V1.ResultStatus)result.Status,
        SpecimenCondition = result.SpecimenCondition,
        Fasting = (V1.Fasting)result.Fasting,
    };

    public static V1.BatchOutcome ToMessage(IReadOnlyList<ResultOutcome> outcomes)
    {
        var message = new V1.BatchOutcome();
        IReadOnlyList<Fault> faults = [];
        V1.Fault[] faultMessages = [];
        for (var position = 0; position < outcomes.Count; position++)
        {
            var outcome = outcomes[position];
            message.Dispositions.Add((V1.Disposition)outcome.Disposition);
            if (outcome.HoldReasons == HoldReasons.None && outcome.Faults.Count == 0)
            {
                continue;
            }

            if (!outcome.Faults.SequenceEqual(faults))
            {
                // A batch that is bad is mostly bad in one way: its messages are made once.
                (faults, faultMessages) = (outcome.Faults, [.. outcome.Faults.Select(Faults.ToMessage)]);
            }

            message.Details.Add(new V1.ResultDetail
            {
                Position = position,
                OnFile = (V1.Disposition)outcome.OnFile,
                HoldReasons = { ByReasons[(int)outcome.HoldReasons] },
                Faults = { faultMessages },
            });
        }

        return message;
    }

    public static V1.StoredResult ToMessage(StoredResult stored, TestCatalogue catalogue, DerivedFrom? derivedFrom)
    {
        var test = stored.Test is { } key ? catalogue.FindKey(key) : null;
        var message = new V1.StoredResult
        {
            StudyId = stored.Result.StudyId,
            Laboratory = stored.Result.Laboratory,
            Result = ToMessage(stored.Result),
            ReceivedAt = Timestamp(stored.ReceivedUs),
            ReceivedFrom = stored.Sender,
            TestCode = test?.Key ?? "",
            StandardUnit = test?.StandardUnit ?? "",
            HoldReasons = { ByReasons[(int)stored.HoldReasons] },
            Superseded = stored.Superseded,
            Derived = stored.IsDerived,
            Inputs =
            {
                (derivedFrom?.Inputs ?? []).Select(input => new V1.DerivedInput
                {
                    Laboratory = input.Laboratory,
                    SourceResultId = input.SourceResultId,
                    Version = (uint)input.Version,
                    Role = input.Role,
                }),
            },
            Computation = derivedFrom?.Computation ?? "",
        };
        if (stored.StandardValue is { } value)
        {
            message.StandardValue = value;
        }

        return message;
    }

    public static V1.FlaggedResult ToMessage(StoredResult stored, IEnumerable<ResultFlag> flags, TestCatalogue catalogue, DerivedFrom? derivedFrom)
    {
        var message = new V1.FlaggedResult { Result = ToMessage(stored, catalogue, derivedFrom) };
        foreach (var flag in flags)
        {
            message.Result.Flags.Add((V1.QualityFlag)flag.Flag);
            message.Flags.Add(new V1.ResultFlag
            {
                Flag = (V1.QualityFlag)flag.Flag,
                Detail = flag.Detail,
                OtherLaboratory = flag.OtherLaboratory ?? "",
                OtherSourceResultId = flag.OtherSourceResultId ?? "",
            });
        }

        return message;
    }

    public static V1.RejectedResult ToMessage(RejectedResult rejected) => new()
    {
        Laboratory = rejected.Result.Laboratory,
        Result = ToMessage(rejected.Result),
        Faults = { rejected.Faults.Select(Faults.ToMessage) },
        ReceivedAt = Timestamp(rejected.ReceivedUs),
        ReceivedFrom = rejected.Sender,
    };

    private static IEnumerable<V1.HoldReason> Each(HoldReasons reasons)
    {
        if (reasons.HasFlag(HoldReasons.UnknownSubject))
        {
            yield return V1.HoldReason.UnknownSubject;
        }

        if (reasons.HasFlag(HoldReasons.UnknownTest))
        {
            yield return V1.HoldReason.UnknownTest;
        }

        if (reasons.HasFlag(HoldReasons.UnknownUnit))
        {
            yield return V1.HoldReason.UnknownUnit;
        }
    }

    private static Google.Protobuf.WellKnownTypes.Timestamp Timestamp(long us) =>
        Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(Clock.FromUs(us));
}
