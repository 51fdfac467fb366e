"""A hospital of some 400 people that was surveyed, made here, so that what it answered is known."""

from datetime import date

import numpy as np
import pytest

from trustsim.organization import Organization, generate
from trustsim.survey import Cell, Measured, Survey, find_item

ITEMS = (
    ("mbi", "emotional exhaustion", "mean"),
    ("mbi", "depersonalization", "mean"),
    ("sops", "communication openness", "pct_favourable"),
    ("biopsy", "feeling valued", "pct_favourable"),
    ("sops", "hospital management support", "pct_favourable"),
    ("leader_index", "overall", "mean"),
)
USUAL = {"exhaustion": 0.44, "cynicism": 0.3}
WAVE = date(2026, 3, 1)
STAFF = {"physician": 10, "nurse": 16}


@pytest.fixture(scope="session")
def hospital() -> Organization:
    """Twelve units, 416 people."""
    return generate({"units": 12, "physicians": 10, "nurses": 16, "apps": 3, "allied": 3}, seed=3)


@pytest.fixture(scope="session")
def survey(hospital: Organization) -> Survey:
    """Six scores of the physicians and of the nurses of every unit, from 8 answers on, units unlike one another."""
    random, rows = np.random.default_rng(4), []
    for unit in hospital.unit_names:
        for role, people in STAFF.items():
            for names in ITEMS:
                item, n, unlike = find_item(*names), int(random.integers(8, people + 1)), random.normal(0.0, 0.08)
                if item.stat == "mean":
                    value = item.expected(np.array([USUAL.get(item.feeling, 0.55) + unlike]))[0]
                else:
                    value = 100.0 * round(n * np.clip(item.benchmark / 100.0 + 2.0 * unlike, 0.1, 0.95)) / n
                rows.append(Measured(Cell(unit, role), item, round(float(value), 1), n, WAVE, len(rows) + 2))
    return Survey(tuple(rows))
