"""Results do not depend on the process: compiled or not, and however Python hashes."""

import os
import subprocess
import sys

import pytest

RUN = """
import hashlib
from trustsim.interventions import INTERVENTIONS, SHOCKS
from trustsim.scenario import Scenario
from trustsim.simulation import open_hospital, run_worlds

SIZES = {"units": 2, "nurses": 3, "physicians": 1, "apps": 1, "executives": 3, "seed": 4}
interventions = [kind(kind=name, start=2, weeks=6) for name, kind in INTERVENTIONS.items()]
shocks = [kind(kind=name, start=1, weeks=6) for name, kind in SHOCKS.items()]
restless = {f"leaving.hazard.{role}": 0.05 for role in ("nurse", "chief", "manager")}
worlds = [
    Scenario(name="quiet", weeks=8, burn_in=2, organization=SIZES),
    Scenario(name="busy", weeks=8, burn_in=2, organization=SIZES, parameters=restless, interventions=interventions,
             shocks=shocks),
]
for engine in ENGINES:
    result = run_worlds(worlds, open_hospital(worlds[0], 7), engine=engine, by_unit=True)
    digest = hashlib.sha256()
    for series in (result.hospital, result.units):
        for name in sorted(series):
            digest.update(name.encode() + series[name].tobytes())
    print(digest.hexdigest())
"""


def digests(*engines: str, **environment: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", RUN.replace("ENGINES", repr(engines))],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


@pytest.fixture(scope="module")
def compiled() -> str:
    return digests("worlds")[0]


def test_compiled_and_interpreted_kernels_give_the_same_bytes(compiled):
    assert digests("worlds", NUMBA_DISABLE_JIT="1") == [compiled]


@pytest.mark.parametrize("hash_seed", ["0", "1"])
def test_results_do_not_depend_on_how_python_hashes(compiled, hash_seed):
    assert digests("worlds", "mesa", PYTHONHASHSEED=hash_seed) == [compiled, compiled]
