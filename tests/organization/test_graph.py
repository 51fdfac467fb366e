"""The organization as a networkx graph: nothing is lost on the way there and back, and mistakes are named."""

import io
import random
import subprocess
import sys

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustsim.errors import InputError
from trustsim.organization import from_graph, generate, to_graph

ARRAYS = ("role", "unit", "leader", "truster", "trustee", "kind")
HOSPITALS = st.builds(
    generate,
    st.fixed_dictionaries({"units": st.integers(1, 6), "executives": st.integers(1, 6), "nurses": st.integers(0, 5)}),
    seed=st.integers(0, 100),
)


def shuffled(graph: nx.DiGraph, shuffle: random.Random) -> nx.DiGraph:
    nodes, edges = list(graph.nodes(data=True)), list(graph.edges(data=True))
    shuffle.shuffle(nodes)
    shuffle.shuffle(edges)
    other = nx.DiGraph()
    other.add_nodes_from(nodes)
    other.add_edges_from(edges)
    return other


def clinic() -> nx.DiGraph:
    """A hospital as somebody would write it by hand: no numbers, no silos."""
    graph = nx.DiGraph()
    graph.add_node("Ada", role="executive")
    graph.add_node("Ben", role="manager", unit="ward")
    graph.add_node("Cleo", role="nurse", unit="ward")
    for person, leader in (("Ben", "Ada"), ("Cleo", "Ben")):
        graph.add_edge(person, leader, kind="line", to_leader=True)
        graph.add_edge(leader, person, kind="line")
    return graph


@given(HOSPITALS)
def test_there_and_back_is_the_same_hospital(hospital):
    assert from_graph(to_graph(hospital)) == hospital


@given(HOSPITALS)
def test_a_graphml_file_keeps_the_hospital(hospital):
    file = io.BytesIO()
    nx.write_graphml(to_graph(hospital), file)
    file.seek(0)
    assert from_graph(nx.read_graphml(file)) == hospital


@given(HOSPITALS, st.randoms(use_true_random=False))
def test_the_order_of_insertion_does_not_matter(hospital, shuffle):
    assert from_graph(shuffled(to_graph(hospital), shuffle)) == hospital


@given(HOSPITALS, st.randoms(use_true_random=False))
def test_other_names_change_the_labels_only(hospital, shuffle):
    names = [f"employee {number}" for number in range(hospital.n)]
    shuffle.shuffle(names)
    graph = nx.relabel_nodes(to_graph(hospital), dict(zip(hospital.labels, names, strict=True)))
    renamed = from_graph(shuffled(graph, shuffle))
    assert renamed.labels == tuple(names)
    assert renamed.unit_names == hospital.unit_names
    for name in ARRAYS:
        assert np.array_equal(getattr(renamed, name), getattr(hospital, name))


def test_nodes_and_edges_say_what_they_are():
    graph = to_graph(generate())
    assert graph.nodes["CEO"] == {"number": 0, "role": "executive", "silo": "administrative", "unit": ""}
    nurse = graph.nodes["Emergency/nurse 1"]
    assert (nurse["role"], nurse["silo"], nurse["unit"]) == ("nurse", "clinical", "Emergency")
    assert graph.edges["Emergency/nurse 1", "Emergency/manager"] == {"kind": "line", "to_leader": True}
    assert graph.edges["Emergency/manager", "Emergency/nurse 1"] == {"kind": "line", "to_leader": False}
    assert graph.edges["Emergency/nurse 1", "CNO"] == {"kind": "executive"}


def test_a_graph_written_by_hand_stands_in_the_order_of_its_labels():
    hospital = from_graph(shuffled(clinic(), random.Random(0)))
    assert hospital.labels == ("Ada", "Ben", "Cleo")
    assert hospital.leader.tolist() == [-1, 0, 1]
    assert hospital.unit_names == ("ward",)
    assert hospital.unit.tolist() == [1, 0, 0]


def test_units_may_be_called_by_numbers_and_nobodys_unit_be_none():
    graph = clinic()
    graph.nodes["Ada"]["unit"] = None
    graph.nodes["Ben"]["unit"] = graph.nodes["Cleo"]["unit"] = 0
    assert from_graph(graph).unit_names == ("0",)


def spoil_role(graph):
    del graph.nodes["Cleo"]["role"]


def spoil_kind(graph):
    del graph.edges["Cleo", "Ben"]["kind"]


def spoil_leader(graph):
    graph.add_edge("Cleo", "Ada", kind="executive", to_leader=True)


def spoil_names(graph):
    graph.add_node(1, role="executive")
    graph.add_node("1", role="executive")


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (spoil_role, "nodes without the attribute 'role': Cleo"),
        (spoil_kind, "edges without the attribute 'kind': Cleo -> Ben"),
        (spoil_leader, "people with several edges 'to_leader': Cleo; everybody has one leader"),
        (spoil_names, "several positions of one name: 1"),
    ],
)
def test_what_a_graph_lacks_is_named(spoil, message):
    graph = clinic()
    spoil(graph)
    with pytest.raises(InputError, match=message):
        from_graph(graph)


@pytest.mark.parametrize("kind_of_graph", [nx.Graph, nx.MultiDiGraph])
def test_other_kinds_of_graphs_are_refused(kind_of_graph):
    with pytest.raises(InputError, match=rf"networkx.DiGraph, not a {kind_of_graph.__name__}"):
        from_graph(kind_of_graph(clinic()))


def test_generating_a_hospital_does_not_load_networkx():
    program = "import sys, trustsim.organization as o; o.generate(); sys.exit('networkx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
