"""How often a t test with a moderated variance rejects at 0.05 where nothing differs. Run: /usr/bin/python3 moderated-size.py (half a minute).

For families of G cells, d degrees of freedom each, whose true variances are equal or spread as by d0 = 3:
`unbounded` takes d0 + d degrees of freedom as Smyth (2004) has it, `bounded` no more than all cells have together (limma's eBayes, and the product).
"""
import sys

# This folder's scipy.py would shadow the package.
sys.path = [p for p in sys.path if p not in ("", sys.path[0])]

import numpy as np
from scipy import optimize, special, stats

rng = np.random.default_rng(1)
DRAWS = 6000


def prior(s2, d):
    e = np.log(s2) - special.digamma(d / 2) + np.log(d / 2)
    excess = e.var(ddof=1) - special.polygamma(1, d / 2)
    if excess <= 0:
        return np.inf, np.exp(e.mean())
    d0 = 2 * optimize.brentq(lambda y: special.polygamma(1, y) - excess, 1e-8, 1e8)
    return d0, np.exp(e.mean() + special.digamma(d0 / 2) - np.log(d0 / 2))


for spread in (np.inf, 3):
    for groups in (2, 3, 10, 40):
        for d in (2, 4):
            rejected = np.zeros(2)
            for _ in range(DRAWS):
                sigma2 = np.ones(groups) if np.isinf(spread) else spread / rng.chisquare(spread, groups)
                s2 = sigma2 * rng.chisquare(d, groups) / d
                t = abs(rng.normal()) * np.sqrt(sigma2[0])
                d0, s0 = prior(s2, d)
                moderated = s0 if np.isinf(d0) else (d0 * s0 + d * s2[0]) / (d0 + d)
                for i, most in enumerate((np.inf, groups * d)):
                    rejected[i] += t / np.sqrt(moderated) > stats.t.ppf(0.975, min(d0 + d, most))
            print(f"true d0 {spread}, {groups} cells of d {d}: unbounded {rejected[0] / DRAWS:.3f}, bounded {rejected[1] / DRAWS:.3f}")
