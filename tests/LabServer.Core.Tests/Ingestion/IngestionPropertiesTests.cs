using FsCheck;
using FsCheck.Fluent;
using LabServer.Core.Ingestion;
using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests.Ingestion;

/// <summary>What holds for any text whatever.</summary>
public sealed class IngestionPropertiesTests
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(2_000);

    private static readonly CheckContext Context = new(new FixedTime("2014-02-01T12:00:00Z"), TimeZoneInfo.Utc, TestCatalogue.Default);

    // Texts made of what numbers, dates and units are made of, beside the wild ones, so that the readers are got far into.
    private static readonly Arbitrary<string> Texts = Gen.OneOf(
        ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""),
        Gen.Elements("0123456789.,+-eE<>=≤T:Z/ mgdLuµ^*xGIK%".ToCharArray()).ArrayOf().Select(characters => new string(characters)))
        .ToArbitrary();

    [Fact]
    public void Canonical_OfItsOwnAnswer_IsTheSame() =>
        Check.One(Config, Prop.ForAll(Texts, text => UnitNames.Canonical(text) is not { } code || UnitNames.Canonical(code) == code));

    [Fact]
    public void Canonical_OfAKnownNameWithBlanksAround_IsTheSame() =>
        Assert.All(UnitNameTableReader.ReadEmbedded().Exact.Keys, name => Assert.Equal(UnitNames.Canonical(name), UnitNames.Canonical($" {name}\u00A0")));

    [Fact]
    public void ReportedValue_OfAnyText_IsANumberOrATextOrAFault() =>
        Check.One(Config, Prop.ForAll(Texts, text =>
            ReportedValueReader.Read(text, out var value) is null
                ? value.Number is not null != value.Text is not null
                : value == default));

    [Fact]
    public void ReportedValue_OfAnyDecimal_IsThatNumber() =>
        Check.One(Config, Prop.ForAll(
            ArbMap.Default.GeneratorFor<long>().SelectMany(_ => Gen.Choose(0, 9), (number, scale) => new decimal((int)(number % 1_000_000_000), 0, 0, number < 0, (byte)scale)).ToArbitrary(),
            number => ReportedValueReader.TryReadNumber(number.ToString(System.Globalization.CultureInfo.InvariantCulture), out var read) && read == number));

    [Fact]
    public void PartialDate_OfAnyText_StartsBeforeItEndsOrIsAFault() =>
        Check.One(Config, Prop.ForAll(Texts, text =>
            PartialDateTime.TryRead(text, out var date, out var fault)
                ? fault is null && date.StartUtc(TimeZoneInfo.Utc) <= date.EndUtc(TimeZoneInfo.Utc)
                : fault is not null));

    [Fact]
    public void Check_OfAnyTextInAnyField_NeverThrows() =>
        Check.One(Config, Prop.ForAll(Texts, Gen.Elements(SampleResult.TextFields.ToArray()).ToArbitrary(), (text, field) =>
        {
            var found = ResultChecks.Check(SampleResult.With(SampleResult.Alt, field, text), Context);
            return found.IsRejected || found.StandardValue is null || double.IsFinite(found.StandardValue.Value);
        }));

    [Fact]
    public void ContentHash_OfAnyTextInAnyField_DiffersFromTheOriginal() =>
        Check.One(Config, Prop.ForAll(Texts, Gen.Elements(SampleResult.TextFields.ToArray()).ToArbitrary(), (text, field) =>
        {
            var original = (string)typeof(LabResult).GetProperty(field)!.GetValue(SampleResult.Alt)!;
            var same = SampleResult.With(SampleResult.Alt, field, text).ContentHash().AsSpan().SequenceEqual(SampleResult.Alt.ContentHash());
            return same == (text == original);
        }));

    [Fact]
    public void ContentHash_OfTwoTextsInAnyTwoFields_IsUnambiguous() =>
        Check.One(Config, Prop.ForAll(Texts, Texts, (first, second) =>
        {
            var joined = new LabResult { Visit = first + second, Method = "" };
            var split = new LabResult { Visit = first, Method = second };
            return joined.ContentHash().AsSpan().SequenceEqual(split.ContentHash()) == (second.Length == 0);
        }));
}
