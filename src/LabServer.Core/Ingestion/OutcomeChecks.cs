namespace LabServer.Core.Ingestion;

/// <summary>What must hold for the yes/no words and the categories of a test.</summary>
internal static class OutcomeChecks
{
    public static void Check(TestDefinition test, Action<string> fault)
    {
        if (test.YesNo is { } codes)
        {
            CheckYesNo(test, codes, fault);
        }

        if (test.Categories.Count > 0)
        {
            CheckCategories(test, fault);
        }
    }

    private static void CheckYesNo(TestDefinition test, YesNoCodes codes, Action<string> fault)
    {
        if (test.Kind != ValueKind.Coded)
        {
            fault("only words say yes or no");
        }

        if (codes.Yes.Count == 0 || codes.No.Count == 0)
        {
            fault("a yes/no test has words for both");
        }

        CheckWords(codes.Yes.Concat(codes.No), fault);
    }

    private static void CheckCategories(TestDefinition test, Action<string> fault)
    {
        var categories = test.Categories;
        if (categories.Count < 2)
        {
            fault("ordered categories are two or more");
        }

        CheckWords(categories.SelectMany(category => category.Codes.Prepend(category.Name)), fault);
        foreach (var category in categories)
        {
            if (test.Kind == ValueKind.Coded && (category.From ?? category.To) is not null)
            {
                fault($"category {category.Name} of a coded test has no values");
            }

            if (test.Kind == ValueKind.Numeric && !(category.From <= category.To && category.Codes.Count == 0))
            {
                fault($"category {category.Name} of a numeric test is from one value to another, and has no words");
            }
        }

        if (test.Kind == ValueKind.Numeric && categories.Zip(categories.Skip(1)).Any(pair => !(pair.First.To < pair.Second.From)))
        {
            fault("categories of values go up, and none lies over another");
        }
    }

    private static void CheckWords(IEnumerable<string> words, Action<string> fault)
    {
        var all = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var word in words)
        {
            if (word.Length == 0 || word.Trim().Length != word.Length)
            {
                fault($"word '{word}' is empty or has blanks around it");
            }

            if (!all.Add(word))
            {
                fault($"word '{word}' means two things");
            }
        }
    }
}
