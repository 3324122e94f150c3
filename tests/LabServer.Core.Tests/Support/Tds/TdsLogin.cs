namespace LabServer.Core.Tests.Support.Tds;

/// <summary>How a client introduced itself.</summary>
internal sealed record TdsLogin(int PacketSize, string User, string Application, string Database, bool ReadsOnly)
{
    private const int PacketSizeAt = 8;
    private const int TypeFlagsAt = 26;
    private const byte ReadOnlyIntent = 0x20;
    private const int UserAt = 40;
    private const int ApplicationAt = 48;
    private const int DatabaseAt = 68;

    public static TdsLogin Read(byte[] message)
    {
        var reader = new TdsReader(message);
        reader.MoveTo(PacketSizeAt);
        var packetSize = reader.Int();
        reader.MoveTo(TypeFlagsAt);
        var flags = reader.Byte();
        return new TdsLogin(packetSize, Text(UserAt), Text(ApplicationAt), Text(DatabaseAt) is { Length: > 0 } database ? database : "master", (flags & ReadOnlyIntent) != 0);

        string Text(int at)
        {
            reader.MoveTo(at);
            var (offset, characters) = (reader.Short(), reader.Short());
            reader.MoveTo(offset);
            return reader.Text(characters);
        }
    }
}
