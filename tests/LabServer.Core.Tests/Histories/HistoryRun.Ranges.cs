using System.Globalization;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;
using LabServer.Core.Storage;

namespace LabServer.Core.Tests.Histories;

internal sealed partial class HistoryRun
{
    private async Task<string?> TakeRanges(StudyStep step)
    {
        if (step is StudyStep.ApplyRanges apply)
        {
            await _study.Ranges.Apply(_study.Study, apply.Laboratory, apply.Version, "tester", "", CancellationToken.None);
            _model.ChangeRanges(ranges => ranges.Apply(apply.Laboratory, apply.Version));
            return null;
        }

        var import = (StudyStep.ImportRanges)step;
        var good = LaboratoryRangeChecks.Check([.. import.Ranges.Select(Sent)], _study.Catalogue.Value, []);
        if (good.Faults.Count > 0)
        {
            return $"ranges of {import.Laboratory} have a fault: {good.Faults[0]}";
        }

        var newest = _study.Ranges.Newest(_study.Study.StudyKey, import.Laboratory).Version;
        await _study.Ranges.Import(
            _study.Study, new RangeImportRequest(import.Laboratory, newest, good.Ranges, import.Apply, "tester", ""), CancellationToken.None);
        _model.ChangeRanges(ranges => ranges.Import(import.Laboratory, import.Ranges, import.Apply));
        return null;
    }

    /// <summary>A range as a laboratory sends it.</summary>
    public static SentRange Sent(ModelRange range) => new()
    {
        TestCode = range.Test,
        Sex = range.Sex ?? Sex.Unknown,
        AgeFrom = range.From?.Age,
        AgeFromUnit = Unit(range.From?.Unit),
        AgeTo = range.To?.Age,
        AgeToUnit = Unit(range.To?.Unit),
        Method = range.Method,
        EffectiveFrom = range.Since?.ToString("O", CultureInfo.InvariantCulture) ?? "",
        EffectiveTo = range.Until?.ToString("O", CultureInfo.InvariantCulture) ?? "",
        Low = range.Low is { } low ? Digits.Text(low) : "",
        LowInclusive = range.LowIsNormal,
        High = range.High is { } high ? Digits.Text(high) : "",
        HighInclusive = range.HighIsNormal,
        Unit = range.Unit,
    };

    private static AgeUnit Unit(string? unit) => unit switch
    {
        "days" => AgeUnit.Days,
        "months" => AgeUnit.Months,
        "years" => AgeUnit.Years,
        _ => default,
    };
}
