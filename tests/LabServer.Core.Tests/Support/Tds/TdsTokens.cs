namespace LabServer.Core.Tests.Support.Tds;

/// <summary>The tokens of which a server's answers consist.</summary>
internal static class TdsTokens
{
    private const byte ReturnStatus = 0x79;
    private const byte ColumnMetadata = 0x81;
    private const byte ErrorToken = 0xAA;
    private const byte ReturnValue = 0xAC;
    private const byte LoginAcknowledged = 0xAD;
    private const byte Row = 0xD1;
    private const byte EnvironmentChange = 0xE3;
    private const byte DoneToken = 0xFD;
    private const byte DoneProcedure = 0xFE;
    private const byte DoneInProcedure = 0xFF;

    private const byte DatabaseChanged = 1;
    private const byte PacketSizeChanged = 4;
    private const byte CollationChanged = 7;
    private const byte TransactionBegun = 8;
    private const byte TransactionCommitted = 9;
    private const byte TransactionRolledBack = 10;
    private const byte ConnectionReset = 18;

    private const int More = 0x01;
    private const int Failed = 0x02;
    private const int HasCount = 0x10;
    private const int AttentionAcknowledged = 0x20;

    private static readonly byte[] Tds74 = [0x74, 0x00, 0x00, 0x04];
    private static readonly byte[] Collation = [0x09, 0x04, 0x00, 0x22, 0x00];
    private static readonly byte[] ServerVersion = [16, 0, 0x03, 0xE8];

    /// <summary>The server takes the login, and says what holds from now on.</summary>
    public static TdsWriter Welcome(this TdsWriter writer, TdsLogin login) => writer
        .Token(EnvironmentChange, token => token.Byte(DatabaseChanged).ShortText(login.Database).ShortText("master"))
        .Token(EnvironmentChange, token => token.Byte(CollationChanged).Byte((byte)Collation.Length).Bytes(Collation).Byte(0))
        .Token(LoginAcknowledged, token => token.Byte(1).Bytes(Tds74).ShortText("A test").Bytes(ServerVersion))
        .Token(EnvironmentChange, token => token.Byte(PacketSizeChanged).ShortText(FormattableString.Invariant($"{login.PacketSize}")).ShortText("4096"))
        .Done(DoneToken, 0, null);

    public static TdsWriter Reset(this TdsWriter writer) =>
        writer.Token(EnvironmentChange, token => token.Byte(ConnectionReset).Byte(0).Byte(0));

    public static TdsWriter AcknowledgeAttention(this TdsWriter writer) => writer.Done(DoneToken, AttentionAcknowledged, null);

    public static TdsWriter Begin(this TdsWriter writer, long transaction) => writer
        .Token(EnvironmentChange, token => token.Byte(TransactionBegun).Byte(sizeof(long)).Long(transaction).Byte(0))
        .Done(DoneToken, 0, null);

    public static TdsWriter Commit(this TdsWriter writer, long transaction) =>
        writer.Ended(TransactionCommitted, transaction).Done(DoneToken, 0, null);

    public static TdsWriter RollBack(this TdsWriter writer, long transaction) =>
        writer.Ended(TransactionRolledBack, transaction).Done(DoneToken, 0, null);

    /// <summary>The parts of an answer to a statement, or to a procedure, whose answer ends otherwise.</summary>
    public static TdsWriter Answer(this TdsWriter writer, IReadOnlyList<TdsAnswer> parts, bool ofProcedure, long transaction)
    {
        var statements = parts.Where(part => part is TdsDone or TdsResultSet or TdsError).ToList();
        foreach (var (i, part) in statements.Index())
        {
            var more = ofProcedure || i < statements.Count - 1 ? More : 0;
            writer.Statement(part, ofProcedure ? DoneInProcedure : DoneToken, more, transaction);
        }

        if (!ofProcedure)
        {
            return statements.Count > 0 ? writer : writer.Done(DoneToken, 0, null);
        }

        writer.Byte(ReturnStatus).Int(parts.OfType<TdsReturnStatus>().SingleOrDefault()?.Status ?? 0);
        foreach (var output in parts.OfType<TdsOutput>())
        {
            writer.Output(output);
        }

        return writer.Done(DoneProcedure, statements.OfType<TdsError>().Any() ? Failed : 0, null);
    }

    private static void Statement(this TdsWriter writer, TdsAnswer part, byte done, int more, long transaction)
    {
        switch (part)
        {
            case TdsError error:
                if (error.EndsTransaction)
                {
                    writer.Ended(TransactionRolledBack, transaction);
                }

                writer.Error(error).Done(done, more | Failed, null);
                break;
            case TdsResultSet rows:
                writer.ResultSet(rows).Done(done, more, rows.All.Count);
                break;
            case TdsDone { Count: var count }:
                writer.Done(done, more, count);
                break;
        }
    }

    private static TdsWriter ResultSet(this TdsWriter writer, TdsResultSet rows)
    {
        writer.Byte(ColumnMetadata);
        TdsColumn.Write(writer, rows.Columns);
        foreach (var row in rows.All)
        {
            writer.Byte(Row);
            foreach (var (column, value) in rows.Columns.Zip(row))
            {
                column.Type.WriteValue(writer, value);
            }
        }

        return writer;
    }

    private static TdsWriter Error(this TdsWriter writer, TdsError error) => writer.Token(
        ErrorToken,
        token => token.Int(error.Number).Byte(1).Byte(error.Severity).LongerText(error.Message).ShortText("A test").ShortText("").Int(1));

    private static void Output(this TdsWriter writer, TdsOutput output)
    {
        writer.Byte(ReturnValue).Short(0).ShortText(output.Name).Byte(1).Int(0).Short(1);
        output.Type.Write(writer);
        output.Type.WriteValue(writer, output.Value);
    }

    private static TdsWriter Ended(this TdsWriter writer, byte how, long transaction) =>
        writer.Token(EnvironmentChange, token => token.Byte(how).Byte(0).Byte(sizeof(long)).Long(transaction));

    private static TdsWriter Done(this TdsWriter writer, byte token, int status, long? rows) =>
        writer.Byte(token).Short(rows is null ? status : status | HasCount).Short(0).Long(rows ?? 0);
}
