using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.Publication;

/// <summary>How a rule set is written.</summary>
internal static class RuleSetColumns
{
    /// <summary>A set in a listing.</summary>
    public static readonly IReadOnlyList<Column<RuleSet>> Listed =
    [
        new("rule_set", set => set.RuleSetId),
        new("title", set => set.Title),
        new("terms", set => set.Terms),
        new("sha256", set => set.Sha256),
        new("version", set => set.Version),
        new("extends", set => set.Extends, InTable: false),
        new("built_in", set => set.BuiltIn, InTable: false),
        new("published_by", set => set.PublishedBy, InTable: false),
        new("published_at", set => set.PublishedAt?.ToDateTimeOffset(), InTable: false),
        new("reason", set => set.Reason, InTable: false),
    ];

    /// <summary>A set by itself: people see everything.</summary>
    public static readonly IReadOnlyList<Column<RuleSet>> Shown = [.. Listed.Select(column => column with { InTable = true })];

    /// <summary>What publishing came to.</summary>
    public static readonly IReadOnlyList<Column<PublishRuleSetResponse>> Published =
    [
        .. Shown.Select(column => new Column<PublishRuleSetResponse>(column.Name, published => column.Value(published.RuleSet))),
        new("already_published", published => published.AlreadyPublished),
    ];
}
