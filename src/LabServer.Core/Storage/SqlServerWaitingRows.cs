using System.Data;
using System.Globalization;
using Microsoft.Data.SqlClient;

namespace LabServer.Core.Storage;

/// <summary>
/// Runs of a change that wait, and are sent in a few batches: each holds the statement as often as one of a few sizes says, so that
/// the engine meets few texts and has a plan for each.
/// </summary>
internal sealed class SqlServerWaitingRows(SqlCommand one) : IDisposable
{
    // The engine takes 2,100 parameters at once.
    private const int MostParameters = 2000;

    private static readonly int[] Sizes = [64, 16, 4, 1];

    private readonly List<Given> _given = [];
    private readonly Dictionary<int, SqlCommand> _commands = [];

    private int Columns => one.Parameters.Count;

    /// <summary>Takes note of the parameters as they are now.</summary>
    public void Add()
    {
        for (var i = 0; i < Columns; i++)
        {
            var parameter = one.Parameters[i];
            _given.Add(new Given(parameter.SqlDbType, parameter.Size, parameter.Value));
        }

        if (Columns == 0 || _given.Count >= Sizes[0] * Columns || _given.Count + Columns > MostParameters)
        {
            Run();
        }
    }

    /// <summary>Sends what waits.</summary>
    public void Run()
    {
        try
        {
            if (Columns == 0)
            {
                one.ExecuteNonQuery();
            }

            for (var sent = 0; sent < _given.Count;)
            {
                var rows = (_given.Count - sent) / Columns;
                var size = Array.Find(Sizes, size => size <= rows);
                Send(CommandOf(size), sent);
                sent += size * Columns;
            }
        }
        finally
        {
            Clear();
        }
    }

    /// <summary>Drops what waits.</summary>
    public void Clear() => _given.Clear();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }
    }

    private void Send(SqlCommand command, int from)
    {
        for (var i = 0; i < command.Parameters.Count; i++)
        {
            var given = _given[from + i];
            SqlServerRowStatement.Set(command.Parameters[i], given.Type, given.Size, given.Value);
        }

        command.Transaction = one.Transaction;
        command.ExecuteNonQuery();
    }

    private SqlCommand CommandOf(int size)
    {
        if (!_commands.TryGetValue(size, out var command))
        {
            _commands.Add(size, command = new SqlCommand(size == 1 ? one.CommandText : SqlServerText.Repeated(one.CommandText, size), one.Connection));
            for (var row = 0; row < size; row++)
            {
                foreach (SqlParameter parameter in one.Parameters)
                {
                    var name = size == 1 ? parameter.ParameterName : string.Create(CultureInfo.InvariantCulture, $"{parameter.ParameterName}_{row}");
                    command.Parameters.Add(new SqlParameter(name, SqlDbType.BigInt));
                }
            }
        }

        return command;
    }

    private readonly record struct Given(SqlDbType Type, int Size, object Value);
}
