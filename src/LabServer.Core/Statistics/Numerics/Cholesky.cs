namespace LabServer.Core.Statistics;

/// <summary>The triangular root of a symmetric positive definite matrix; only its lower half is read.</summary>
internal sealed class Cholesky
{
    private readonly double[,] _root;

    private Cholesky(double[,] root) => _root = root;

    /// <summary>The last diagonal entry of the inverse matrix.</summary>
    public double LastOfInverse
    {
        get
        {
            var last = _root[_root.GetLength(0) - 1, _root.GetLength(0) - 1];
            return 1 / (last * last);
        }
    }

    /// <summary>The root; null where the matrix is not positive definite to the digits of a double.</summary>
    public static Cholesky? Of(double[,] matrix)
    {
        var size = matrix.GetLength(0);
        var root = new double[size, size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var rest = matrix[i, j];
                for (var k = 0; k < j; k++)
                {
                    rest -= root[i, k] * root[j, k];
                }

                if (i == j && !(rest > 0 && double.IsFinite(rest)))
                {
                    return null;
                }

                root[i, j] = i == j ? Math.Sqrt(rest) : rest / root[j, j];
            }
        }

        return new Cholesky(root);
    }

    /// <summary>Solves matrix · x = right.</summary>
    public double[] Solve(double[] right)
    {
        double[] x = [.. right];
        for (var i = 0; i < x.Length; i++)
        {
            for (var k = 0; k < i; k++)
            {
                x[i] -= _root[i, k] * x[k];
            }

            x[i] /= _root[i, i];
        }

        for (var i = x.Length - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < x.Length; k++)
            {
                x[i] -= _root[k, i] * x[k];
            }

            x[i] /= _root[i, i];
        }

        return x;
    }
}
