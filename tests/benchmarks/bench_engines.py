"""How fast hospitals run: building one, and two years of it on either engine. Run alone, by `make bench`."""

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from trustsim.organization import generate
from trustsim.scenario import load_scenario
from trustsim.simulation import open_hospital, run_worlds

BASELINE = load_scenario("baseline")


def test_generate_the_community_hospital(benchmark: BenchmarkFixture):
    benchmark(generate, seed=0)


def test_generate_a_hospital_of_100_000(benchmark: BenchmarkFixture):
    benchmark.pedantic(generate, args=({"units": 5_500},), kwargs={"seed": 0}, rounds=3)


@pytest.mark.parametrize("worlds", [1, 2, 8, 32])
def test_two_years_compiled(benchmark: BenchmarkFixture, worlds: int):
    hospital = open_hospital(BASELINE, 0)
    benchmark(run_worlds, [BASELINE] * worlds, hospital)


def test_two_years_of_the_mesa_model(benchmark: BenchmarkFixture):
    hospital = open_hospital(BASELINE, 0)
    benchmark.pedantic(run_worlds, args=([BASELINE], hospital), kwargs={"engine": "mesa"}, rounds=3)
