"""Writes scipy.json, the reference values of the statistics tests. Run: /usr/bin/python3 scipy.py (SciPy 1.10.1, NumPy 1.24.2)."""
import sys

# This file's own folder would shadow the package of the same name.
sys.path = [p for p in sys.path if p not in ("", sys.path[0])]

import itertools
import json
import pathlib

import numpy as np
import scipy
from scipy import stats

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


def binomial_cases():
    for successes, trials in ((0, 10), (131, 156), (156, 156), (7061, 7180)):
        interval = stats.binomtest(successes, trials).proportion_ci(0.95, method="exact")
        yield {"successes": successes, "trials": trials, "low": float(interval.low), "high": float(interval.high)}


golden = {
    "scipy": scipy.__version__, "numpy": np.__version__,
    "wilcoxon": list(wilcoxon_cases()), "page": list(page_cases()),
    "two_sample": list(two_sample_cases()), "variance": list(variance_cases()),
    "improvement": list(improvement_cases()), "sweep": list(sweep_cases()),
    "expected_best": list(expected_best_cases()), "binomial": list(binomial_cases()),
    "t_quantiles": [{"p": p, "df": df, "t": float(stats.t.ppf(p, df))} for p in (0.95, 0.975, 0.995) for df in (1, 2, 2.7, 4, 24, 240)],
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden, indent=1) + "\n")
