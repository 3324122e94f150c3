using LabServer.Core.Storage;
using LabServer.Core.Summaries;
using LabServer.Storage;
using LabServer.Studies;

namespace LabServer.Summaries;

// One file an RPC.
internal sealed partial class SummariesService(
    StudyLookup lookup, SummaryStore summaries, SeriesStore series, DatasetExports exports, StrataStore strata, LiverSafetyStore liver, ShiftTables shifts,
    SubjectProfile profiles, SubjectStore subjects, RuleSetStore ruleSets, AnalysisValues values, AuditTrail audit, SnapshotReaders readers)
    : Api.V1.SummariesService.SummariesServiceBase;
