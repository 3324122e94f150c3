namespace LabServer.Core.Ingestion;

/// <summary>What must hold for the tests of a catalogue.</summary>
internal static class TestChecks
{
    public static void Check(TestDefinition test, IReadOnlyDictionary<string, string> specimens, List<string> faults)
    {
        void Fault(string what) => faults.Add($"test {test.Key}: {what}");

        if (test.Code.Length is 0 or > 8 || test.Code.Trim().Length != test.Code.Length || test.Code.AsSpan().ContainsAnyInRange('a', 'z'))
        {
            Fault("a code is 1 to 8 upper-case characters");
        }

        if (test.Specimen != "NONE" && (!specimens.TryGetValue(test.Specimen, out var specimenClass) || specimenClass != test.Specimen))
        {
            Fault($"specimen {test.Specimen} is not a class of specimens");
        }

        if (test.DecimalPlaces is < 0 or > 6)
        {
            Fault("decimals are 0 to 6");
        }

        foreach (var loinc in test.Loinc)
        {
            if (!IsLoinc(loinc))
            {
                Fault($"{loinc} is not a LOINC code: its check digit is wrong");
            }
        }

        CheckQuality(test, Fault);
        CheckCritical(test, Fault);
        CheckUnits(test, Fault);
        OutcomeChecks.Check(test, Fault);
    }

    /// <summary>No name means two tests of one kind of specimen, or a test of two.</summary>
    public static void CheckNames(IReadOnlyList<TestDefinition> tests, List<string> faults)
    {
        var named = new Dictionary<(string Name, string Specimen), string>();
        var loinc = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var test in tests)
        {
            foreach (var name in test.Aliases.Prepend(test.Code))
            {
                if (!named.TryAdd((name.ToUpperInvariant(), test.Specimen), test.Key))
                {
                    faults.Add($"name '{name}' means {named[(name.ToUpperInvariant(), test.Specimen)]} and {test.Key}");
                }
            }

            foreach (var code in test.Loinc)
            {
                if (!loinc.TryAdd(code, test.Key))
                {
                    faults.Add($"LOINC {code} means {loinc[code]} and {test.Key}");
                }
            }
        }

        foreach (var test in tests)
        {
            foreach (var alias in test.Aliases)
            {
                foreach (var other in tests)
                {
                    if (other.Code != test.Code && string.Equals(other.Code, alias, StringComparison.OrdinalIgnoreCase))
                    {
                        faults.Add($"alias '{alias}' of {test.Key} is the code of {other.Key}");
                    }
                }
            }
        }
    }

    private static void CheckQuality(TestDefinition test, Action<string> fault)
    {
        if (test.SpoiledBy != SpecimenConditions.None && test.Specimen is not ("BLOOD" or "URINE"))
        {
            fault("only a specimen of blood or urine can spoil a test");
        }

        if ((test.Plausible is not null || test.Delta is not null) && test.Kind != ValueKind.Numeric)
        {
            fault("only numbers have plausible limits and delta checks");
        }

        if (test.Plausible is { } plausible && !(plausible.Low < plausible.High))
        {
            fault($"plausible limits {plausible.Low} to {plausible.High} are not from low to high");
        }

        if (test.Delta is { } delta && !(delta.Percent > 0 && delta.Hours > 0))
        {
            fault($"a delta check of {delta.Percent} percent in {delta.Hours} hours is none: both are over 0");
        }
    }

    private static void CheckCritical(TestDefinition test, Action<string> fault)
    {
        if (test.Critical is not { } critical)
        {
            return;
        }

        if (test.Kind != ValueKind.Numeric)
        {
            fault("critical limits are for numbers");
        }

        if (critical is { Low: null, High: null })
        {
            fault("critical limits without a limit");
        }

        if (critical.Low >= critical.High)
        {
            fault("the low critical limit is not under the high one");
        }
    }

    private static void CheckUnits(TestDefinition test, Action<string> fault)
    {
        if (test.StandardUnit is null)
        {
            if (test.Units.Count > 0)
            {
                fault("has units, but no standard unit");
            }

            return;
        }

        if (test.Units.Count == 0 || test.Units[0].Code != test.StandardUnit || test.Units[0].Factor != 1m)
        {
            fault("the standard unit comes first, with factor 1");
        }

        var codes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var unit in test.Units)
        {
            if (UnitNames.Canonical(unit.Code) != unit.Code)
            {
                fault($"unit {unit.Code} is not a unit code of the unit table");
            }

            if (!codes.Add(unit.Code))
            {
                fault($"unit {unit.Code} is there twice");
            }

            if (unit.Factor is <= 0m or > 1_000_000m)
            {
                fault($"factor {unit.Factor} of {unit.Code} is not between 0 and 1,000,000");
            }

            if (unit.System == UnitSystems.None)
            {
                fault($"unit {unit.Code} is of no system");
            }
        }
    }

    // LOINC codes end in a mod 10 (Luhn) check digit, so that a slip of the pen is found.
    private static bool IsLoinc(string code)
    {
        var dash = code.Length - 2;
        if (dash is < 1 or > 6 || code[dash] != '-' || !char.IsAsciiDigit(code[^1]))
        {
            return false;
        }

        var sum = 0;
        for (var i = 0; i < dash; i++)
        {
            if (!char.IsAsciiDigit(code[i]))
            {
                return false;
            }

            var digit = code[i] - '0';
            var doubled = (dash - 1 - i) % 2 == 0 ? digit * 2 : digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }

        return (10 - (sum % 10)) % 10 == code[^1] - '0';
    }
}
