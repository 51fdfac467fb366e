"""What is loaded when: a sweep must not pay for libraries that it does not use."""

import subprocess
import sys

import trustsim

HEAVY = ("matplotlib", "mesa", "networkx", "numba", "pandas", "pyarrow", "rich", "solara", "typer")


def loaded_after(code: str) -> set[str]:
    """Return which heavy libraries a fresh interpreter has loaded when the code is done."""
    report = f"{code}\nimport sys\nprint(*sys.modules.keys() & {set(HEAVY)!r})"
    done = subprocess.run([sys.executable, "-c", report], check=True, capture_output=True, text=True)
    return set(done.stdout.split())


def test_importing_trustsim_loads_nothing_heavy():
    assert loaded_after("import trustsim") == set()


def test_a_simulation_loads_neither_mesa_nor_figures_nor_the_app():
    run = "import trustsim\ntrustsim.simulate('baseline', weeks=1, seed=0)"
    assert loaded_after(run).isdisjoint({"matplotlib", "mesa", "rich", "solara", "typer"})


def test_the_mesa_model_is_where_mesa_is_loaded():
    assert "mesa" in loaded_after("import trustsim.model")


def test_every_public_name_can_be_had():
    assert all(getattr(trustsim, name) is not None for name in trustsim.__all__)
