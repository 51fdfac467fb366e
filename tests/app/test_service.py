"""Runs for several visitors at a time, the film of a hospital, and the weeks of one person."""

import gc
import json
import threading
import time
import weakref
from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import replace

import numpy as np
import pytest
import solara

from trustsim.app.components.curves import CARDS, cards_of, curves_of, described
from trustsim.app.components.rows import episode_rows, found, parameter_rows, rows_of
from trustsim.app.components.shown import Status
from trustsim.app.service import (
    CHANNELS,
    FairPool,
    Film,
    Outcome,
    Visit,
    answer_of,
    film,
    person_of,
    shared_pool,
    warm_up,
    work,
)
from trustsim.app.service.memory import Memory
from trustsim.app.state import RunSpec, current_values
from trustsim.app.widgets import StatusW
from trustsim.organization.roles import CLINICAL
from trustsim.simulation import cores, open_hospital, run_worlds

SMALL = RunSpec(settings=(("organization.units", 2), ("weeks", 40)), replicates=3, seed=5)


def listen() -> tuple[list[Outcome], threading.Event, Callable[[Outcome], None]]:
    outcomes: list[Outcome] = []
    end = threading.Event()

    def tell(outcome: Outcome) -> None:
        outcomes.append(outcome)
        if not outcome.is_busy:
            end.set()

    return outcomes, end, tell


class TestThreadsThatAreShared:
    def test_who_asks_for_little_does_not_wait_for_who_asks_for_much(self):
        pool, order = FairPool(1), []
        held = threading.Event()
        first = pool.share("busy").submit(held.wait, 10)
        many = [pool.share("busy").submit(order.append, "much") for _ in range(10)]
        few = [pool.share("modest").submit(order.append, "little") for _ in range(2)]
        held.set()
        wait([first, *many, *few], timeout=10)
        assert max(index for index, who in enumerate(order) if who == "little") <= 4

    def test_what_goes_ahead_passes_the_own_work_and_nobody_elses(self):
        pool, order = FairPool(1), []
        begun, held = threading.Event(), threading.Event()
        pool.share("busy").submit(lambda: begun.set() or held.wait(10))
        assert begun.wait(10)
        modest = pool.share("modest").submit(order.append, "neighbor")
        run = pool.share("busy").submit(order.append, "run")
        person = pool.share("busy", ahead=True).submit(order.append, "person")
        held.set()
        wait([modest, run, person], timeout=10)
        assert order == ["neighbor", "person", "run"]

    def test_who_leaves_leaves_no_work_behind(self):
        pool, done = FairPool(1), []
        begun, held = threading.Event(), threading.Event()
        with pool.share("one") as share:
            running = share.submit(lambda: begun.set() or held.wait(10))
            assert begun.wait(10)
            waiting = [share.submit(done.append, number) for number in range(5)]
        held.set()
        assert running.result(10)
        assert all(future.cancelled() for future in waiting)
        assert pool.share("two").submit(lambda: 7).result(10) == 7
        assert done == []

    def test_what_fails_is_told_to_who_asked_and_the_thread_goes_on(self):
        share = FairPool(1).share("one")
        failed: Future[float] = share.submit(lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            failed.result(10)
        assert share.submit(lambda: 1).result(10) == 1


class TestAVisit:
    def test_many_pages_of_one_browser_have_one_turn(self, monkeypatch: pytest.MonkeyPatch):
        pool, begun, held, order = FairPool(1), threading.Event(), threading.Event(), []
        monkeypatch.setattr(work, "shared_pool", lambda: pool)
        monkeypatch.setattr(work, "person_of", lambda spec, label, _: order.append(label))
        pool.share("first").submit(lambda: begun.set() or held.wait(10))
        assert begun.wait(10)
        pages = [(Visit("busy"), "busy") for _ in range(4)] + [(Visit("modest"), "modest")]
        asking = [threading.Thread(target=visit.person, args=(SMALL, who, lambda: True)) for visit, who in pages]
        for number, thread in enumerate(asking, start=1):
            thread.start()
            while sum(map(len, pool._waiting.values())) < number:
                time.sleep(0.01)
        held.set()
        for thread in asking:
            thread.join(10)
        assert order.index("modest") == 1

    def test_a_new_run_takes_the_place_of_the_one_before(self):
        outcomes, end, tell = listen()
        visit = Visit()
        visit.start(RunSpec(replicates=60, seed=41), tell)
        visit.start(SMALL, tell)
        assert end.wait(60)
        assert [(outcome.spec, outcome.stage) for outcome in outcomes if not outcome.is_busy] == [(SMALL, "done")]

    def test_a_run_that_is_stopped_says_so_and_soon(self):
        outcomes, end, tell = listen()
        visit = Visit()
        visit.start(RunSpec(replicates=100, seed=42), tell)
        while not outcomes:
            time.sleep(0.01)
        visit.stop()
        assert end.wait(120)  # it may be compiling, which cannot be stopped
        assert outcomes[-1].stage == "stopped"
        assert outcomes[-1].done < 100

    def test_who_waits_for_a_film_can_stop(self, monkeypatch: pytest.MonkeyPatch):
        spec, held = replace(SMALL, seed=44), threading.Event()
        visit = Visit()
        outcomes, end, tell = listen()
        visit.start(spec, tell)
        assert end.wait(60)
        monkeypatch.setattr(work._shared, "films", Memory[Film](1))  # as if many had asked for others
        others = [shared_pool().share(f"other {number}").submit(held.wait, 30) for number in range(cores())]
        try:
            outcomes, end, tell = listen()
            visit.start(spec, tell)
            while not outcomes:
                time.sleep(0.01)
            visit.stop()
            assert end.wait(5)
        finally:
            held.set()
        assert [outcome.stage for outcome in outcomes] == ["running", "stopped"]
        wait(others, timeout=10)

    def test_the_film_comes_before_the_answer(self):
        outcomes, end, tell = listen()
        Visit().start(RunSpec(replicates=30, seed=43), tell)
        assert end.wait(60)
        first = next(outcome for outcome in outcomes if outcome.film is not None)
        assert first.is_busy
        assert first.answer is None

    def test_what_was_answered_before_is_answered_at_once(self):
        for _ in range(2):
            outcomes, end, tell = listen()
            start = time.monotonic()
            Visit().start(SMALL, tell)
            assert end.wait(60)
            took = time.monotonic() - start
        assert took < 0.5
        assert outcomes[-1].answer is not None

    def test_two_who_ask_the_same_at_a_time_get_the_one_answer(self):
        spec = RunSpec(settings=SMALL.settings, replicates=4, seed=77)
        told = [listen() for _ in range(2)]
        for _, _, tell in told:
            Visit().start(spec, tell)
        assert all(end.wait(60) for _, end, _ in told)
        (first, _, _), (second, _, _) = told
        assert first[-1].answer is second[-1].answer

    def test_what_cannot_be_run_is_told_and_not_raised(self):
        outcomes, end, tell = listen()
        Visit().start(RunSpec(settings=(("weeks", 10),)), tell)
        assert end.wait(10)
        assert outcomes[-1].stage == "failed"
        assert "starts in week 26" in outcomes[-1].error

    def test_a_visit_that_is_over_is_forgotten(self):
        _, end, tell = listen()
        visit = Visit()
        visit.start(SMALL, tell)
        assert end.wait(60)
        gone = weakref.ref(visit)
        time.sleep(0.1)
        del visit
        gc.collect()
        assert gone() is None


@pytest.fixture(scope="module")
def shot() -> Film:
    scenario, baseline = SMALL.worlds()
    return film((baseline, scenario), open_hospital(scenario, SMALL.seed), weeks=40)


def test_warming_up_is_a_run_that_works():
    warm_up()


class TestTheFilm:
    def test_it_has_as_many_vacancies_and_burned_out_as_the_run_recorded(self, shot: Film):
        scenario, baseline = SMALL.worlds()
        hospital = open_hospital(scenario, SMALL.seed)
        run = run_worlds((baseline, scenario), hospital).hospital
        clinical = hospital.organization.role < len(CLINICAL)
        state = shot.frames[:, :, CHANNELS.index("state")][:, :, clinical]
        vacant, burned = (state == 2).sum(axis=2).T, (state == 1).sum(axis=2).T
        np.testing.assert_allclose(vacant / clinical.sum(), run["vacancy_rate"], atol=1e-12)
        np.testing.assert_allclose(burned / (clinical.sum() - vacant), run["burnout_prevalence"], atol=1e-12)
        assert vacant.any()
        assert burned.any()

    def test_its_shades_are_the_exhaustion_that_the_run_recorded(self, shot: Film):
        scenario, baseline = SMALL.worlds()
        hospital = open_hospital(scenario, SMALL.seed)
        run = run_worlds((baseline, scenario), hospital).hospital
        clinical = hospital.organization.role < len(CLINICAL)
        shades = shot.frames[:, :, CHANNELS.index("exhaustion")][:, :, clinical].astype(float)
        shades[shades == 255] = np.nan
        np.testing.assert_allclose(np.nanmean(shades, axis=2).T / 250, run["exhaustion"], atol=0.002)

    def test_who_has_no_ties_across_has_no_shade_of_trust(self, shot: Film):
        cast, trust = json.loads(shot.cast), shot.frames[1, 0, CHANNELS.index("trust")]
        across = {
            one
            for one, other in zip(cast["truster"], cast["trustee"], strict=True)
            if cast["silo"][one] != cast["silo"][other]
        }
        alone = [one for one in range(len(trust)) if one not in across]
        assert alone
        assert (trust[alone] == 255).all()

    def test_it_is_small_enough_to_send(self, shot: Film):
        assert len(shot.encoded) == pytest.approx(shot.frames.size * 4 / 3, rel=0.01)


class TestAPerson:
    def test_their_state_is_that_of_the_run(self):
        spec = SMALL
        scenario, baseline = spec.worlds()
        hospital = open_hospital(scenario, spec.seed)
        person = hospital.organization.labels.index("Emergency/nurse 2")
        told = person_of(spec, "Emergency/nurse 2")
        last = run_worlds((baseline, scenario), hospital).snapshots[-1].state.people
        for feeling, field in (("Exhaustion", "exhaustion"), ("Open concerns", "concerns")):
            weeks = next(each["worlds"] for each in told["feelings"] if each["name"] == feeling)
            for world in (0, 1):
                value = getattr(last, field)[person, world] if last.staffed[person, world] else None
                assert weeks[world][-1] == (None if value is None else pytest.approx(value, abs=1e-4))

    def test_they_wait_for_their_turn_as_long_as_somebody_wants_to_know(self):
        spec, label, held = RunSpec(settings=SMALL.settings, seed=91), "Emergency/nurse 2", threading.Event()
        visit, wanted = Visit(), iter([True, False])
        others = [shared_pool().share(f"other {number}").submit(held.wait, 10) for number in range(cores())]
        try:
            assert visit.person(spec, label, lambda: next(wanted)) is None  # all threads are taken
        finally:
            held.set()
        wait(others, timeout=10)
        assert visit.person(spec, label, lambda: True) == person_of(spec, label)

    def test_nobody_is_told_of_who_is_not_there(self):
        assert person_of(SMALL, "Cardiology/nurse 2") is None

    def test_what_is_in_force_is_said_in_its_weeks_and_in_its_world(self):
        told = person_of(SMALL, "Emergency/nurse 2")
        weeks = [[any("Listening tour" in line for line in lines) for lines in world] for world in told["events"]]
        assert not any(weeks[0])
        assert not any(weeks[1][:26])
        assert any(weeks[1][26:])

    def test_an_empty_chair_feels_nothing(self):
        for label in SMALL.organization().labels:
            told = person_of(SMALL, label)
            for world in (0, 1):
                for lines, value in zip(told["events"][world], told["feelings"][1]["worlds"][world], strict=True):
                    gone = "Leaves the hospital at the end of the week." in lines
                    assert (value is None) == (gone or lines == ["The position is vacant."])


class TestWhatIsShown:
    def test_a_card_is_green_where_the_change_is_good_and_plain_where_it_is_not_clear(self):
        answer = answer_of(SMALL.recipe().run())
        for card in json.loads(cards_of(answer)):
            effect = answer.effects[card["measure"]]
            assert (card["tone"] != "") == effect.is_clear
            assert card["difference"].startswith("≈ 0") == (not effect.is_clear)

    def test_numbers_of_the_run_before_are_called_so(self):
        answer, stopped = answer_of(SMALL.recipe().run()), Outcome(SMALL, "stopped")
        for outcome, shown, said in (
            (stopped, replace(stopped, answer=answer), True),
            (stopped, stopped, False),
            (replace(stopped, stage="done", answer=answer), replace(stopped, stage="done", answer=answer), False),
        ):
            _, context = solara.render(Status(SMALL, outcome, shown, (), lambda: None), handle_error=False)
            try:
                assert ("numbers below are of the run before" in context.find(StatusW).widget.text) == said
            finally:
                context.close()

    def test_there_are_cards_before_there_is_an_answer(self):
        assert [card["measure"] for card in json.loads(cards_of(None))] == list(CARDS)

    def test_a_week_without_a_value_is_a_gap_in_the_curve(self):
        answer = answer_of(
            RunSpec(settings=(("organization.units", 1), ("voice.concern_rate", 0.01)), replicates=2).recipe().run()
        )
        (difference,) = json.loads(curves_of(answer, "resolution_rate", difference=True))["series"]
        assert None in difference["mean"]
        assert "resolution rate over 104 weeks" in described(answer, "resolution_rate")

    def test_every_setting_of_every_parameter_has_a_slider_with_its_source(self):
        scenario, _ = RunSpec().worlds()
        now = current_values(scenario)
        rows = json.loads(rows_of(parameter_rows(found("")), now, now))
        assert len(rows) > 100
        assert all("Source:" in row["tip"] or "Assumption" in row["tip"] or "Calibrated" in row["tip"] for row in rows)
        assert all(row["low"] <= row["value"] <= row["high"] and row["step"] > 0 for row in rows)

    def test_sliders_of_an_intervention_stay_within_the_horizon(self):
        scenario, _ = RunSpec().setting("weeks", 60).worlds()
        now = current_values(scenario)
        start, weeks, units, *_ = json.loads(rows_of(episode_rows(scenario.interventions[0], 60), now, now))
        assert (start["label"], start["high"]) == ("start", 59)
        assert weeks["value"] <= weeks["high"]
        assert (units["name"], units["value"]) == ("listening_tour.units", 1.0)


class TestWhatIsRemembered:
    def test_the_oldest_goes_first(self):
        memory, made = Memory[int](2), []
        for key in (1, 2, 1, 3, 1, 2):
            assert memory.get(key, lambda key=key: made.append(key) or key * 10, lambda: None) == key * 10
        assert made == [1, 2, 3, 2]

    def test_what_failed_is_tried_again(self):
        memory = Memory[int](2)
        with pytest.raises(ZeroDivisionError):
            memory.get("a", lambda: 1 // 0, lambda: None)
        assert memory.get("a", lambda: 7, lambda: None) == 7

    def test_who_waits_for_another_can_give_up(self):
        memory, begun, held = Memory[int](2), threading.Event(), threading.Event()
        worker = threading.Thread(target=memory.get, args=("a", lambda: begun.set() or held.wait(10), lambda: None))
        worker.start()
        assert begun.wait(10)
        with pytest.raises(ZeroDivisionError):
            memory.get("a", lambda: 1, lambda: 1 // 0)
        held.set()
        worker.join(10)


def test_a_page_that_breaks_says_so_and_shows_no_trace(caplog: pytest.LogCaptureFixture):
    from trustsim.app.pages import guarded

    @solara.component
    def broken() -> None:
        raise RuntimeError("a defect")

    _, context = solara.render(guarded(broken)(), handle_error=False)
    try:
        shown = context.find(solara.widgets.HTML).widget.unsafe_innerHTML
    finally:
        context.close()
    assert "This page broke" in shown
    assert "a defect" not in shown
    assert "a defect" in caplog.text
