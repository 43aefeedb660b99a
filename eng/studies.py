#!/usr/bin/env python3
"""Derives the studies under expected-results/ from other people's runs: facts (means, stds, n, single values), never their files.

    MEDBENCH_EVIDENCE=../shared/evidence python3 eng/studies.py

Python's standard library alone. What it writes is committed, so that a fresh clone judges without the evidence; run again, it
writes the same bytes. A study whose file is missing stops the script before anything is written.
"""
import csv
import os
import pathlib
import statistics
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent / "expected-results"
RESULT = ["dataset", "method", "model", "resolution", "metric", "mean", "std", "ddof", "n", "unit", "source", "extraction", "variant"]
RUN = ["dataset", "method", "model", "resolution", "metric", "variant", "seed", "value", "source"]
METRICS = ("acc", "auc")

# timm's default tags of the names that pecco2026 gives (timm 1.0).
BACKBONES = {
    "resnet18": "resnet18.a1_in1k",
    "densenet121": "densenet121.ra_in1k",
    "vit_base_patch16_224": "vit_base_patch16_224.augreg2_in21k_ft_in1k",
    "swin_tiny_patch4_window7_224": "swin_tiny_patch4_window7_224.ms_in1k",
}

# The authors' three ResNet-18 (28) runs on BreastMNIST, as omariosc/research-with-ai@3546ef22 computed them from the released predictions.
AUTHORS = {"auc": (0.8984962406, 0.9172932331, 0.8886800334), "acc": (0.8717949, 0.8717949, 0.8461538)}

# Zenodo 10.5281/zenodo.7782114, one run each, recomputed by us: dataset, model, run, AUC, ACC. MedBench.Tests rescores the files where they are at hand.
RELEASED = (
    ("breastmnist", "resnet18.torchvision", "enlarged-to-224", 1, 0.91291, 0.84615),
    ("pneumoniamnist", "resnet18.torchvision", "enlarged-to-224", 2, 0.96402, 0.86699),
    ("retinamnist", "resnet18.torchvision", "enlarged-to-224", 3, 0.72380, 0.47500),
    ("bloodmnist", "resnet18.cifar", "", 2, 0.99781, 0.96025),
    ("dermamnist", "resnet18.cifar", "", 3, 0.91671, 0.74065),
)


def rows(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def text(value):
    return f"{value:.6f}"


def strategy(run):
    """Method and variant of a run of pecco2026: 20, 40 or 60 % of the encoder's layers unfrozen from its end or its start."""
    if run["strategy"] == "partial":
        return "partial", f"{'last' if run['direction'] == 'end' else 'first'}-{run['unfrozen_percent']}pct"
    return {"LP": "linear-probing", "full": "end-to-end"}[run["strategy"]], ""


def summary(key, values, source):
    dataset, method, model, resolution, metric, variant = key
    return [dataset, method, model, resolution, metric, text(statistics.mean(values)), text(statistics.stdev(values)), 1, len(values), "fraction", source, "computed", variant]


def groups(runs, key):
    found = {}
    for run in runs:
        for metric in METRICS:
            if (name := key(run, metric)) is not None:
                found.setdefault(name, []).append(float(run["test_" + metric]))
    return found


def pecco(runs):
    # Its ChestMNIST accuracy is that of the whole set of 14 labels: no number of MedMNIST's kind.
    found = groups(runs, lambda run, metric: None if (run["dataset"], metric) == ("chestmnist", "acc") else (
        run["dataset"], strategy(run)[0], BACKBONES[run["backbone"]], 224, metric, strategy(run)[1]))
    source = "Tubo/MedMNIST-Fine-Tuning-Visualization@20ece0df"
    return {"pecco2026/results.csv": (RESULT, [summary(key, values, f"{source}, seeds 40-49") for key, values in sorted(found.items())])}


def official(runs):
    def key(run, metric):
        return run["dataset"], "from-scratch", "resnet18.cifar", 28, metric, ""

    source = "habib-analyst/MedMNIST_v2_Reproducibility_Benchmark@9a63a781"
    single = [[*key(run, metric), run["seed"], run["test_" + metric], source] for metric in METRICS for run in runs]
    return {
        "yang2023-official-script/results.csv": (RESULT, [summary(name, values, source) for name, values in sorted(groups(runs, key).items())]),
        "yang2023-official-script/runs.csv": (RUN, sorted(single, key=lambda row: (row[0], row[4], int(row[6])))),
    }


def authors():
    breast = ("breastmnist", "from-scratch", "resnet18.cifar", 28)
    return {
        "yang2023/runs.csv": (RUN, [
            [*breast, metric, "", run, value, "released predictions, by omariosc/research-with-ai@3546ef22"]
            for metric in METRICS for run, value in enumerate(AUTHORS[metric], 1)]),
        "yang2023/released.csv": (RUN, [
            [dataset, "from-scratch", model, 28, metric, variant, run, {"auc": auc, "acc": acc}[metric], "10.5281/zenodo.7782114"]
            for dataset, model, variant, run, auc, acc in sorted(RELEASED) for metric in METRICS]),
    }


def main():
    evidence = os.environ.get("MEDBENCH_EVIDENCE") or sys.exit("set MEDBENCH_EVIDENCE to the folder of evidence (docs/claims.md says what it holds)")
    runs = pathlib.Path(evidence) / "runs"
    tables = {**pecco(rows(runs / "pecco2026.csv")), **official(rows(runs / "yang2023-official-script.csv")), **authors()}
    for name, (columns, lines) in tables.items():
        path = ROOT / name
        path.parent.mkdir(exist_ok=True)
        with open(path, "w", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows(lines)
        print(f"{path.relative_to(ROOT.parent)}: {len(lines)} rows")


if __name__ == "__main__":
    main()
