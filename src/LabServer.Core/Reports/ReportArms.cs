namespace LabServer.Core.Reports;

/// <summary>What only the edition by arm shows. Kept apart from the material, so that the blinded edition is made without it.</summary>
/// <param name="Arms">Arms in the study's order.</param>
/// <param name="SubjectArms">Arm of each subject that the material names, by subject.</param>
/// <param name="Incidence">One entry a rule set, in the order of the material.</param>
internal sealed record ReportArms(
    IReadOnlyList<ReportArm> Arms, IReadOnlyDictionary<string, string> SubjectArms, IReadOnlyList<ReportArmIncidence> Incidence)
{
    /// <summary>Arm of a subject; empty: none is known.</summary>
    public string Of(string subjectId) => SubjectArms.GetValueOrDefault(subjectId, "");
}

/// <summary>An arm and its safety population.</summary>
internal sealed record ReportArm(string Arm, long Subjects);

/// <summary>Subjects by arm and worst grade: one list of five an arm, for any term and for each term in the order of the material.</summary>
internal sealed record ReportArmIncidence(IReadOnlyList<IReadOnlyList<int>> Any, IReadOnlyList<IReadOnlyList<IReadOnlyList<int>>> Terms);
