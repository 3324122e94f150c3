using LabServer.Core.Grading;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Derivation;

/// <summary>
/// Whether neutralisation is positive: from the study's cut-off on. A bound decides where every value it allows lies on
/// one side (<c>&gt;90</c> is positive at a cut-off of 20, <c>&lt;30</c> is neither).
/// </summary>
internal sealed record NeutralisationPositivity() : Formula(
    "neutralisation-positivity",
    "NEUTPOS",
    "NEUTINH",
    [],
    "POSITIVE where the inhibition rate is at or over the study's cut-off, else NEGATIVE",
    "cut-off of the study; 20 % in NCT04288102")
{
    public override DerivedValue? Compute(InputResult primary, SubjectInputs inputs)
    {
        if (primary.In("%") is not { } rate)
        {
            return null;
        }

        var cutoff = inputs.Settings.NeutralisationCutoff;
        var order = FifteenDigits.Compare((double)rate.Number, cutoff);
        bool? isPositive = rate.Qualifier switch
        {
            ValueQualifier.None => order >= 0,
            ValueQualifier.Greater or ValueQualifier.GreaterOrEqual when order >= 0 => true,
            ValueQualifier.Less when order <= 0 => false,
            ValueQualifier.LessOrEqual when order < 0 => false,
            _ => null,
        };
        if (isPositive is not { } positive)
        {
            return null;
        }

        var word = positive ? "POSITIVE" : "NEGATIVE";
        return new DerivedValue(
            word,
            "",
            $"{rate} % is {(positive ? "at or over" : "under")} the cut-off {Quantity.Text((decimal)cutoff)} %: {word}",
            [new FormulaInput("inhibition rate", primary)]);
    }
}
