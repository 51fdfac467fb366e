"""Figures: drawn without pyplot, the same bytes twice, and showing what was found."""
# ruff: noqa: N806 - X is the name of a design in this field

import subprocess
import sys

import pytest

from trustsim.analysis import convergence, dose_response, effects, figures, morris, sobol
from trustsim.errors import InputError
from trustsim.sampling import Problem, lhs
from trustsim.sampling import morris as trajectories
from trustsim.sampling import sobol as saltelli


@pytest.fixture
def draw(hospital, trust):
    S, M = saltelli.sample(hospital, 64, seed=0), trajectories.sample(hospital, 20, seed=0)
    L = lhs.sample(hospital, 60, seed=0)
    along = dose_response.analyze(hospital, L, trust(L, 5), seed=0, factor="follow_through")
    return lambda: {
        "indices": figures.indices(sobol.analyze(hospital, S, trust(S, 5), seed=0), outcome="trust"),
        "convergence": figures.convergence(convergence.analyze(hospital, S, trust(S, 5), seed=0), outcome="trust"),
        "dose_response": figures.dose_response(along, outcome="trust"),
        "screen": figures.tornado(morris.analyze(hospital, M, trust(M, 5), seed=0), outcome="trust"),
        "tornado": figures.tornado(effects.analyze(hospital, L[:4], trust(L[:4], 5), seed=0), outcome="trust"),
    }


def test_every_figure_is_saved_as_svg_and_png_and_the_same_twice(draw, tmp_path):
    drawn, redrawn = draw(), draw()
    for name in drawn:
        first = [path.read_bytes() for path in figures.save(drawn[name], tmp_path / f"{name}.svg")]
        again = [path.read_bytes() for path in figures.save(redrawn[name], tmp_path / name)]
        assert first == again
        assert first[0].startswith(b"<?xml")
        assert first[1].startswith(b"\x89PNG")
    assert len(list(tmp_path.iterdir())) == 2 * len(drawn)


def test_the_largest_index_is_on_top_and_the_noise_floor_is_drawn(draw):
    axes = draw()["indices"].axes[0]
    assert axes.get_yticklabels()[-1].get_text() == "follow_through"
    assert "noise floor (dummy)" in [text.get_text() for text in axes.get_legend().get_texts()]


def test_a_bar_whose_interval_holds_zero_is_grey(draw):
    axes = draw()["screen"].axes[0]
    names, grey = [tick.get_text() for tick in axes.get_yticklabels()], pytest.approx((0x76 / 255,) * 3)
    colors = {name: bar.get_facecolor()[:3] for name, bar in zip(names, axes.patches, strict=True)}
    assert colors["parking"] == grey
    assert colors["follow_through"] != grey


def test_drawing_never_loads_pyplot():
    script = """
import sys, numpy as np
from trustsim.analysis import effects, figures
from trustsim.sampling import Problem
assert not any(name.startswith("matplotlib") for name in sys.modules)
Y = np.random.default_rng(0).random((3, 5))
figures.tornado(effects.analyze(Problem({"x": (0, 1)}), np.zeros((3, 1)), Y, seed=0), outcome="trust")
assert "matplotlib.pyplot" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", script], check=True)


def test_groups_alone_are_refused():
    problem = Problem({"a": (0, 1), "b": (0, 1)}, {"g": ["a", "b"]})
    X = trajectories.sample(problem, 10, seed=0)
    found = morris.analyze(problem, X, X.sum(axis=1), seed=0)
    with pytest.raises(InputError, match="nothing to draw"):
        figures.tornado(found, outcome="trust")
