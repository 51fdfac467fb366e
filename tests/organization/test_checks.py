"""What is wrong with an organization is told in words its author understands, all of it at once."""

from dataclasses import replace

import numpy as np
import pytest

from trustsim.errors import InputError
from trustsim.organization import Position, Tie, build, check
from trustsim.organization.roles import role_code

PEOPLE = {
    "Ada": Position("Ada", "executive", None, None),
    "Dan": Position("Dan", "director", None, "Ada"),
    "Cyd": Position("Cyd", "chief", "ward", "Ada"),
    "Moe": Position("Moe", "manager", "ward", "Dan"),
    "Nan": Position("Nan", "nurse", "ward", "Moe"),
    "Pia": Position("Pia", "physician", "ward", "Cyd"),
}


def lines(people: dict[str, Position]) -> list[Tie]:
    up = [Tie(person.label, person.leader, "line") for person in people.values() if person.leader]
    return up + [Tie(leader, person, kind) for person, leader, kind in up]


def hospital(*ties: Tie, without: tuple[Tie, ...] = (), **people: Position):
    """The small hospital, with some people changed or added and some ties added or left out."""
    everybody = PEOPLE | people
    return build(everybody.values(), [tie for tie in (*lines(everybody), *ties) if tie not in without])


def test_a_small_hospital_is_built_from_names():
    small = hospital(Tie("Nan", "Pia", "peer"), Tie("Pia", "Moe", "operations"))
    assert small.labels == tuple(PEOPLE)
    assert small.leader.tolist() == [-1, 0, 0, 1, 3, 2]
    assert small.unit_names == ("ward",)
    assert small.n_ties == 12


def test_the_order_of_ties_does_not_matter():
    ties = [*lines(PEOPLE), Tie("Nan", "Pia", "peer")]
    assert build(PEOPLE.values(), ties) == build(PEOPLE.values(), ties[::-1])


def test_a_hospital_has_a_unit():
    with pytest.raises(InputError, match="there is no unit"):
        build([PEOPLE["Ada"]], [])


WRONG = [
    # names
    ({"Nan": PEOPLE["Nan"]._replace(role="nurze")}, "unknown role 'nurze' of Nan; roles are .*; did you mean 'nurse'"),
    ({"Nan": PEOPLE["Nan"]._replace(leader="Mo")}, "nobody is called 'Mo', the leader of Nan; did you mean 'Moe'"),
    ({"Eve": PEOPLE["Nan"]}, "several positions of one name: Nan"),
    ({"": PEOPLE["Nan"]._replace(label="")}, "positions without a name"),
    # units
    ({"Nan": PEOPLE["Nan"]._replace(unit=None)}, "without a unit: Nan; only directors and executives have none"),
    ({"Dan": PEOPLE["Dan"]._replace(unit="ward")}, "of a unit: Dan; directors and executives stand above the units"),
    ({"Nan": PEOPLE["Nan"]._replace(unit="attic")}, "units without a leader: attic; each has a chief or a manager"),
    ({"Max": PEOPLE["Moe"]._replace(label="Max")}, "units of several managers: ward; a unit has at most one"),
    ({"Cat": PEOPLE["Cyd"]._replace(label="Cat")}, "units of several chiefs: ward; a unit has at most one"),
    # lines
    (
        {"Dan": PEOPLE["Dan"]._replace(leader=None)},
        "without a leader: Ada, Dan; only the head of the hospital has none",
    ),
    ({"Ada": PEOPLE["Ada"]._replace(role="director")}, "at the head of the hospital is Ada, a director"),
    ({"Pia": PEOPLE["Pia"]._replace(leader="Nan")}, "leading without being chief, .* or executive: Nan"),
    ({"Ada": PEOPLE["Ada"]._replace(leader="Dan")}, "in a circle: .*Ada -> Dan|in a circle: Dan -> Ada -> Dan"),
    (
        {"Dan": PEOPLE["Dan"]._replace(leader="Moe")},
        "in a circle: (Dan -> Moe -> Dan|Moe -> Dan -> Moe); each ends at the",
    ),
]


@pytest.mark.parametrize(("people", "message"), WRONG)
def test_wrong_positions_are_named(people, message):
    # Line ties of a circle would be doubled; a tie each way is enough to see the circle.
    everybody = PEOPLE | people
    with pytest.raises(InputError, match=message):
        build(everybody.values(), dict.fromkeys(lines(everybody)))


@pytest.mark.parametrize(
    ("ties", "message"),
    [
        ([Tie("Nan", "Nan", "peer")], "ties of people to themselves: Nan -> Nan"),
        ([Tie("Nan", "Pia", "pear")], r"unknown kind of tie 'pear' \(Nan -> Pia\); kinds are .*; did you mean 'peer'"),
        ([Tie("Nan", "Pai", "peer")], "nobody is called 'Pai', an end of a tie; did you mean 'Pia'"),
        ([Tie("Nan", "Moe", "peer")], "several ties from one person to the same other: Nan -> Moe"),
        ([Tie("Pia", "Moe", "peer")], "peer ties join people of one silo, not Pia -> Moe"),
        ([Tie("Nan", "Dan", "consult")], "consult ties join clinicians, not Nan -> Dan"),
        ([Tie("Pia", "Moe", "liaison")], "liaison ties join a chief and a manager or director, not Pia -> Moe"),
        ([Tie("Pia", "Dan", "operations")], "operations ties join a clinician and a manager, not Pia -> Dan"),
        ([Tie("Nan", "Dan", "executive")], "executive ties join a clinician and an executive, not Nan -> Dan"),
        ([Tie("Nan", "Pia", "social")], "social ties join a clinician and an administrator, not Nan -> Pia"),
        ([Tie("Nan", "Pia", "dyad")], "dyad ties join a clinician and a chief or manager, not Nan -> Pia"),
        ([Tie("Nan", "Dan", "line")], "neither leads the other: Nan -> Dan"),
    ],
)
def test_wrong_ties_are_named(ties, message):
    with pytest.raises(InputError, match=message):
        hospital(*ties)


def test_people_look_to_one_executive():
    second = Position("Abe", "executive", None, "Ada")
    with pytest.raises(InputError, match="executive ties to several executives: Nan; people look to one"):
        hospital(Tie("Nan", "Ada", "executive"), Tie("Nan", "Abe", "executive"), Abe=second)


@pytest.mark.parametrize(
    ("missing", "message"),
    [
        (Tie("Nan", "Moe", "line"), "without a line tie to their leader: Nan"),
        (Tie("Moe", "Nan", "line"), "without a line tie from their leader: Nan"),
    ],
)
def test_a_line_goes_both_ways(missing, message):
    with pytest.raises(InputError, match=message):
        hospital(without=(missing,))


@pytest.mark.parametrize(
    ("array", "value", "message"),
    [
        ("role", 8, "role holds 8; it holds codes of roles, 0 to 7"),
        ("role", -1, "role holds -1"),
        ("unit", 2, "unit holds 2; it holds numbers of units, or one more for people of no unit, 0 to 1"),
        ("leader", 6, "leader holds 6; it holds positions, or -1 for the head of the hospital, -1 to 5"),
        ("leader", -2, "leader holds -2"),
        ("trustee", 6, "trustee holds 6; it holds positions, 0 to 5"),
        ("truster", 6, "truster holds 6; it holds positions, 0 to 5"),
        ("kind", 8, "kind holds 8; it holds codes of kinds of ties, 0 to 7"),
    ],
)
def test_numbers_out_of_range_are_named(array, value, message):
    content = getattr(hospital(), array).copy()
    content[-1] = value
    with pytest.raises(InputError, match=message):
        check(replace(hospital(), **{array: content}))


def test_no_positions_are_no_hospital():
    with pytest.raises(InputError, match="there are no positions"):
        build([], [])


def test_units_of_nobody_are_named():
    unit = hospital().unit
    spare = replace(hospital(), unit_names=("ward", "attic"), unit=np.where(unit == 1, 2, unit))
    with pytest.raises(InputError, match="units of nobody: attic"):
        check(spare)


@pytest.mark.parametrize(
    ("names", "message"),
    [(("ward", "ward"), "several units of one name: ward"), (("ward", ""), "units without a name")],
)
def test_units_have_names_of_their_own(names, message):
    unit = hospital().unit
    with pytest.raises(InputError, match=message):
        check(replace(hospital(), unit_names=names, unit=np.where(unit == 1, 2, unit)))


def test_units_are_numbered_in_the_order_of_positions():
    people = {
        "Mac": Position("Mac", "manager", "attic", "Dan"),
        "Ned": Position("Ned", "nurse", "attic", "Mac"),
    }
    right = hospital(**people)
    swapped = np.array([1, 0, 2])[right.unit]
    check(right)
    with pytest.raises(InputError, match="units are numbered in the order in which positions first belong to them"):
        check(replace(right, unit=swapped, unit_names=right.unit_names[::-1]))


def test_all_problems_are_told_at_once():
    with pytest.raises(InputError) as error:
        hospital(Tie("Nan", "Nan", "peer"), Nan=PEOPLE["Nan"]._replace(unit=None))
    assert str(error.value).splitlines() == [
        "the organization cannot be used as it is:",
        "- without a unit: Nan; only directors and executives have none",
        "- ties of people to themselves: Nan -> Nan",
    ]


def test_a_long_list_of_problems_is_cut_short():
    people = {f"X{number}": Position(f"X{number}", f"role {number}", "ward", "Moe") for number in range(30)}
    with pytest.raises(InputError) as error:
        hospital(**people)
    shown = str(error.value).splitlines()
    assert len(shown) == 22
    assert shown[-1] == "- and 10 more problems"


def test_a_long_list_of_people_is_cut_short():
    nurses = {f"nurse {number}": Position(f"nurse {number}", "nurse", None, "Moe") for number in range(9)}
    with pytest.raises(InputError, match="without a unit: nurse 0, nurse 1, nurse 2, nurse 3, nurse 4 and 4 more;"):
        hospital(**nurses)


def test_a_manager_may_lead_a_unit_alone():
    people = {name: person for name, person in PEOPLE.items() if name not in {"Cyd", "Pia"}}
    alone = build(people.values(), lines(people))
    assert alone.chief.tolist() == [-1]
    assert role_code("manager") == alone.role[alone.manager[0]]
