using System.Runtime.InteropServices;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Grading;

/// <summary>
/// Settles, before a series is graded or exported, what its results leave to the study, the laboratory and the
/// catalogue: fasting, limits of normal, and whether the specimen spoils the test. Everybody who reads a series for its
/// meaning prepares it first.
/// </summary>
public static class SeriesPreparation
{
    /// <summary>The series with everything settled, in the same order.</summary>
    /// <param name="series">Observations as stored.</param>
    /// <param name="subject">The subject, with what the study says.</param>
    /// <param name="test">The test of the series.</param>
    /// <param name="ranges">Ranges of the study's laboratories that are in force.</param>
    public static IReadOnlyList<Observation> Prepare(
        IReadOnlyList<Observation> series, SeriesSubject subject, TestDefinition test, StudyRanges ranges)
    {
        var prepared = new Observation[series.Count];
        for (var i = 0; i < prepared.Length; i++)
        {
            prepared[i] = Prepare(ranges.Settle(series[i], subject, test), subject, test);
        }

        return prepared;
    }

    /// <summary>As <see cref="Prepare(IReadOnlyList{Observation}, SeriesSubject, TestDefinition, StudyRanges)"/>, without a copy.</summary>
    internal static void PrepareInPlace(List<Observation> series, SeriesSubject subject, TestDefinition test, StudyRanges ranges)
    {
        foreach (ref var observation in CollectionsMarshal.AsSpan(series))
        {
            observation = Prepare(ranges.Settle(observation, subject, test), subject, test);
        }
    }

    private static Observation Prepare(in Observation observation, SeriesSubject subject, TestDefinition test)
    {
        // A derived result names only the conditions that spoilt its inputs, and those spoil it.
        var spoiledBy = observation.IsDerived ? ~SpecimenConditions.None : test.SpoiledBy;
        var spoiled = observation.SpecimenCondition.Length > 0
            && (SpecimenConditionReader.Read(observation.SpecimenCondition) & spoiledBy) != SpecimenConditions.None;
        return observation with
        {
            Fasting = observation.Fasting ?? subject.Fasting,
            IsSpoiled = spoiled,
            Barred = observation.Value is null ? NotGradableReason.ValueIsText
                : spoiled && subject.SpoiledSpecimens == SpoiledSpecimens.NotGradable ? NotGradableReason.SpecimenSpoiled
                : null,
        };
    }
}
