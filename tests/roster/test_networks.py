"""Networks in place of rosters: graphs with lines, and contacts without any."""

import networkx as nx
import numpy as np
import pytest

from trustsim.errors import InputError
from trustsim.organization.roles import ROLES
from trustsim.roster import inspect_roster, read_organization
from trustsim.roster.privacy import pseudonyms

STATUS = ["MED"] * 4 + ["NUR"] * 7 + ["ADM"] * 2 + ["PAT"] * 5


def contacts(seed: int = 3) -> list[tuple[int, int, int]]:
    """Who met whom on a ward, and when; the third physician and the second administrator meet most."""
    rng = np.random.default_rng(seed)
    pairs = {tuple(sorted(pair)) for pair in rng.integers(0, len(STATUS), (40, 2)).tolist() if pair[0] != pair[1]}
    pairs |= {(2, other) for other in range(3, 11)} | {(other, 12) for other in range(4, 11)}
    return [(20 * number, *sorted(pair)) for number, pair in enumerate(sorted(pairs) * 2)]


@pytest.fixture
def ward(tmp_path):
    """Contacts in five columns: time, two badges, their status."""
    path = tmp_path / "contacts.dat"
    path.write_text("".join(f"{t}\t{1000 + i}\t{1000 + j}\t{STATUS[i]}\t{STATUS[j]}\n" for t, i, j in contacts()))
    return path


def test_contacts_on_a_ward_are_a_hospital_with_stated_assumptions(ward):
    roster = inspect_roster(ward)
    assert roster.account.roles == {"physician": 3, "nurse": 7, "chief": 1, "manager": 1, "executive": 1}
    leaders = [
        roster.organization.labels[int(holder[0])]
        for holder in (roster.organization.chief, roster.organization.manager)
    ]
    assert leaders == pseudonyms(["1002", "1012"])
    said = " | ".join(roster.account.assumptions)
    assert "left out: patients (5)" in said
    assert "nobody is an executive: the head of the hospital is an assumed position" in said
    assert "the physician of most contacts is it: Ward" in said
    assert "no reporting lines" in said
    assert "left out: further managers of a unit, who lead none of its staff (1)" in said


def test_people_who_met_are_tied_and_nobody_else_is_by_that_kind(ward):
    hospital = read_organization(ward)
    ties = inspect_roster(ward).account.ties
    met = {pair for _, *pair in map(tuple, contacts()) for pair in [frozenset(pair)]}
    staff = [number for number, status in enumerate(STATUS) if status in {"MED", "NUR"}]
    among_clinicians = {pair for pair in met if pair <= set(staff)}
    chiefs_own_line = sum(2 in pair and pair <= {0, 1, 2, 3} for pair in among_clinicians)
    assert ties["peer"]["generated"] == 0
    assert ties["peer"]["read"] == 2 * (len(among_clinicians) - chiefs_own_line)
    assert hospital.n == 13


def test_a_graph_with_reporting_lines_is_read_from_its_edges(tmp_path):
    graph = nx.DiGraph()
    graph.add_node("a", title="CEO")
    graph.add_node("b", title="Nurse Manager", department="Ward")
    for name in "cdefg":
        graph.add_node(name, title="RN", department="Ward")
        graph.add_edge(name, "b", layer="reports_to")
    graph.add_edge("a", "b", layer="manages")
    graph.add_edge("c", "g", layer="works_with")
    for suffix, write in (("graphml", nx.write_graphml), ("gexf", nx.write_gexf)):
        path = tmp_path / f"hospital.{suffix}"
        write(graph, path)
        roster = inspect_roster(path)
        assert roster.account.is_usable, [str(problem) for problem in roster.findings.errors]
        assert [ROLES[code] for code in roster.organization.role] == ["executive", "manager", *["nurse"] * 5]
        assert roster.account.ties["peer"] == {"read": 2, "generated": 0}


def test_lines_in_an_undirected_graph_point_nowhere(tmp_path):
    graph = nx.Graph([("a", "b", {"layer": "reports_to"})])
    nx.write_graphml(graph, tmp_path / "hospital.graphml")
    with pytest.raises(InputError, match="who reports to whom needs a directed one"):
        read_organization(tmp_path / "hospital.graphml")


def test_two_leaders_of_one_person_are_told(tmp_path):
    graph = nx.DiGraph([("c", "a"), ("c", "b"), ("b", "a")])
    nx.set_node_attributes(graph, {"a": "executive", "b": "manager", "c": "nurse"}, "role")
    nx.set_edge_attributes(graph, "reports_to", "layer")
    nx.write_graphml(graph, tmp_path / "hospital.graphml")
    with pytest.raises(InputError, match="'c' reports to several people; keep one line"):
        read_organization(tmp_path / "hospital.graphml")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("1 2 3 4\n", "has 4 columns; a list of ties has 2"),
        ("1 2\n3 4 5\n", ":2: has a row that is not of 2 columns"),
        ("1 2\n", "nobody is a physician, nurse"),
    ],
)
def test_lists_of_ties_that_say_too_little_are_refused(tmp_path, text, what):
    path = tmp_path / "ties.edgelist"
    path.write_text(text)
    with pytest.raises(InputError) as refused:
        read_organization(path)
    assert what in str(refused.value)


def test_contacts_between_units_are_consultation_and_between_leaders_liaison(folder):
    people = "person_id,manager_id,unit_id,role\nE,,,executive\nD,E,,director\nM,D,A,manager\nC,E,B,chief\n"
    people += "N,M,A,nurse\nP,C,B,physician\nQ,C,B,physician\n"
    edges = "source,target\nN,P\nP,Q\nC,M\nC,D\nP,M\nQ,E\nQ,D\nD,M\n"
    ties = inspect_roster(folder(people=people, edges=edges, mapping="generate: []")).account.ties
    assert {kind: sources["read"] for kind, sources in ties.items() if sources["read"]} == {
        "line": 12, "peer": 2, "consult": 2, "liaison": 4, "operations": 2, "social": 4
    }  # fmt: skip


def test_recorded_ties_take_the_place_of_made_ones(folder):
    people = "person_id,manager_id,unit_id,role\nE,,,executive\nM,E,A,manager\nC,E,A,chief\n" + "".join(
        f"N{k},M,A,nurse\n" for k in range(8)
    )
    made = inspect_roster(folder(people=people)).account.ties
    ties = inspect_roster(
        folder(people=people, edges="source,target,layer\nN1,N2,peer\nN3,C,works_with\n")
    ).account.ties
    assert made["peer"]["generated"] > 4
    assert ties["peer"] == {"read": 4, "generated": 0}
    assert ties["dyad"] == {"read": 0, "generated": made["dyad"]["generated"] - 2}
