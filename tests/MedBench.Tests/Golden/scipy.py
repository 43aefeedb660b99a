"""Writes scipy.json, the reference values of the statistics tests. Run: /usr/bin/python3 scipy.py (SciPy 1.10.1, NumPy 1.24.2)."""
import sys

# This file's own folder would shadow the package of the same name.
sys.path = [p for p in sys.path if p not in ("", sys.path[0])]

import itertools
import json
import pathlib

import numpy as np
import scipy
from scipy import integrate, optimize, stats

rng = np.random.default_rng(20250124)


def tiles(n, scale=100):
    """Values on a coarse grid, so that ties and zeros occur."""
    return (np.round(rng.normal(0.3, 1, n) * scale) / scale).tolist()


def signed_rank(d, pratt):
    """Exact two-sided, greater and less p by listing every sign pattern."""
    d = np.array(d)
    ranked = d if pratt else d[d != 0]
    ranks = stats.rankdata(np.abs(ranked))[ranked != 0]
    used = ranked[ranked != 0]
    observed = ranks[used > 0].sum()
    sums = np.array([np.dot(ranks, signs) for signs in itertools.product([0, 1], repeat=len(ranks))])
    return {
        "pairs": int(len(used)), "plus": float(observed),
        "greater": float(np.mean(sums >= observed - 1e-9)), "less": float(np.mean(sums <= observed + 1e-9)),
    }


def wilcoxon_cases():
    for n in (6, 10, 12):
        d = rng.normal(0.4, 1, n).tolist()
        case = {"d": d, "pratt": False, **signed_rank(d, False)}
        for side in ("two-sided", "greater", "less"):
            case["scipy_" + side] = float(stats.wilcoxon(d, alternative=side, mode="exact").pvalue)
        yield case
    for pratt in (False, True):
        d = tiles(11, scale=2)
        assert 0 in d
        yield {"d": d, "pratt": pratt, **signed_rank(d, pratt)}


def page_cases():
    for m, k in ((4, 3), (6, 4), (12, 4), (5, 6)):
        rows = (rng.normal(0, 1, (m, k)) + 0.3 * np.arange(k)).tolist()
        r = stats.page_trend_test(rows, method="exact")
        yield {"rows": rows, "l": float(r.statistic), "p": float(r.pvalue)}
    # With ties: every order of every row, listed.
    rows = [[1, 2, 2], [1, 1, 2], [3, 2, 5], [2, 2, 2]]
    ranks = [stats.rankdata(row) for row in rows]
    observed = sum(np.dot(row, [1, 2, 3]) for row in ranks)
    hits = [sum(np.dot(row, [1, 2, 3]) for row in choice) >= observed - 1e-9
            for choice in itertools.product(*[list(itertools.permutations(row)) for row in ranks])]
    yield {"rows": rows, "l": float(observed), "p": float(np.mean(hits))}


def two_sample_cases():
    for n, k, scale in ((3, 3, 1), (5, 3, 4), (10, 2, 0.1)):
        a, b = rng.normal(0.9, 0.01, n).tolist(), rng.normal(0.905, 0.01 * scale, k).tolist()
        case = {"a": a, "b": b}
        for name, equal in (("pooled", True), ("welch", False)):
            case[name + "_p"] = float(stats.ttest_ind(a, b, equal_var=equal).pvalue)
            margin = 0.02
            low = stats.ttest_ind(np.array(a) + margin, b, equal_var=equal, alternative="greater").pvalue
            high = stats.ttest_ind(np.array(a) - margin, b, equal_var=equal, alternative="less").pvalue
            case[name + "_tost_p"] = float(max(low, high))
        s = np.std(a, ddof=1)
        case["std"], case["population_std"] = float(s), float(np.std(a))
        case["mean_interval"] = [float(v) for v in stats.t.interval(0.95, n - 1, np.mean(a), s / np.sqrt(n))]
        case["std_interval"] = [float(s * np.sqrt((n - 1) / stats.chi2.ppf(p, n - 1))) for p in (0.975, 0.025)]
        yield case


def variance_cases():
    for sizes, spreads in (((3, 3, 3), (1, 1, 1)), ((5, 3, 4, 6), (1, 2, 1, 8)), ((10, 12), (1, 3))):
        groups = [rng.normal(0, s, n).tolist() for n, s in zip(sizes, spreads)]
        yield {"groups": groups, "brown_forsythe": float(stats.levene(*groups, center="median").pvalue),
               "bartlett": float(stats.bartlett(*groups).pvalue),
               "pooled": float(np.sqrt(sum((len(g) - 1) * np.var(g, ddof=1) for g in groups) / sum(len(g) - 1 for g in groups)))}


def improvement_cases():
    """P(a > b) with ties counted half is Mann and Whitney's U over all pairs."""
    for n, k in ((3, 3), (5, 4), (1, 7)):
        a, b = tiles(n, scale=2), tiles(k, scale=2)
        yield {"a": a, "b": b, "p": float(stats.mannwhitneyu(a, b).statistic / (n * k))}


def sweep_cases():
    """Share of wins with every bootstrap draw of the runs listed, cells kept."""
    for sizes in (((2, 2, 2),), ((2, 3), (3, 2))):
        cells = [[np.round(rng.normal(0, 1, n) + 0.2 * s, 1).tolist() for s, n in enumerate(settings)] for settings in sizes]
        draws = [[np.mean(d) for d in itertools.product(runs, repeat=len(runs))] for cell in cells for runs in cell]
        settings = len(cells[0])
        wins = np.zeros(settings)
        for draw in itertools.product(*draws):
            sums = np.array(draw).reshape(len(cells), settings).sum(axis=0)
            best = np.isclose(sums, sums.max(), atol=1e-12)
            wins += best / best.sum()
        yield {"cells": cells, "shares": (wins / np.prod([len(d) for d in draws])).tolist()}


def expected_best_cases():
    for n in (1, 3, 5):
        values = tiles(n)
        yield {"values": values, "curve": [float(np.mean([max(d) for d in itertools.product(values, repeat=k)])) for k in range(1, n + 1)]}


def two_sample_v2(case):
    """What rules version 2 asks of a difference D with its error: shift noticed with 80 % power, posterior, power of two one-sided tests."""
    d, se, df, margin = case
    t = stats.t.ppf(0.975, df)
    shift = optimize.brentq(lambda x: stats.nct.sf(t, df, x) + stats.nct.cdf(-t, df, x) - 0.8, 0.1, 4 * t)
    # Exact power of the two tests at zero difference, by integrating over the observed error.
    one_sided = stats.t.ppf(0.95, df)
    inside = lambda u: stats.chi.pdf(u * np.sqrt(df), df) * np.sqrt(df) * max(0, 2 * stats.norm.cdf(margin / se - one_sided * u) - 1)
    return {"difference": d, "error": se, "df": df, "margin": margin, "noncentrality": float(shift),
            "posterior": float(stats.t.cdf((margin - d) / se, df) - stats.t.cdf((-margin - d) / se, df)),
            "power": float(integrate.quad(inside, 0, min(margin / (one_sided * se), 8), limit=200)[0])}


def noncentral_cases():
    for t, df, nc in ((2.776, 4, 3.761), (-2.776, 4, 3.761), (12.7, 1, 15.0), (0.0, 3.3, 0.7), (1.96, 1e4, 2.8), (1.2, 2.5, -4.0), (40.0, 8, 38.0), (2.0, 12, 0.0)):
        yield {"t": t, "df": df, "nc": nc, "cdf": float(stats.nct.cdf(t, df, nc)) if nc else float(stats.t.cdf(t, df))}


def mean_of_cases():
    """Mean of independent differences, Satterthwaite; heterogeneity by DerSimonian and Laird."""
    for k in (2, 5, 9):
        d, se, df = rng.normal(0.002, 0.01, k), rng.uniform(0.002, 0.01, k), rng.uniform(2, 12, k)
        w = 1 / se**2
        q = float(np.sum(w * (d - np.average(d, weights=w)) ** 2))
        tau2 = max(0, (q - (k - 1)) / (w.sum() - (w**2).sum() / w.sum()))
        yield {"d": d.tolist(), "se": se.tolist(), "df": df.tolist(), "mean": float(d.mean()), "error": float(np.sqrt((se**2).sum()) / k),
               "freedom": float((se**2).sum() ** 2 / (se**4 / df).sum()), "q": q, "tau": float(np.sqrt(tau2)), "p": float(stats.chi2.sf(q, k - 1))}


def binomial_cases():
    for share, trials in ((0.0, 10), (131 / 156, 156), (0.863, 156), (1.0, 156), (0.98342, 7180)):
        # The mean over seeds is no whole number of images, which binomtest asks for; its roots are Wilson's all the same.
        z = stats.norm.ppf(0.975)
        roots = np.roots([1 + z * z / trials, -(2 * share + z * z / trials), share * share])
        if abs(share * trials - round(share * trials)) < 1e-9:
            ci = stats.binomtest(round(share * trials), trials).proportion_ci(0.95, method="wilson")
            assert np.allclose(sorted(roots.real), (ci.low, ci.high))
        yield {"share": share, "trials": trials, "low": float(min(roots.real)), "high": float(max(roots.real))}


def capture_cases():
    for inside, of in ((17, 20), (19, 20), (70, 80), (1, 1), (0, 3)):
        yield {"inside": inside, "of": of, "p": float(stats.binom.cdf(inside, of, 0.95))}


def macro_auc(truth, scores):
    """Mean over classes of the Mann-Whitney share, truth and scores (n, classes)."""
    return np.mean([stats.mannwhitneyu(s[t == 1], s[t == 0]).statistic / ((t == 1).sum() * (t == 0).sum()) for t, s in zip(truth.T, scores.T)])


def macro_auc_cases():
    """The jackknife over images, another estimate of the same standard error: equal but for terms of order 1/n."""
    for kind in ("multi-class", "multi-label"):
        n, classes = 60, 3
        truth = np.eye(classes)[rng.integers(0, classes, n)] if kind == "multi-class" else (rng.uniform(size=(n, classes)) < (0.5, 0.3, 0.2)).astype(float)
        scores = np.round(truth + rng.normal(0, 1, (n, classes)) + rng.normal(0, 0.7, (n, 1)), 2)
        left_out = np.array([macro_auc(np.delete(truth, i, 0), np.delete(scores, i, 0)) for i in range(n)])
        yield {"kind": kind, "truth": truth.tolist(), "scores": scores.tolist(), "auc": float(macro_auc(truth, scores)),
               "jackknife": float(np.sqrt((n - 1) * np.var(left_out)))}


def bayes_cases():
    """Bayesian signed rank by plain Monte Carlo, 200,000 draws of Dirichlet weights (baycomp's formula): error below 0.0012."""
    for n, shift, rope in ((10, 0.8, 0.3), (12, 0.0, 0.5), (6, -1.5, 0.0)):
        d = np.round(rng.normal(shift, 1, n), 3)
        z = np.concatenate([[0], d])
        sums = z[:, None] + z[None, :]
        w = rng.dirichlet(np.r_[0.5, np.ones(n)], 200_000)
        held = np.stack([np.einsum("ki,ij,kj->k", w, m.astype(float), w, optimize=True) for m in (sums > 2 * rope, np.abs(sums) <= 2 * rope, sums < -2 * rope)])
        wins = np.bincount(held.argmax(0), minlength=3) / held.shape[1]
        yield {"d": d.tolist(), "rope": rope, "probabilities": wins.tolist()}


golden = {
    "scipy": scipy.__version__, "numpy": np.__version__,
    "wilcoxon": list(wilcoxon_cases()), "page": list(page_cases()),
    "two_sample": list(two_sample_cases()), "variance": list(variance_cases()),
    "improvement": list(improvement_cases()), "sweep": list(sweep_cases()),
    "expected_best": list(expected_best_cases()), "binomial": list(binomial_cases()),
    "t_quantiles": [{"p": p, "df": df, "t": float(stats.t.ppf(p, df))} for p in (0.95, 0.975, 0.995) for df in (1, 2, 2.7, 4, 24, 240)],
    "differences": [two_sample_v2(c) for c in ((-1.044, 2.79093, 4, 2), (-0.264, 0.95491, 4, 1), (0.4, 0.3, 1, 2), (0.1, 0.2, 7.3, 0.9), (0.0, 0.5, 60, 2.5))],
    "noncentral_t": list(noncentral_cases()), "mean_of": list(mean_of_cases()), "capture": list(capture_cases()),
    "macro_auc": list(macro_auc_cases()), "bayesian_signed_rank": list(bayes_cases()),
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden, indent=1) + "\n")
