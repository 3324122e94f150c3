namespace LabServer.Core.Ingestion;

/// <summary>What may be wrong with a specimen (LBSPCCND), as far as it spoils tests.</summary>
[Flags]
public enum SpecimenConditions
{
    /// <summary>Nothing that is known to matter.</summary>
    None = 0,

    /// <summary>Red cells have burst: their content (potassium, LDH, AST, …) is in the serum.</summary>
    Hemolyzed = 1,

    /// <summary>Cloudy with fat, which disturbs photometry and dilutes the water phase.</summary>
    Lipemic = 2,

    /// <summary>Yellow with bilirubin, which disturbs photometry.</summary>
    Icteric = 4,

    /// <summary>Clotted although it should not be: cells and clotting factors are used up.</summary>
    Clotted = 8,
}
