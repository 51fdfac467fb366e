"""What the leadership lab asks, and how it answers: it looks up what the model says, then tells why.

No answer is stored. A prediction is held against a comparison that was just run, so answers stay right when the model
is calibrated anew, and a reader who changes a scenario is told about the scenario that was run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

import trustsim as ts
from trustsim.comparison import Effect
from trustsim.scenario import with_settings

__all__ = ["ANSWERS", "QUESTIONS", "Question", "check", "check_break_even", "said_by"]

ANSWERS: Final = ("up", "down", "unclear")
STEP: Final = 0.1
"""Of the share that is resolved, in the exercise on where listening breaks even."""


@dataclass(frozen=True)
class Question:
    """A prediction that is asked for.

    Attributes
    ----------
    asks : str
    measure : str
    why : str
        Why it goes the way that is expected of the model.
    expected : str
        That way, one of `ANSWERS`; the tests of the model hold it to it.
    tempting : mapping of str to str
        By another answer: what speaks for it, and what it overlooks.
    weeks : tuple of int, optional
        First week, and the week after the last; the last half year unless given.
    """

    asks: str
    measure: str
    expected: str
    why: str
    tempting: Mapping[str, str]
    weeks: tuple[int, int] | None = None


QUESTIONS: Final[dict[str, Question]] = {
    "tour": Question(
        "Executives tour the units and resolve most of what they hear. Clinicians' trust in administrators goes",
        "trust_clinician_admin",
        "up",
        "Visits bring people together who hardly ever meet, visitors listen better than they usually get to, and a "
        "concern that is resolved tells more about benevolence and integrity than any speech.",
        {
            "down": "Some visits do harm: those after which a concern stays unresolved. They are outnumbered here. "
            "You will meet the case in which they are not.",
            "unclear": "The change is small, since a visit meets a part of a unit, but it is there in nearly every "
            "replicate. Small and unclear are two things.",
        },
    ),
    "empty tour": Question(
        "The same visits, and hardly anything that is heard is resolved or answered. Their trust goes",
        "trust_clinician_admin",
        "down",
        "Who asks, invites; who is invited and then ignored is more disappointed than who was never asked. Bad news "
        "also weighs more than good news, so that friendly visits do not make up for it.",
        {
            "up": "The visits themselves are friendly, and that counts for something. But each opens a channel, and "
            "most of what goes through it comes to nothing. Listening is a promise.",
            "unclear": "Good impressions and broken expectations do work against one another. They do not cancel: an "
            "unanswered concern costs more than a friendly face earns.",
        },
    ),
    "alone in a crisis": Question(
        "In a crisis leaders decide alone and fast. While it lasts, workload goes, compared with the same crisis,",
        "workload",
        "down",
        "Decisions that come in time spare people rework and improvisation. In the weeks of a crisis that is worth "
        "more than the better fit that consultation brings.",
        {
            "up": "Decisions that nobody was asked about fit worse, and poor fit makes work. In a crisis delay makes "
            "more of it. In calm weeks your answer is the better one.",
            "unclear": "Speed and fit do pull in two directions. In a crisis speed wins for a while.",
        },
        (26, 52),
    ),
    "price of speed": Question(
        "Over the same weeks clinicians' autonomy, their say in what concerns them, goes",
        "autonomy",
        "down",
        "Nobody was asked. In a crisis people excuse some of it, as they see the reason; they do not excuse all of it.",
        {
            "up": "A leader who takes charge can be a relief, which the workload shows. It gives nobody a say.",
            "unclear": "People do make allowances for an emergency, but only in part.",
        },
        (26, 52),
    ),
    "worker or workplace": Question(
        "One hospital trains its staff in resilience, another takes work away and lets units mend what gets in their "
        "way. Burnout in the second, compared with the first, goes",
        "burnout_prevalence",
        "down",
        "Training changes how one bears a load; it wears off, and the load stays. Less work and a say in it act on "
        "what wears people out in every week of the year.",
        {
            "up": "Huddles and teams do take hours, and hours are workload. Here they give back more than they take.",
            "unclear": "Training does help those who get it. It is outweighed by what acts on everybody, every week.",
        },
    ),
    "everything": Question(
        "A hospital begins everything that the literature recommends, in the same week. Compared with the hospital "
        "that mends its workplace and does little else, trust in administrators goes",
        "trust_clinician_admin",
        "down",
        "Leaders' hours are scarce. Two dozen programs share them, each takes time to prepare and to switch to, and so "
        "each is done to a small part: visits without follow-through, recognition by form letter.",
        {
            "up": "It would, if leaders had the time: the model agrees with each single program. It is the sum of "
            "their hours that does not exist.",
            "unclear": "What many programs bring and what haste costs do work against one another. The haste wins.",
        },
    ),
    "hours": Question(
        "And the hours that leaders spend on programs go, in the same comparison,",
        "leader_hours",
        "up",
        "All the hours that there are get spent, on more beginnings and fewer ends.",
        {
            "down": "The single program gets fewer hours. All together get more.",
            "unclear": "Hours hang on plans and hardly on luck, so that a difference in them is clear at once.",
        },
    ),
    "late repair": Question(
        "Administration failed, badly and in public. Leaders acknowledge it and make up for it, at once or only after "
        "four months. In the half year after the failure trust is, if they wait, compared with at once,",
        "trust_clinician_admin",
        "down",
        "Until somebody speaks, silence is what people hear. Repair works on every contact after it, so each week of "
        "waiting is a week of contacts without it.",
        {
            "up": "Taking time to get the facts right sounds wise. Nothing in the meantime speaks for the leaders, and "
            "what they say in the end is worth no more.",
            "unclear": "In the end both may come to about the same. The question was about the half year on the way.",
        },
        (30, 56),
    ),
    "deception": Question(
        "What if it was no failure, but a deception that came out? Compared with the failure, trust at the end goes",
        "trust_clinician_admin",
        "down",
        "A failure is read as a lack of ability, which good work mends. A deception is read as what these people are "
        "like: it caps how much benevolence and integrity anybody will believe in again.",
        {
            "up": "A deception is over once it is out, one might think. It changes how everything after it is read.",
            "unclear": "Both cost trust at first, and in that they are alike. They part when trust should come back.",
        },
    ),
}


def said_by(effect: Effect) -> str:
    """Return what the model says of a measure: one of `ANSWERS`."""
    if not effect.is_clear:
        return "unclear"
    return "up" if effect.difference > 0.0 else "down"


def check(name: str, prediction: str | None, comparison: ts.Comparison) -> None:
    """Hold a prediction against what the model says, and say why.

    Parameters
    ----------
    name : str
        Of one of `QUESTIONS`.
    prediction : str or None
        One of `ANSWERS`; None asks the question.
    comparison : Comparison
        That was run to find out.
    """
    question = QUESTIONS[name]
    if prediction not in ANSWERS:
        found = "" if prediction is None else f"{prediction!r} is no answer. "
        print(f"{found}{question.asks} ... Write 'up', 'down' or 'unclear', and run the cell again.")
        return
    effect = comparison.effect(question.measure, question.weeks)
    said = said_by(effect)
    interval = f"{effect.low:+.4f} to {effect.high:+.4f} {effect.unit}"
    print(f"You predicted {prediction}. The model says {said}: {question.measure} changes by {interval}.\n")
    if said != question.expected:
        print(
            "This is not what the shipped scenarios show, so you have changed something, or there are too few "
            "replicates to be clear. Plot the two worlds and find out where they part."
        )
    elif prediction == said:
        print(f"Yes. {question.why}\n\nIs this why you thought so? A right answer for another reason is a lucky one.")
    else:
        print(f"{question.tempting[prediction]}\n\n{question.why}")


def check_break_even(share: float | None, *, replicates: int = 20) -> None:
    """Check where a listening tour begins to do good, if what is not resolved is not answered either.

    Parameters
    ----------
    share : float or None
        The smallest share of issues resolved, in steps of `STEP`, with which a tour clearly raises trust. None asks.
    replicates : int
    """
    if share is None or not STEP <= share <= 1.0:
        print(f"Write a share from {STEP} to 1 in steps of {STEP}, and run the cell again.")
        return
    here, below = (_effect_of_tour(round(each, 6), replicates) for each in (share, share - STEP))
    for each, effect in ((share, here), (share - STEP, below)):
        print(f"With {each:.1f} resolved, trust goes {said_by(effect)}: {effect.low:+.4f} to {effect.high:+.4f}.")
    if said_by(here) != "up":
        print("\nHigher. So much follow-through does not yet pay for the expectations that a visit raises.")
    elif said_by(below) == "up":
        print("\nLower. With a step less the tour still does clear good.")
    else:
        print(
            "\nYes. Between the two shares, good news and disappointment balance. Where they do hangs on how much more "
            "bad news weighs, and on how much people expect who were asked: notebook 3 asks by how much."
        )


@cache  # guesses come in neighbors
def _effect_of_tour(share: float, replicates: int) -> Effect:
    settings = {"listening_tour.follow_through": share, "listening_tour.explanation": 0.0}
    scenario = with_settings(ts.load_scenario("listening_tour"), settings)
    return ts.compare(scenario, replicates=replicates, seed=1).effect("trust_clinician_admin")
