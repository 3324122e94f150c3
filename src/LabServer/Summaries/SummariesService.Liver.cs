using Grpc.Core;
using LabServer.Access;
using LabServer.Api.V1;
using LabServer.Core.Access;
using LabServer.Core.Grading;
using LabServer.Core.Summaries;
using Counts = LabServer.Core.Summaries.LiverCounts;
using Peak = LabServer.Core.Summaries.LiverPeak;

namespace LabServer.Summaries;

internal sealed partial class SummariesService
{
    private const string LiverSource = "FDA, Guidance for Industry: Drug-Induced Liver Injury: Premarketing Clinical Evaluation, July 2009";

    [Needs(Permission.ReadSummaries)]
    public override Task<SummarizeLiverSafetyResponse> SummarizeLiverSafety(SummarizeLiverSafetyRequest request, ServerCallContext context)
    {
        var study = lookup.Find(context, request.StudyId);
        strata.Require(context, study, request.SplitBy, request.Arms, compared: false);
        var safety = liver.Read(study, context.SightOf(study), request.SplitBy, request.Arms);
        return Task.FromResult(new SummarizeLiverSafetyResponse
        {
            StudyId = study.StudyId,
            Subjects = { safety.Points.Select(ToMessage) },
            Arms = { safety.Arms.Select(ToMessage) },
            Total = ToMessage(safety.Total),
            Strata =
            {
                safety.Strata.Select(stratum => new Api.V1.LiverStratum
                {
                    Stratum = stratum.Value,
                    Arms = { stratum.Arms.Select(ToMessage) },
                    Total = ToMessage(stratum.Total),
                }),
            },
            TransaminaseBound = LiverPoint.TransaminaseTimes,
            BilirubinBound = LiverPoint.BilirubinTimes,
            Source = LiverSource,
            Pending = series.CountPending(study.StudyKey),
        });
    }

    private static LiverSubject ToMessage(LiverPoint point)
    {
        var message = new LiverSubject
        {
            SubjectId = point.Subject.SubjectId,
            Arm = point.Subject.Arm,
            Stratum = point.Subject.Stratum,
            Quadrant = (Api.V1.LiverQuadrant)(point.Quadrant ?? 0),
            Alt = ToMessage("ALT", point.Alt),
            Ast = ToMessage("AST", point.Ast),
            Bilirubin = ToMessage("BILI", point.Bilirubin),
            Transaminase = ToMessage(point.IsAst ? "AST" : "ALT", point.Transaminase),
            AlpCollectedAt = point.Alp?.CollectedAt ?? "",
            HysLawCandidate = point.IsCandidate,
            AlpUnderTwice = (YesNo)point.AlpUnderTwice,
            OverBound = point.IsOverBound,
        };
        if (point.Alp?.TimesUpperLimit is { } alp)
        {
            message.AlpTimesUpperLimit = alp;
        }

        return message;
    }

    private static Api.V1.LiverPeak ToMessage(string test, Peak peak)
    {
        var message = new Api.V1.LiverPeak
        {
            Test = test,
            AtLeast = peak.Peak is { IsAtLeast: true },
            CollectedAt = peak.Peak?.CollectedAt ?? "",
            Reason = peak.Peak is null ? peak.Gap.Word() : "",
        };
        if (peak.Peak is { } found)
        {
            message.TimesUpperLimit = found.Times;
        }

        if (peak.TimesBaseline is { } times)
        {
            message.TimesBaseline = times;
        }

        return message;
    }

    private static Api.V1.LiverCounts ToMessage(Counts counts) => new()
    {
        Arm = counts.Arm,
        Subjects = counts.Subjects,
        Normal = counts.Normal,
        Temple = counts.Temple,
        Cholestasis = counts.Cholestasis,
        HysLaw = counts.HysLaw,
        NotMeasurable = counts.NotMeasurable,
        NotMeasurableOverBound = counts.NotMeasurableOverBound,
        Candidates = counts.Candidates,
        CandidatesAlpUnderTwice = counts.CandidatesWithLowAlp,
        NotMeasurableReasons =
        {
            counts.Gaps.Select(gap => new Api.V1.LiverGapCount { Test = gap.Test, Reason = gap.Gap.Word(), Subjects = gap.Subjects }),
        },
    };
}
