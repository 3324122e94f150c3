namespace LabServer.Core.Tests.Histories;

/// <summary>A result in force, understood by the model.</summary>
internal sealed record ModelResult
{
    private static readonly string[] Qualifiers = ["<=", ">=", "<", ">"];

    public required LabResult Sent { get; init; }

    public required ModelDate Collected { get; init; }

    /// <summary>The number in <see cref="Unit"/>; null: a text.</summary>
    public decimal? Number { get; init; }

    public string Qualifier { get; init; } = "";

    public ModelUnit? Unit { get; init; }

    public decimal? Low { get; init; }

    public decimal? High { get; init; }

    /// <summary>Whether the limits themselves are normal, for telling where the number lies.</summary>
    public bool LowIsNormal { get; init; } = true;

    public bool HighIsNormal { get; init; } = true;

    /// <summary>Where the limits come from: <c>None</c>, <c>Result</c>, <c>Laboratory</c>.</summary>
    public string RangeSource { get; init; } = "None";

    public bool IsSpoiled { get; init; }

    public bool IsFasting { get; init; }

    /// <summary>Whether the study does not grade it at all, and why.</summary>
    public string? Barred { get; init; }

    public string Key => $"{Sent.Laboratory}/{Sent.SourceResultId}";

    /// <summary>A plain number that may be graded, and so may be the baseline.</summary>
    public bool MayBeBaseline => Number is not null && Qualifier.Length == 0 && Barred is null;

    /// <summary>-1, 0, 1: below, in, above its own range; null without a range.</summary>
    public int? Side => Number is not { } number || (Low is null && High is null) ? null
        : Low is { } low && Digits.Compare(number, low) < (LowIsNormal ? 0 : 1) ? -1
        : High is { } high && Digits.Compare(number, high) > (HighIsNormal ? 0 : -1) ? 1
        : 0;

    public static ModelResult Read(LabResult sent, ModelUnit? unit, Subject subject, ModelStudy study)
    {
        var qualifier = Array.Find(Qualifiers, sent.ReportedValue.StartsWith) ?? "";
        var rest = sent.ReportedValue[qualifier.Length..].Trim();
        decimal? number = rest.Length > 0 && char.IsAsciiDigit(rest[^1]) ? Digits.Round(Digits.Read(rest)!.Value) : null;
        var spoiled = study.Spoils(sent.TestCode, sent.SpecimenCondition);
        var collected = ModelDate.Read(sent.CollectedAt, study.ZoneMinutes)!;
        var read = new ModelResult
        {
            Sent = sent,
            Collected = collected,
            Number = number,
            Qualifier = number is null ? "" : qualifier,
            Unit = unit,
            Low = Digits.Read(sent.ReferenceLow) is { } low ? Digits.Round(low) : null,
            High = Digits.Read(sent.ReferenceHigh) is { } high ? Digits.Round(high) : null,
            IsSpoiled = spoiled,
            IsFasting = (sent.Fasting == Fasting.Unspecified ? study.Settings.Fasting : sent.Fasting) == Fasting.Yes,
            Barred = number is null ? "VALUE_IS_TEXT"
                : spoiled && study.Settings.SpoiledSpecimens == SpoiledSpecimens.NotGradable ? "SPECIMEN_SPOILED"
                : null,
        };
        return read.Low is not null || read.High is not null ? read with { RangeSource = "Result" }
            : unit is not null && study.Ranges.Find(sent, subject.Sex, ModelDate.Read(subject.BirthDate, study.ZoneMinutes), collected) is { } range
                ? read.With(range)
            : read;
    }

    // One limit of the laboratory's and one of the result's are never mixed.
    private ModelResult With(ModelRange range) => this with
    {
        Low = range.In(range.Low, Unit!),
        High = range.In(range.High, Unit!),
        LowIsNormal = range.LowIsNormal,
        HighIsNormal = range.HighIsNormal,
        RangeSource = "Laboratory",
    };

    /// <summary>This number in another unit of the test: as reported where the units are one, else through the unit the test is kept in.</summary>
    public decimal In(ModelUnit unit) =>
        Unit!.Name == unit.Name ? Number!.Value : Digits.Round(Digits.Round(Number!.Value * Unit.Factor) / unit.Factor);
}
