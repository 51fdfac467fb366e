"""From interventions and shocks to levers: doses, scarce hours, accounts, segments."""

from collections.abc import Iterable
from typing import ClassVar, Literal

import numpy as np
import pytest
from typing_extensions import override

from trustsim.errors import InputError
from trustsim.interventions import INTERVENTIONS, SHOCKS, Hours, Intervention, compile_plan
from trustsim.interventions.setting import parameter
from trustsim.levers import NAMES, Contribution
from trustsim.organization import generate
from trustsim.organization.roles import role_code
from trustsim.parameters import resolve

HOSPITAL = generate({"units": 8})
LAST = 8  # the leadership floor


class Rounds(Intervention):
    """An intervention for tests: one lever of each way to combine, and whatever time it is told to take."""

    title: ClassVar = "Rounds"
    sources: ClassVar = ("0.0",)
    evidence: ClassVar = ("assumption",)
    cooldown: ClassVar = 4
    backfires: ClassVar = "Never."

    kind: Literal["rounds"] = "rounds"
    executive_hours: float = parameter(0.0, "hours", "Of executives.", low=0, high=1000)
    leader_hours: float = parameter(0.0, "hours", "Of leaders.", low=0, high=1000)
    staff_hours: float = parameter(0.0, "hours", "Of each clinician.", low=0, high=10)
    money: float = parameter(0.0, "thousand dollars", "Money.", low=0, high=1000)

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        return (
            Contribution("work.demand", 0.1),
            Contribution("contact.line", 0.8),
            Contribution("dyad", 0.5),
            Contribution("lift.integrity", 0.2, 0.8),
        )

    @override
    def hours(self, week: int, units: int) -> Hours:
        return Hours(self.executive_hours, self.leader_hours, self.staff_hours)

    @override
    def dollars(self, week: int, units: int) -> float:
        return self.money


class Certain(Rounds):
    """Another kind, so that it may share the units."""

    kind: Literal["certain"] = "certain"


def plan_of(*interventions, shocks=(), weeks=40, burn_in=5, hospital=HOSPITAL, **overrides):
    values = resolve(overrides)
    return compile_plan(interventions, shocks, hospital, weeks=weeks, burn_in=burn_in, values=values)


def test_without_interventions_every_week_is_rest():
    plan = plan_of(burn_in=3, weeks=4)
    assert plan.values.shape == (1, len(NAMES), LAST + 1)
    assert plan.values.dtype == np.float64
    assert plan.segment.dtype == np.int32
    assert plan.segment.tolist() == [0] * 7
    assert not plan.values.any()


def test_weeks_count_from_the_end_of_burn_in():
    demand = plan_of(Rounds(start=10, weeks=3)).lever("work.demand")
    assert np.flatnonzero(demand[:, 0]).tolist() == [15, 16, 17]


def test_an_intervention_may_outlast_the_horizon():
    assert np.flatnonzero(plan_of(Rounds(start=38, weeks=50)).segment).tolist() == [43, 44]


def test_weeks_that_are_alike_share_a_segment():
    tour, halls = INTERVENTIONS["listening_tour"](start=4, weeks=30), INTERVENTIONS["town_hall"](weeks=40, interval=10)
    plan = plan_of(tour, halls)
    assert len(plan.values) == 4  # rest, a town hall, the tour, both
    halls_are = np.flatnonzero(plan.lever("alignment")[:, 0])
    assert halls_are.tolist() == [5, 15, 25, 35]
    assert len(set(plan.segment[halls_are].tolist())) == 2


@pytest.mark.parametrize(
    ("dose", "demand", "contact", "joint"), [(0.5, 0.05, 0.4, 0.25), (1.0, 0.1, 0.8, 0.5), (2.0, 0.2, 1.0, 1.0)]
)
def test_the_dose_scales_how_much_there_is_and_not_how_good_it_is(dose, demand, contact, joint):
    plan = plan_of(Rounds(dose=dose))
    levers = {name: plan.lever(name)[-1, 0] for name in ("work.demand", "contact.line", "dyad", "lift.integrity")}
    assert levers == pytest.approx(
        {"work.demand": demand, "contact.line": contact, "dyad": joint, "lift.integrity": 0.2}
    )


def test_a_small_dose_speaks_for_fewer_occasions():
    recognition = INTERVENTIONS["recognition"](sincerity=0.0, rate=4, dose=0.25)  # lifts nothing, on some line contacts
    lift = plan_of(Rounds(), recognition).lever("lift.benevolence")[-1, 0]
    assert lift == 0.0
    weights = 0.8, 0.25 * 0.5 * 4 * 12 / 52
    insincere = INTERVENTIONS["recognition"](sincerity=1.0, rate=4, dose=0.25)
    tour = INTERVENTIONS["listening_tour"](visits_per_week=8, reach=0.8)
    assert plan_of(tour, insincere).lever("lift.benevolence")[-1, 0] == pytest.approx(
        (0.2 * weights[0] + 0.15 * weights[1]) / (weights[0] + weights[1])
    )


def test_hours_and_money_are_spread_over_the_units_and_add_up():
    rounds = Rounds(executive_hours=10, leader_hours=6, staff_hours=0.5, money=3, units=list(HOSPITAL.unit_names[:3]))
    plan = plan_of(rounds)
    assert plan.lever("hours.leaders")[-1].tolist() == pytest.approx([16 / 3] * 3 + [0.0] * 6)
    assert plan.lever("cost")[-1].tolist() == pytest.approx([1.0] * 3 + [0.0] * 6)
    assert plan.lever("work.meetings")[-1].tolist() == [0.5] * 3 + [0.0] * 6
    # 17 clinicians a unit, chief and manager apart: their time is leaders' time.
    assert plan.lever("hours.staff")[-1].tolist() == [8.5] * 3 + [0.0] * 6


def test_half_a_dose_takes_half_the_time_and_money():
    rounds = {"executive_hours": 10, "leader_hours": 6, "staff_hours": 0.5, "money": 3}
    full, half = plan_of(Rounds(**rounds)), plan_of(Rounds(**rounds, dose=0.5))
    for account in ("hours.leaders", "hours.staff", "cost", "work.meetings"):
        assert half.lever(account)[-1].sum() == pytest.approx(full.lever(account)[-1].sum() / 2)


def test_the_leadership_floor_takes_part_but_no_hour_or_dollar_is_booked_there():
    plan = plan_of(Rounds(executive_hours=10, staff_hours=1, money=3))
    assert plan.lever("contact.line")[-1, LAST] == pytest.approx(0.8)
    for account in ("hours.leaders", "hours.staff", "cost", "work.meetings"):
        assert plan.lever(account)[-1, LAST] == 0.0
        assert plan.lever(account)[-1].sum() > 0.0


@pytest.mark.parametrize(
    ("asked", "share", "achieved"),
    [
        ({"executive_hours": 40.0}, 1.0, 1.0),  # five executives with eight hours
        ({"executive_hours": 80.0}, 0.5, 0.2 / 0.7),  # three tenths of the hours go into preparation
        ({"leader_hours": 54.0}, 1.0, 1.0),  # eight chiefs, eight managers, two directors with three hours
        ({"leader_hours": 90.0}, 0.6, 0.3 / 0.7),
        ({"executive_hours": 50.0, "leader_hours": 90.0}, 0.6, 0.3 / 0.7),
        ({"leader_hours": 180.0}, 0.3, 0.0),
        ({"executive_hours": 400.0, "leader_hours": 1.0}, 0.1, 0.0),
    ],
    ids=str,
)
def test_leaders_without_enough_time_achieve_less_than_their_share_of_it(asked, share, achieved):
    plan = plan_of(Rounds(**asked))
    assert plan.lever("work.demand")[-1, 0] == pytest.approx(0.1 * achieved)
    assert plan.lever("hours.leaders")[-1].sum() == pytest.approx(share * sum(asked.values()))


def test_what_needs_no_preparation_achieves_its_share():
    rounds = Rounds(executive_hours=80.0)
    assert plan_of(rounds, **{"work.preparation": 0.0}).lever("work.demand")[-1, 0] == pytest.approx(0.05)
    assert plan_of(rounds, **{"work.preparation": 0.6}).lever("work.demand")[-1, 0] == 0.0


def test_two_halves_are_less_than_one_whole():
    one, both = Rounds(executive_hours=40.0), [Rounds(executive_hours=40.0), Certain(executive_hours=40.0)]
    demand, spent = (lambda plan, name=name: plan.lever(name)[-1].sum() for name in ("work.demand", "hours.leaders"))
    assert spent(plan_of(*both)) == pytest.approx(spent(plan_of(one)))
    assert demand(plan_of(*both)) < 0.6 * demand(plan_of(one))


def test_doing_everything_does_everything_badly():
    tour, rounds = INTERVENTIONS["listening_tour"](visits_per_week=8), Rounds(executive_hours=60.0)
    alone, together = plan_of(tour), plan_of(tour, rounds)
    achieved = (40.0 / (8 * 4.3 + 60.0) - 0.3) / 0.7
    assert together.lever("voice.access")[-1, 0] == pytest.approx(alone.lever("voice.access")[-1, 0] * achieved)
    assert together.lever("work.demand")[-1, 0] == pytest.approx(0.1 * achieved)


def test_what_takes_no_time_of_a_pool_is_not_slowed_by_its_lack():
    busy = Rounds(name="busy", executive_hours=400.0)
    dyads = INTERVENTIONS["dyad_leadership"]()
    autocratic = INTERVENTIONS["autocratic_decisions"]()
    alone, together = plan_of(dyads, autocratic), plan_of(dyads, autocratic, busy)
    for lever in ("contact.dyad", "decision.speed"):
        assert together.lever(lever).tobytes() == alone.lever(lever).tobytes()


def test_time_is_short_only_in_the_weeks_of_the_rush():
    tour = INTERVENTIONS["listening_tour"](weeks=40)
    access = plan_of(tour, Rounds(start=10, weeks=5, executive_hours=400.0)).lever("voice.access")[:, 0]
    short = np.flatnonzero(access[5:] < access[5] * 0.99)
    assert short.tolist() == [10, 11, 12, 13, 14]


def test_more_hours_of_leaders_allow_more():
    rounds = Rounds(executive_hours=80.0)
    assert plan_of(rounds, **{"work.executive_hours": 16.0}).lever("work.demand")[-1, 0] == pytest.approx(0.1)
    assert plan_of(rounds, **{"work.executive_hours": 8.0}).lever("work.demand")[-1, 0] < 0.05


def test_a_shock_is_not_slowed_by_leaders_lack_of_time():
    crisis = SHOCKS["crisis"](demand=0.25, urgency=0.8)
    plan = plan_of(Rounds(units=["Surgery"], executive_hours=1000.0), shocks=[crisis])
    assert plan.lever("decision.urgency")[-1].tolist() == [0.8] * 9
    assert plan.lever("work.demand")[-1, -1] == 0.25


def test_a_share_is_spread_evenly_over_the_units():
    demand = plan_of(Rounds(units={"share": 0.25})).lever("work.demand")[-1]
    assert np.flatnonzero(demand).tolist() == [2, 6]


def test_a_share_of_nothing_is_nothing():
    plan = plan_of(Rounds(units={"share": 0.0}, executive_hours=5.0))
    assert len(plan.values) == 1


def test_pools_count_the_leaders_of_the_hospital():
    crowded = generate({"units": 2, "executives": 1})
    leaders = np.isin(crowded.role, [role_code(role) for role in ("chief", "manager", "director")]).sum()
    plan = plan_of(Rounds(leader_hours=1000.0), hospital=crowded)
    assert plan.lever("hours.leaders")[-1].sum() == pytest.approx(3.0 * leaders)


def test_two_double_doses_of_a_sure_contact_are_a_sure_contact():
    assert plan_of(Rounds(dose=2.0), Certain(dose=2.0)).lever("contact.line")[-1].tolist() == [1.0] * 9


def test_the_order_of_those_who_ask_for_time_makes_no_difference_to_the_last_bit():
    asking = [Rounds(name=f"r{n}", executive_hours=0.1 * 3**n, units=[HOSPITAL.unit_names[n]]) for n in range(7)]
    plans = {plan_of(*order).values.tobytes() for order in (asking, asking[::-1], asking[3:] + asking[:3])}
    assert plan_of(*asking).lever("work.demand")[-1].max() < 0.1
    assert len(plans) == 1


def test_units_of_different_fate_are_told_apart():
    a = Rounds(name="a", units=["Surgery", "Medicine"])
    b = INTERVENTIONS["autocratic_decisions"](units=["Surgery"])
    plan = plan_of(a, b)
    surgery, medicine = (HOSPITAL.unit_names.index(name) for name in ("Surgery", "Medicine"))
    assert np.flatnonzero(plan.lever("work.demand")[-1]).tolist() == sorted([surgery, medicine])
    assert np.flatnonzero(plan.lever("decision.speed")[-1]).tolist() == [surgery]


def test_a_hospital_of_5000_units_compiles_to_one_small_table():
    large = generate({"units": 5000, "nurses": 0, "physicians": 1})
    plan = plan_of(INTERVENTIONS["listening_tour"](units={"share": 0.5}), hospital=large)
    assert plan.values.shape == (2, len(NAMES), 5001)
    assert np.count_nonzero(plan.values[1, NAMES.index("voice.access")]) == 2500


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ([Rounds(units=["Surgry"])], "rounds: no unit 'Surgry'; did you mean 'Surgery'"),
        ([Rounds(units=["zzz"])], "no unit 'zzz'; units are Emergency to "),
        ([Rounds(start=40)], "rounds starts in week 40, after the last of 40 weeks"),
        ([Rounds(weeks=10), Rounds(name="b", start=9)], "start in week 14 or later"),
        (
            [Rounds(name="b", start=13, units=["Surgery"]), Rounds(weeks=10)],
            "b starts in week 13, but rounds holds some",
        ),
        ([Rounds(), Rounds(name="b")], "b starts in week 0"),
    ],
)
def test_what_cannot_be_done_is_refused(wrong, message):
    with pytest.raises(InputError, match=message):
        plan_of(*wrong)


@pytest.mark.parametrize(
    "fine",
    [
        [Rounds(weeks=10), Rounds(name="b", start=14)],
        [Rounds(units=["Surgery"]), Rounds(name="b", units=["Medicine"])],
        [Rounds(), Rounds(name="b", dose=0.0)],
        [Rounds(), INTERVENTIONS["recognition"]()],
    ],
    ids=["after the pause", "in other units", "a dose of nothing", "another kind"],
)
def test_what_is_no_clash_is_accepted(fine):
    assert plan_of(*fine).values.any()
