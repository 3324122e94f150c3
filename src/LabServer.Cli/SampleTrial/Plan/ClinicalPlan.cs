namespace LabServer.Cli.SampleTrial;

/// <summary>
/// How many subjects of each arm have which clinical event: with <see cref="FindingPlan"/> the only place of the project
/// that knows it. The counts are those NCT04288102 published for its events that no laboratory value shows. It published no
/// classes: those here are named as MedDRA names its system organ classes, and were put to the terms without the dictionary,
/// which is licensed. Where a term lies in more than one class of it (gingivitis, poor quality sleep, respiratory alkalosis),
/// the primary one may be the other. Findings take the places 0 to 44 of the MSC arm and 0 to 23 of the placebo arm; the events here take
/// nine and two places more, so that 54 and 26 subjects have any event, as published.
/// </summary>
internal static class ClinicalPlan
{
    private const string Cardiac = "Cardiac disorders";
    private const string Gastrointestinal = "Gastrointestinal disorders";
    private const string Infections = "Infections and infestations";
    private const string Investigations = "Investigations";
    private const string Metabolism = "Metabolism and nutrition disorders";
    private const string Nervous = "Nervous system disorders";
    private const string Psychiatric = "Psychiatric disorders";
    private const string Respiratory = "Respiratory, thoracic and mediastinal disorders";
    private const string Skin = "Skin and subcutaneous tissue disorders";

    /// <summary>The plan. All are grade 1 or 2 but for the pneumothorax, which is grade 3 and within 28 days.</summary>
    public static readonly IReadOnlyList<PlannedClinicalEvent> All =
    [
        //   term                                        class            MSC plac.  from in MSC, placebo
        new("Diarrhoea", Gastrointestinal,                                  4,  0,   44,  0),
        new("Palpitations", Cardiac,                                        3,  0,   47,  0),
        new("Ventricular extrasystoles", Cardiac,                           3,  2,   49, 23),
        new("Abdominal distension", Gastrointestinal,                       2,  0,    0,  0),
        new("Cough", Respiratory,                                           2,  1,   51, 25),
        new("Dizziness", Nervous,                                           2,  0,    8,  0),
        new("Abdominal pain", Gastrointestinal,                             1,  0,   45,  0),
        new("Anxiety", Psychiatric,                                         1,  0,   12,  0),
        new("Atrioventricular block first degree", Cardiac,                 1,  1,   14,  3),
        new("Bacterial infection", Infections,                              1,  0,   53,  0),
        new("Bundle branch block left", Cardiac,                            1,  0,   16,  0),
        new("Bundle branch block right", Cardiac,                           1,  1,   18,  5),
        new("Cardiac failure", Cardiac,                                     1,  0,   44,  0), // with a raised BNP
        new("Dysgeusia", Nervous,                                           1,  0,   20,  0),
        new("Dyspepsia", Gastrointestinal,                                  1,  0,   22,  0),
        new("Functional gastrointestinal disorder", Gastrointestinal,       1,  0,   24,  0),
        new("Gastrooesophageal reflux disease", Gastrointestinal,           1,  1,   26,  7),
        new("Gingivitis", Infections,                                       1,  0,   28,  0),
        new("Heart rate increased", Investigations,                         1,  0,   47,  0), // with palpitations
        new("Metabolic alkalosis", Metabolism,                              1,  0,   32,  0), // with a low potassium
        new("Nausea", Gastrointestinal,                                     1,  0,   46,  0),
        new("Pharyngeal disorder", Respiratory,                             1,  0,   34,  0),
        new("Pharyngitis", Infections,                                      1,  0,   52,  0),
        new("Poor quality sleep", Nervous,                                  1,  0,   36,  0),
        new("Pulmonary oedema", Respiratory,                                1,  0,   44,  0), // with the cardiac failure
        new("Rash", Skin,                                                   1,  0,   38,  0),
        new("Regurgitation", Gastrointestinal,                              1,  0,   26,  0),
        new("Supraventricular extrasystoles", Cardiac,                      1,  0,   50,  0),
        new("Tension", Psychiatric,                                         1,  0,   12,  0),
        new("Thirst", "General disorders and administration site conditions", 1, 0,   40,  0),
        new("Toothache", Gastrointestinal,                                  1,  0,   28,  0),
        new("Urinary tract infection", Infections,                          1,  0,   42,  0),
        new("Vomiting", Gastrointestinal,                                   1,  0,   46,  0), // with nausea
        new("Electrocardiogram Q wave abnormal", Investigations,            0,  1,    0,  9),
        new("Electrocardiogram ST-T segment abnormal", Investigations,      0,  1,    0,  9),
        new("Hepatic cyst", "Hepatobiliary disorders",                      0,  2,    0, 11),
        new("Initial insomnia", Psychiatric,                                0,  1,    0, 15),
        new("Pleural effusion", Respiratory,                                0,  1,    0, 17),
        new("Pneumothorax", Respiratory,                                    1,  0,   53,  0) { Grade = 3 },
        new("Pruritus", Skin,                                               0,  3,    0, 19),
        new("Respiratory alkalosis", Metabolism,                            0,  1,    0, 25),
    ];
}
