namespace LabServer.Core.Tests.Sharing;

/// <summary>What happened in simulated histories.</summary>
internal sealed record SharingFigures
{
    public int Histories { get; init; }

    public long Transactions { get; init; }

    public int Deaths { get; init; }

    public int Hangs { get; init; }

    public long Results { get; init; }

    public static SharingFigures operator +(SharingFigures a, SharingFigures b) => new()
    {
        Histories = a.Histories + b.Histories,
        Transactions = a.Transactions + b.Transactions,
        Deaths = a.Deaths + b.Deaths,
        Hangs = a.Hangs + b.Hangs,
        Results = a.Results + b.Results,
    };
}
