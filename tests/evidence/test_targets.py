"""The targets: what calibration may see, what it must not, and tolerances that can be missed."""

import math

import pytest

from trustsim.errors import InputError
from trustsim.evidence import findings, target, targets
from trustsim.measures import NAMES

CAL = {"V1", "V3", "V6", "V10", "V12", "V14", "V16", "V19", "V23", "V26"}
HOLD = {"V2", "V4", "V5", "V7", "V8", "V9", "V13", "V15", "V17", "V18", "V20", "V21", "V25"}

PARTS = [pytest.param(part, id=f"{key}.{name}") for key, each in targets().items() for name, part in each.parts.items()]
every_part = pytest.mark.parametrize("part", PARTS)


def test_calibration_may_see_these_targets_and_no_other():
    assert set(targets("CAL")) == CAL
    assert set(targets("HOLD")) == HOLD
    assert set(targets()) == CAL | HOLD | {"V24"}


def test_what_is_true_by_construction_counts_neither_way():
    assert set(targets("VERIFY")) == {"V24"}


@pytest.mark.parametrize("key", targets())
def test_a_target_rests_on_findings(key):
    assert set(target(key).basis) <= set(findings())


@every_part
def test_a_tolerance_can_be_missed_and_holds_the_published_value(part):
    low, high = part.tolerance
    assert low < high
    assert math.isfinite(low) or math.isfinite(high)
    assert part.published is None or low <= part.published <= high


@every_part
def test_a_part_is_worked_out_from_a_measure_of_the_model(part):
    assert part.measure is None or part.measure in NAMES


def test_what_the_model_cannot_measure_is_known():
    missing = {
        f"{key}.{name}" for key, each in targets().items() for name, part in each.parts.items() if not part.measure
    }
    assert missing == {"V21.performance", "V21.order"}


def test_ratios_leave_no_room_for_the_opposite_sign_where_the_finding_has_one():
    for key in ("V2", "V3", "V6", "V19"):
        assert target(key).parts["ratio"].low > 1.0
    for key in ("V9", "V12"):
        assert target(key).parts["ratio"].high < 1.0


@pytest.mark.parametrize(("key", "name", "fact"), [
    ("V2", "ratio", "leaving, burned out against not"),
    ("V3", "ratio", "intent to leave (25 studies, I2 97 %)"),
    ("V4", "difference", "exhaustion, directed at the organization"),
    ("V6", "ratio", "burnout per further patient"),
    ("V9", "ratio", "later burnout per SD of leadership"),
    ("V10", "burnout", "burnout, top against bottom third"),
    ("V10", "intent", "intent to leave, top against bottom third"),
    ("V12", "ratio", "intent to leave, feeling valued against not"),
    ("V19", "ratio", "cutting hours within 24 months per point of exhaustion (7-point item)"),
    ("V23", "ratio", "error, burned out against not"),
])  # fmt: skip
def test_a_published_value_is_that_of_its_finding(key, name, fact):
    part = target(key).parts[name]
    numbers = findings()[target(key).basis[0]].numbers
    assert (part.published, part.interval) in [(each.value, each.interval) for each in numbers if each.what == fact]


def test_an_unknown_target_is_refused_with_the_nearest():
    with pytest.raises(InputError, match="no target 'VV4'; did you mean 'V4'"):
        target("VV4")
