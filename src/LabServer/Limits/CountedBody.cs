using System.IO.Pipelines;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;

namespace LabServer.Limits;

/// <summary>
/// The body of a call, whose messages are counted against <see cref="MessageBudget"/> while they are collected, unpacked and
/// handled: until the next one is read, or the call has ended, or whoever has taken a share over gives it back.
/// </summary>
internal sealed class CountedBody(PipeReader inner, MessageBudget budget) : PipeReader, IRequestBodyPipeFeature, IDisposable
{
    // Who unpacks a message knows nothing of the call that it came with.
    private static readonly AsyncLocal<CountedBody?> OfThisCall = new();

    private readonly Lock _gate = new();
    private SequencePosition _start;
    private bool _isTaken;
    private bool _isOver;
    private long _collected;
    private long _unpacked;

    /// <summary>The body of the call that runs here; null: of none.</summary>
    public static CountedBody? Current
    {
        get => OfThisCall.Value;
        set => OfThisCall.Value = value;
    }

    /// <inheritdoc/>
    public PipeReader Reader => this;

    /// <summary>Counts what a message has become.</summary>
    /// <exception cref="RpcException">RESOURCE_EXHAUSTED: there are too many large ones just now.</exception>
    public void Unpack(long bytes) => Hold(ref _unpacked, _unpacked + MessageBudget.Counted(bytes));

    /// <summary>Hands over the share of the message that was read last, to be disposed when nothing of it is left; null: it has none.</summary>
    public IDisposable? TakeOver()
    {
        lock (_gate)
        {
            var share = _collected + _unpacked;
            (_collected, _unpacked) = (0, 0);
            return share == 0 ? null : new Share(budget, share);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (_isTaken)
        {
            Release();
            _isTaken = false;
        }

        var result = await inner.ReadAsync(cancellationToken);
        Collect(result);
        return result;
    }

    /// <inheritdoc/>
    public override bool TryRead(out ReadResult result)
    {
        var isThere = inner.TryRead(out result);
        if (isThere)
        {
            Collect(result);
        }

        return isThere;
    }

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    /// <inheritdoc/>
    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        _isTaken |= !consumed.Equals(_start);
        inner.AdvanceTo(consumed, examined);
    }

    /// <inheritdoc/>
    public override void CancelPendingRead() => inner.CancelPendingRead();

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _isOver = true;
        }

        Release();
    }

    private void Collect(in ReadResult result)
    {
        _start = result.Buffer.Start;
        try
        {
            Hold(ref _collected, MessageBudget.Counted(result.Buffer.Length));
        }
        catch (RpcException)
        {
            // Whoever reads does not come to say so.
            inner.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            throw;
        }
    }

    private void Hold(ref long held, long bytes)
    {
        lock (_gate)
        {
            if (_isOver || bytes <= held)
            {
                return;
            }

            if (!budget.TryHold(bytes - held))
            {
                throw RpcErrors.TooManyLargeMessages();
            }

            held = bytes;
        }
    }

    private void Release()
    {
        lock (_gate)
        {
            budget.Release(_collected + _unpacked);
            (_collected, _unpacked) = (0, 0);
        }
    }

    private sealed class Share(MessageBudget budget, long bytes) : IDisposable
    {
        public void Dispose() => budget.Release(bytes);
    }
}
