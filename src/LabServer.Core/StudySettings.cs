namespace LabServer.Core;

/// <summary>What a study says about its results as a whole. Changing it grades the study again.</summary>
public sealed record StudySettings
{
    /// <summary>Inhibition rate from which a surrogate virus neutralisation test is positive, unless the study says otherwise: 20 %.</summary>
    public const double DefaultNeutralisationCutoff = 20;

    /// <summary>By how much the subsets of a flow panel may miss 100 %, unless the study says otherwise: 2 percentage points.</summary>
    public const double DefaultPanelTolerance = 2;

    /// <summary>What becomes of results whose specimen spoils their test.</summary>
    public SpoiledSpecimens SpoiledSpecimens { get; init; } = SpoiledSpecimens.NotGradable;

    /// <summary>Whether subjects fast before a draw, for specimens that do not say (LBFAST). Unspecified counts as not fasting.</summary>
    public Fasting Fasting { get; init; }

    /// <summary>Whether subjects take an anticoagulant, for subjects of which nothing is said. Unspecified: nothing is assumed.</summary>
    public YesNo OnAnticoagulation { get; init; }

    /// <summary>Whether subjects are infected with HIV, for subjects of which nothing is said. Unspecified: nothing is assumed.</summary>
    public YesNo HivInfected { get; init; }

    /// <summary>Inhibition rate, in percent, from which neutralisation is positive; 0 to 100.</summary>
    public double NeutralisationCutoff { get; init; } = DefaultNeutralisationCutoff;

    /// <summary>Percentage points by which subsets may miss the whole; 0 to 100.</summary>
    public double PanelTolerance { get; init; } = DefaultPanelTolerance;
}
