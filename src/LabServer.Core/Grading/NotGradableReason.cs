namespace LabServer.Core.Grading;

/// <summary>Why there is no grade. Never the same as grade 0, and counted in every summary.</summary>
public enum NotGradableReason
{
    /// <summary>Nothing was evaluated: the outcome is a default value.</summary>
    NotEvaluated = 0,

    /// <summary>The result has no numeric value.</summary>
    ValueMissing = 1,

    /// <summary>The value, a limit or the baseline is infinite or not a number.</summary>
    ValueNotANumber = 2,

    /// <summary>The criterion has numbers in units, and the result has no unit.</summary>
    UnitMissing = 3,

    /// <summary>The unit is not one that the criterion names or that the test can convert.</summary>
    UnitUnknown = 4,

    /// <summary>The rule needs the upper limit of normal (ULN).</summary>
    UpperLimitMissing = 5,

    /// <summary>The rule needs the lower limit of normal (LLN).</summary>
    LowerLimitMissing = 6,

    /// <summary>The rule needs the baseline value (BASE).</summary>
    BaselineMissing = 7,

    /// <summary>The rule needs the percent change, which a baseline of 0 does not have.</summary>
    PercentChangeUndefined = 8,

    /// <summary>The criteria depend on age, and the birth date is not known.</summary>
    BirthDateMissing = 9,

    /// <summary>The criteria depend on age, and the collection date is not known.</summary>
    CollectionDateMissing = 10,

    /// <summary>The collection date lies before the birth date.</summary>
    AgeNegative = 11,

    /// <summary>The criteria depend on sex, and it is not known.</summary>
    SexMissing = 12,

    /// <summary>No criterion of the term is for subjects of this age and sex.</summary>
    PopulationNotGraded = 13,

    /// <summary>The rule set says that this value is not graded under this term.</summary>
    NotGraded = 14,

    /// <summary>The rule set has no such term.</summary>
    TermUnknown = 15,

    /// <summary>The result is a text or code, such as <c>POSITIVE</c> or <c>QNS</c>.</summary>
    ValueIsText = 16,

    /// <summary>The result is a bound such as <c>&lt;0.5</c>, and the values it allows have different grades, 0 among them.</summary>
    BoundUndecided = 17,

    /// <summary>The specimen spoils the test: potassium in a hemolyzed one.</summary>
    SpecimenSpoiled = 18,
}
