namespace LabServer.Core.Statistics;

/// <summary>Maximum likelihood for <see cref="ProportionalOdds"/>: Newton's iteration on the cut points ζ and, last, β.</summary>
internal static class ProportionalOddsModel
{
    private const int MostSteps = 100;

    // Convergence is quadratic: a step of this size leaves an error of its square.
    private const double LastStep = 1e-9;

    /// <summary>β and its standard error; null where the iteration does not converge.</summary>
    /// <param name="categories">Counts of both arms by category, none empty in both, the arms not separated.</param>
    public static (double Beta, double Error)? Maximise((int A, int B)[] categories)
    {
        var point = Start(categories);
        for (var i = 0; i < MostSteps; i++)
        {
            var (gradient, information) = Derivatives(categories, point);
            if (Cholesky.Of(information) is not { } root)
            {
                return null;
            }

            var step = root.Solve(gradient);
            var size = step.Max(Math.Abs);
            if (Stepped(categories, point, step, isLast: size < LastStep) is not { } next)
            {
                return null;
            }

            point = next;
            if (size < LastStep)
            {
                return Cholesky.Of(Derivatives(categories, point).Information) is { } final
                    ? (point[^1], Math.Sqrt(final.LastOfInverse))
                    : null;
            }
        }

        return null;
    }

    // The answer if the arms did not differ: logits of the shares of both arms up to each cut, and β = 0.
    private static double[] Start((int A, int B)[] categories)
    {
        var point = new double[categories.Length];
        var all = categories.Sum(pair => (double)pair.A + pair.B);
        var below = 0.0;
        for (var j = 0; j < categories.Length - 1; j++)
        {
            below += (double)categories[j].A + categories[j].B;
            point[j] = Math.Log(below / (all - below));
        }

        return point;
    }

    // The likelihood is concave, so a step that worsens it, or disorders the cuts, is merely too long. The last step
    // changes it by less than its rounding.
    private static double[]? Stepped((int A, int B)[] categories, double[] point, double[] step, bool isLast)
    {
        var before = LogLikelihood(categories, point);
        for (var scale = 1.0; scale > 1e-10; scale /= 2)
        {
            double[] next = [.. point.Zip(step, (from, by) => from + (scale * by))];
            if (isLast || LogLikelihood(categories, next) >= before - (1e-12 * Math.Abs(before)))
            {
                return next;
            }
        }

        return null;
    }

    private static double LogLikelihood((int A, int B)[] categories, double[] point)
    {
        var sum = new CompensatedSum();
        foreach (var (j, count, isFirst) in Cells(categories))
        {
            var (u, v) = Cuts(point, j, isFirst);
            var probability = Between(u, v);
            if (!(probability > 0))
            {
                return double.NegativeInfinity;
            }

            sum.Add(count * Math.Log(probability));
        }

        return sum.Total;
    }

    // Gradient of the log likelihood, and minus its second derivatives (the observed information; its lower half). A cell
    // between the cuts u and v, P = F(v) − F(u), adds the derivatives of log P by u and v; β moves both by −1 in the first
    // arm.
    private static (double[] Gradient, double[,] Information) Derivatives((int A, int B)[] categories, double[] point)
    {
        var last = point.Length - 1;
        var gradient = new double[point.Length];
        var information = new double[point.Length, point.Length];
        foreach (var (j, count, isFirst) in Cells(categories))
        {
            var (u, v) = Cuts(point, j, isFirst);
            var probability = Between(u, v);
            var (byU, byV) = (-Density(u) / probability, Density(v) / probability);
            var uu = (byU * Steepness(u)) - (byU * byU);
            var vv = (byV * Steepness(v)) - (byV * byV);
            var uv = -byU * byV;
            if (j > 0)
            {
                gradient[j - 1] += count * byU;
                information[j - 1, j - 1] -= count * uu;
                information[last, j - 1] += isFirst ? count * (uu + uv) : 0;
            }

            if (j < last)
            {
                gradient[j] += count * byV;
                information[j, j] -= count * vv;
                information[last, j] += isFirst ? count * (vv + uv) : 0;
            }

            if (j > 0 && j < last)
            {
                information[j, j - 1] -= count * uv;
            }

            if (isFirst)
            {
                gradient[last] -= count * (byU + byV);
                information[last, last] -= count * (uu + vv + (2 * uv));
            }
        }

        return (gradient, information);
    }

    private static IEnumerable<(int Category, int Count, bool IsFirst)> Cells((int A, int B)[] categories)
    {
        for (var j = 0; j < categories.Length; j++)
        {
            yield return (j, categories[j].A, true);
            yield return (j, categories[j].B, false);
        }
    }

    // The cuts around a category, as an arm sees them; the outermost are infinite.
    private static (double Below, double Above) Cuts(double[] point, int category, bool isFirst)
    {
        var beta = isFirst ? point[^1] : 0;
        return (
            category == 0 ? double.NegativeInfinity : point[category - 1] - beta,
            category == point.Length - 1 ? double.PositiveInfinity : point[category] - beta);
    }

    // F(v) − F(u) of the logistic distribution, without the difference that would lose small ones.
    private static double Between(double u, double v) => Logistic(v) * Logistic(-u) * -NearZero.ExpMinusOne(u - v);

    private static double Density(double u) => Logistic(u) * Logistic(-u);

    // The density's own derivative, over the density.
    private static double Steepness(double u) => 1 - (2 * Logistic(u));

    private static double Logistic(double u) => 1 / (1 + Math.Exp(-u));
}
