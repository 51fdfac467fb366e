#!/usr/bin/env python3
"""The figure of the README: a listening tour with and without follow-through, as differences from the baseline.

Run it with ``python experiments/figures/first_answer.py``; it writes ``first_answer.svg`` beside itself, the same bytes
each time.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import trustsim as ts

SCENARIOS = {
    "listening_tour": ("with follow-through", "#0072b2"),
    "listening_tour_without_follow_through": ("without", "#d55e00"),
}
MEASURES = {
    "trust_clinician_admin": "clinicians' trust in administrators\n(0 to 1)",
    "open_concerns": "open concerns\n(per clinician)",
    "burnout_prevalence": "burned-out clinicians\n(percentage points)",
}
SCALE = {"burnout_prevalence": 100.0}
SMOOTH = 4  # weeks, a moving mean
REPLICATES = 30


def paired_differences(comparison: ts.Comparison, measure: str) -> NDArray[np.float64]:
    """Return scenario minus baseline, smoothed, (replicates, weeks)."""
    worlds = np.stack([result.hospital[measure] for result in comparison.results])
    differences = worlds[:, :, 1] - worlds[:, :, 0]
    window = np.ones(SMOOTH) / SMOOTH
    smoothed = [np.convolve(row, window, mode="valid") for row in differences]
    return SCALE.get(measure, 1.0) * np.stack(smoothed)


def main() -> None:
    """Run both scenarios and draw."""
    import matplotlib as mpl
    from matplotlib.figure import Figure
    from scipy.special import stdtrit

    comparisons = {name: ts.compare(name, replicates=REPLICATES, seed=1) for name in SCENARIOS}
    mpl.rcParams.update({"svg.hashsalt": "trustsim", "svg.fonttype": "none", "font.size": 9})
    figure = Figure(figsize=(9.6, 3.0), layout="constrained")
    for axes, (measure, label) in zip(figure.subplots(1, len(MEASURES)), MEASURES.items(), strict=True):
        for name, comparison in comparisons.items():
            differences = paired_differences(comparison, measure)
            mean = differences.mean(axis=0)
            half = stdtrit(REPLICATES - 1, 0.975) * differences.std(axis=0, ddof=1) / np.sqrt(REPLICATES)
            weeks = np.arange(SMOOTH - 1, comparison.weeks)
            words, color = SCENARIOS[name]
            axes.plot(weeks, mean, color=color, label=words)
            axes.fill_between(weeks, mean - half, mean + half, color=color, alpha=0.2, linewidth=0)
        axes.axhline(0.0, color="#767676", linewidth=1)
        axes.axvline(comparisons["listening_tour"].scenario.interventions[0].start, color="#767676", linestyle=":")
        axes.set(title=label, xlabel="week")
        axes.spines[["top", "right"]].set_visible(False)
    figure.axes[0].set_ylabel("difference from baseline")
    figure.axes[1].legend(frameon=False, title="listening tour", loc="best")
    figure.savefig(Path(__file__).with_suffix(".svg"), metadata={"Date": None, "Creator": "trustsim"})


if __name__ == "__main__":
    main()
