namespace Microsoft.SqlServer.Server;

/// <summary>A user-defined type or aggregate that writes and reads itself.</summary>
public interface IBinarySerialize
{
    /// <summary>Takes over what <see cref="Write"/> wrote.</summary>
    void Read(BinaryReader r);

    /// <summary>Writes all there is to keep.</summary>
    void Write(BinaryWriter w);
}
