"""The leadership lab tells what the model says, explains it to who was wrong, and asks who has not predicted yet."""

from pathlib import Path

import pytest

import trustsim as ts
from trustsim.scenario import load_scenario, with_settings

FOLDER = Path(__file__).parents[2] / "notebooks"
SIXTEEN_WEEKS_LATE = {"trust_repair.delay": 16}
WORLDS = {
    "tour": ("listening_tour", None),
    "empty tour": ("listening_tour_without_follow_through", None),
    "alone in a crisis": ("autocratic_in_crisis", None),
    "price of speed": ("autocratic_in_crisis", None),
    "worker or workplace": ("fix_the_workplace", "resilience_training"),
    "everything": ("everything_at_once", "fix_the_workplace"),
    "hours": ("everything_at_once", "fix_the_workplace"),
    "late repair": (with_settings(load_scenario("trust_repair"), SIXTEEN_WEEKS_LATE), "trust_repair"),
    "deception": ("deception", "breach_of_trust"),
}


@pytest.fixture
def lab(monkeypatch):
    monkeypatch.syspath_prepend(FOLDER)
    import leadership_lab

    return leadership_lab


@pytest.fixture(scope="module")
def comparison():
    done = {}

    def of(name: str) -> ts.Comparison:
        worlds = WORLDS[name]
        if worlds not in done:
            done[worlds] = ts.compare(*worlds, replicates=12, seed=1)
        return done[worlds]

    return of


@pytest.mark.parametrize("name", WORLDS)
def test_the_answer_that_is_explained_is_the_one_that_the_model_gives(name, lab, comparison, capsys):
    question = lab.QUESTIONS[name]
    lab.check(name, question.expected, comparison(name))
    assert f"The model says {question.expected}: {question.measure}" in (said := capsys.readouterr().out)
    assert f"Yes. {question.why}" in said


@pytest.mark.parametrize("name", WORLDS)
def test_who_is_wrong_learns_what_speaks_for_their_answer_and_what_it_overlooks(name, lab, comparison, capsys):
    question = lab.QUESTIONS[name]
    wrong = [answer for answer in lab.ANSWERS if answer != question.expected]
    assert set(question.tempting) == set(wrong)
    for answer in wrong:
        lab.check(name, answer, comparison(name))
        said = capsys.readouterr().out
        assert question.tempting[answer] in said
        assert question.why in said
        assert "Yes." not in said


def test_every_question_is_asked_in_the_notebook_and_tested_here(lab):
    text = (FOLDER / "05_leadership_lab.py").read_text(encoding="utf-8")
    assert set(lab.QUESTIONS) == set(WORLDS)
    assert all(f'check("{name}", ' in text for name in lab.QUESTIONS)


@pytest.mark.parametrize("prediction", [None, "upwards"])
def test_who_has_not_predicted_yet_is_asked(prediction, lab, comparison, capsys):
    lab.check("tour", prediction, comparison("tour"))
    said = capsys.readouterr().out
    assert "Write 'up', 'down' or 'unclear'" in said
    assert "The model says" not in said


def test_of_another_scenario_no_explanation_is_given_that_does_not_fit(lab, comparison, capsys):
    lab.check("tour", "down", comparison("empty tour"))
    said = capsys.readouterr().out
    assert "The model says down" in said
    assert "not what the shipped scenarios show" in said
    assert lab.QUESTIONS["tour"].why not in said


def test_there_is_one_break_even_and_the_way_to_it_is_told(lab, capsys):
    answers = []
    for tenth in range(1, 11):
        lab.check_break_even(tenth / 10, replicates=6)
        answers.append(capsys.readouterr().out.rsplit("\n\n", 1)[1].split()[0])
    place = answers.index("Yes.")
    assert answers == ["Higher."] * place + ["Yes."] + ["Lower."] * (9 - place)
    lab.check_break_even(None)
    assert "Write a share" in capsys.readouterr().out
