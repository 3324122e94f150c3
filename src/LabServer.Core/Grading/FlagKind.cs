namespace LabServer.Core.Grading;

/// <summary>
/// What makes a result worth a second look. A flag is shown and exported; it never drops a result and never changes a
/// grade. The numbers are stored, and are those of the wire.
/// </summary>
public enum FlagKind
{
    /// <summary>The value lies outside what can be believed for its test.</summary>
    ImplausibleValue = 1,

    /// <summary>The value differs from the one before it by more than the delta check of its test allows.</summary>
    DeltaCheck = 2,

    /// <summary>The subject has several results of the test with one collection time.</summary>
    DuplicateInDraw = 3,

    /// <summary>The condition of the specimen spoils the test.</summary>
    SpoiledSpecimen = 4,

    /// <summary>The laboratory has not confirmed the result yet.</summary>
    Preliminary = 5,

    /// <summary>A text stands where the test gives numbers.</summary>
    TextForNumber = 6,

    /// <summary>The results of a flow cytometry panel contradict each other: subsets that do not add up to their parent.</summary>
    PanelMismatch = 7,
}

/// <summary>Words for kinds of flags.</summary>
public static class FlagKinds
{
    /// <summary>The flag as the wire and the ADLB column QFLAG spell it, for instance <c>IMPLAUSIBLE_VALUE</c>.</summary>
    public static string Word(this FlagKind flag) => flag switch
    {
        FlagKind.ImplausibleValue => "IMPLAUSIBLE_VALUE",
        FlagKind.DeltaCheck => "DELTA_CHECK",
        FlagKind.DuplicateInDraw => "DUPLICATE_IN_DRAW",
        FlagKind.SpoiledSpecimen => "SPOILED_SPECIMEN",
        FlagKind.Preliminary => "PRELIMINARY",
        FlagKind.TextForNumber => "TEXT_FOR_NUMBER",
        FlagKind.PanelMismatch => "PANEL_MISMATCH",
        _ => throw new ArgumentOutOfRangeException(nameof(flag), flag, message: null),
    };
}
