namespace LabServer.Core.Statistics;

/// <summary>Maximum likelihood for <see cref="ProportionalOdds"/>: Newton's iteration on the cut points ζ and, last, β.</summary>
internal sealed class ProportionalOddsModel
{
    private const int MostSteps = 100;

    // Convergence is quadratic: a step of this size leaves an error of its square.
    private const double LastStep = 1e-9;

    private readonly (int A, int B)[] _categories;
    private readonly double[] _point;
    private double[] _gradient = [];
    private double[,] _information = new double[0, 0];

    private ProportionalOddsModel((int A, int B)[] categories)
    {
        _categories = categories;
        _point = new double[categories.Length];
        var all = categories.Sum(pair => (double)pair.A + pair.B);
        var below = 0.0;
        for (var j = 0; j < categories.Length - 1; j++)
        {
            // The answer if the arms did not differ: logits of the shares of both arms up to each cut.
            below += (double)categories[j].A + categories[j].B;
            _point[j] = Math.Log(below / (all - below));
        }
    }

    /// <summary>β and its standard error; null where the iteration does not converge.</summary>
    /// <param name="categories">Counts of both arms by category, none empty in both, the arms not separated.</param>
    public static (double Beta, double Error)? Maximise((int A, int B)[] categories)
    {
        var model = new ProportionalOddsModel(categories);
        for (var i = 0; i < MostSteps; i++)
        {
            model.Differentiate();
            var root = Root(model._information);
            var step = Solve(root, model._gradient);
            var size = step.Max(Math.Abs);
            if (!double.IsFinite(size) || !model.Take(step, size))
            {
                return null;
            }

            if (size < LastStep)
            {
                model.Differentiate();

                // β is last, so the last entry of the inverse information is that of the root alone.
                return (model._point[^1], 1 / Root(model._information)[categories.Length - 1, categories.Length - 1]);
            }
        }

        return null;
    }

    // The likelihood is concave, so a step that worsens it, or disorders the cuts, is merely too long.
    private bool Take(double[] step, double size)
    {
        double[] start = [.. _point];
        var before = LogLikelihood();
        for (var scale = 1.0; scale > 1e-10; scale /= 2)
        {
            for (var k = 0; k < start.Length; k++)
            {
                _point[k] = start[k] + (scale * step[k]);
            }

            // The last steps change the likelihood by less than its rounding.
            if (size < 1e-6 || LogLikelihood() >= before)
            {
                return true;
            }
        }

        return false;
    }

    private double LogLikelihood()
    {
        var sum = new CompensatedSum();
        for (var j = 0; j < _categories.Length; j++)
        {
            foreach (var (count, shift) in Arms(j))
            {
                var probability = Between(Cut(j - 1, shift), Cut(j, shift));
                if (!(probability > 0))
                {
                    return double.NegativeInfinity;
                }

                sum.Add(count * Math.Log(probability));
            }
        }

        return sum.Total;
    }

    // Gradient of the log likelihood, and minus its second derivatives (the observed information). A count in the
    // category between the cuts u and v, P = F(v) − F(u), adds the derivatives of log P by u and v; both move with −β in
    // the first arm.
    private void Differentiate()
    {
        var last = _point.Length - 1;
        _gradient = new double[_point.Length];
        _information = new double[_point.Length, _point.Length];
        for (var j = 0; j < _categories.Length; j++)
        {
            foreach (var (count, shift) in Arms(j))
            {
                var (u, v) = (Cut(j - 1, shift), Cut(j, shift));
                var probability = Between(u, v);
                var (atU, atV) = (Density(u) / probability, Density(v) / probability);
                var uu = -(atU * Slope(u)) - (atU * atU);
                var vv = (atV * Slope(v)) - (atV * atV);
                var uv = atU * atV;
                var moves = shift is null ? 0 : -1;

                Add(j - 1, count * -atU, count * uu, count * moves * (uu + uv));
                Add(j, count * atV, count * vv, count * moves * (vv + uv));
                Add(last, count * moves * (atV - atU), count * moves * moves * (uu + vv + (2 * uv)), 0);
                if (j > 0 && j < last)
                {
                    _information[j, j - 1] -= count * uv;
                }
            }
        }

        void Add(int k, double gradient, double second, double withBeta)
        {
            // The outermost cuts are at infinity: the one below has index −1, the one above that of β.
            if (k < 0 || (k == last && withBeta != 0))
            {
                return;
            }

            _gradient[k] += gradient;
            _information[k, k] -= second;
            _information[last, k] -= withBeta;
        }
    }

    // Subjects of both arms in a category; what is taken from its cuts in the first arm is β.
    private IEnumerable<(int Count, double? Shift)> Arms(int j)
    {
        if (_categories[j].A > 0)
        {
            yield return (_categories[j].A, _point[^1]);
        }

        if (_categories[j].B > 0)
        {
            yield return (_categories[j].B, null);
        }
    }

    // The cut above category j; those outside all categories are at infinity.
    private double Cut(int j, double? shift) => j < 0 ? double.NegativeInfinity
        : j == _point.Length - 1 ? double.PositiveInfinity
        : _point[j] - (shift ?? 0);

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    // F(v) − F(u), in the tail where the two are small: near 1 their difference would be lost.
    private static double Between(double u, double v) => u > 0 ? Logistic(-u) - Logistic(-v) : Logistic(v) - Logistic(u);

    private static double Density(double x) => Logistic(x) * Logistic(-x);

    // Derivative of the logarithm of the density: 1 − 2F.
    private static double Slope(double x) => Logistic(-x) - Logistic(x);

    // Cholesky's root, lower triangle; not a number where the matrix is not positive definite.
    private static double[,] Root(double[,] matrix)
    {
        var n = matrix.GetLength(0);
        var root = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k <= i; k++)
            {
                var rest = matrix[i, k];
                for (var m = 0; m < k; m++)
                {
                    rest -= root[i, m] * root[k, m];
                }

                root[i, k] = i == k ? Math.Sqrt(rest) : rest / root[k, k];
            }
        }

        return root;
    }

    // Forward, then back.
    private static double[] Solve(double[,] root, double[] right)
    {
        double[] x = [.. right];
        for (var i = 0; i < x.Length; i++)
        {
            for (var m = 0; m < i; m++)
            {
                x[i] -= root[i, m] * x[m];
            }

            x[i] /= root[i, i];
        }

        for (var i = x.Length - 1; i >= 0; i--)
        {
            for (var m = i + 1; m < x.Length; m++)
            {
                x[i] -= root[m, i] * x[m];
            }

            x[i] /= root[i, i];
        }

        return x;
    }
}
