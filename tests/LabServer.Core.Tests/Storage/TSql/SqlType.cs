namespace LabServer.Core.Tests.Storage.TSql;

/// <summary>Kinds of values as far as statements have to tell them apart. The higher one wins where two meet.</summary>
internal enum SqlType
{
    /// <summary>A parameter or NULL, which takes the type of what it meets.</summary>
    Any,
    Text,
    Bytes,
    Int,
    Bigint,
    Float,
}
