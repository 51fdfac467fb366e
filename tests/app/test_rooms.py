"""A class's rooms outlive the server, tell secrets to nobody, and lose no decision that was told to be made."""

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
import solara

from tests.wanted import lack
from trustsim.app.components.live import use_kept
from trustsim.app.limits import MOST_BEGUN, MOST_JOINED, MOST_OPENED, MOST_TEAMS
from trustsim.app.rooms import Draft, GoneError, PausedError, Rooms, StaleError, default_path, open_rooms, tables
from trustsim.app.rooms.allowance import Allowance
from trustsim.app.rooms.names import new_code, plain_code, team_name
from trustsim.errors import InputError, TrustsimError, WorkError
from trustsim.game import PREDICTED, QUARTERS, SEATS, Game, Pick, Prediction, Setup

SETUP = Setup("slow_erosion", "ceo", seed=3)
FORECAST = tuple(Prediction(seat, measure, 0.0) for seat in SEATS for measure in PREDICTED)
TOUR = Pick("listening_tour", "light")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "rooms.sqlite3"


@pytest.fixture
def rooms(path: Path) -> Iterator[Rooms]:
    opened = Rooms(path)
    yield opened
    opened.close()


def forecast(rooms: Rooms, token: str, *picks: Pick) -> int:
    """Put picks and predictions into a team's draft; return the version of its game."""
    version = rooms.team(token).version
    rooms.draft(token, lambda _: Draft(picks, FORECAST), version)
    return version


def play(rooms: Rooms, token: str, *picks: Pick) -> Game:
    return rooms.commit(token, forecast(rooms, token, *picks))


def content_of(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in path.parent.iterdir())


class TestAClass:
    def test_it_goes_on_where_it_was_when_the_server_is_started_again(self, path: Path):
        before = Rooms(path)
        opened = before.open(SETUP)
        heron, finch = before.join(opened.code), before.join(opened.code)
        play(before, heron.token, TOUR)
        forecast(before, finch.token, TOUR)
        before.pause(opened.token)
        seen = before.view(opened.token), before.team(heron.token), before.team(finch.token)
        before.close()
        after = Rooms(path)
        assert (after.view(opened.token), after.team(heron.token), after.team(finch.token)) == seen
        assert [len(team.game.turns) for team in seen[0].teams] == [1, 0]
        assert seen[2].draft.picks == (TOUR,)
        assert seen[0].paused
        after.close()

    def test_a_code_is_joined_however_it_is_typed_and_wrong_ones_take_their_time(self, rooms: Rooms):
        opened = rooms.open(SETUP)
        assert rooms.join(f" {opened.code[:3].lower()}-{opened.code[3:]} ").name == "Blue heron"
        assert rooms.join(opened.code).name == "Green finch"
        begun = time.monotonic()
        with ThreadPoolExecutor(3) as guessing:
            guesses = [guessing.submit(rooms.join, "AAAAAA") for _ in range(3)]
        assert time.monotonic() - begun > 3 * 0.5  # one after the other, however many guess at a time
        with ThreadPoolExecutor(4) as guessing:
            guesses += [guessing.submit(rooms.join, "AAAAAA") for _ in range(4)]
            begun = time.monotonic()
            rooms.join(opened.code)
            assert time.monotonic() - begun < 0.5  # who has the code does not wait for those who guess
        for guess in guesses:
            with pytest.raises(InputError, match="no room has the code 'AAAAAA'"):
                guess.result()

    def test_while_it_is_paused_nothing_is_decided_and_nothing_is_lost(self, rooms: Rooms):
        opened = rooms.open(SETUP)
        team = rooms.join(opened.code).token
        version = forecast(rooms, team, TOUR)
        rooms.pause(opened.token)
        with pytest.raises(PausedError, match="your draft is kept"):
            rooms.commit(team, version)
        rooms.pause(opened.token, paused=False)
        assert rooms.commit(team, version).turns[0].picks == (TOUR,)

    def test_another_hospital_for_all_takes_a_second_word_once_somebody_has_played(self, rooms: Rooms):
        opened, other = rooms.open(SETUP), Setup("acute_crisis", "cmo")
        team = rooms.join(opened.code).token
        rooms.set_up(opened.token, other)
        assert rooms.team(team).game == Game(other)
        play(rooms, team)
        with pytest.raises(InputError, match="Blue heron"):
            rooms.set_up(opened.token, SETUP)
        assert rooms.team(team).game.setup == other
        rooms.set_up(opened.token, SETUP, start_anew=True)
        assert rooms.team(team).game == Game(SETUP) == Game(rooms.view(opened.token).setup)

    def test_the_other_seat_joins_with_a_longer_code(self, rooms: Rooms):
        opened = rooms.open(SETUP)
        first, rival = rooms.join(opened.code), rooms.join(opened.code)
        second = rooms.join(rooms.team(first.token).partner_code.lower())
        assert second.name == first.name
        play(rooms, second.token, TOUR)
        assert rooms.team(second.token) == rooms.team(first.token)
        assert rooms.team(rival.token).game.turns == ()
        assert len(rooms.view(opened.token).teams) == 2
        with pytest.raises(InputError, match="no room has the code"):
            rooms.join(f"{opened.code}-AAAA")

    def test_what_the_others_did_is_told_to_those_who_are_done(self, rooms: Rooms):
        code = rooms.open(SETUP).code
        tokens = [rooms.join(code).token for _ in range(3)]
        for token in tokens[:2]:
            for _ in range(QUARTERS):
                play(rooms, token)
        assert [name for name, _ in rooms.rivals(tokens[0])] == ["Green finch"]
        assert rooms.rivals(tokens[2]) == ()

    def test_a_room_that_was_closed_is_gone_for_all(self, rooms: Rooms, path: Path):
        opened = rooms.open(SETUP)
        team = rooms.join(opened.code).token
        play(rooms, team, TOUR)
        assert b"listening_tour" in content_of(path)
        rooms.close_room(opened.token)
        for token, ask in ((team, rooms.team), (team, rooms.stamp), (opened.token, rooms.view)):
            with pytest.raises(GoneError):
                ask(token)
        assert b"listening_tour" not in content_of(path)

    def test_a_team_that_the_facilitator_removed_is_told_so_and_the_others_go_on(self, rooms: Rooms, path: Path):
        opened = rooms.open(SETUP)
        stranger, ours = rooms.join(opened.code).token, rooms.join(opened.code).token
        partner = rooms.team(stranger).partner_code
        links = [stranger, rooms.join(partner).token]
        play(rooms, stranger, TOUR)
        rooms.remove_team(opened.token, partner)
        for link in links:
            for ask in (rooms.team, rooms.stamp, rooms.rivals):
                with pytest.raises(GoneError, match="the facilitator closed this team"):
                    ask(link)
        assert b"listening_tour" not in content_of(path)
        rooms.remove_team(opened.token, partner)  # from another page that still shows it
        assert [team.name for team in rooms.view(opened.token).teams] == ["Green finch"]
        assert len(play(rooms, ours, TOUR).turns) == 1
        with pytest.raises(GoneError):
            rooms.remove_team(ours, rooms.team(ours).partner_code)
        rooms.close_room(opened.token)
        with pytest.raises(GoneError, match="its room was closed"):
            rooms.team(stranger)

    def test_a_room_that_somebody_filled_has_places_again_and_names_that_differ(
        self, rooms: Rooms, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(tables, "MOST_TEAMS", 3)
        opened = rooms.open(SETUP)
        partners = [rooms.team(rooms.join(opened.code).token).partner_code for _ in range(3)]
        for partner in partners[:2]:
            rooms.remove_team(opened.token, partner)
        assert [rooms.join(opened.code).name for _ in range(2)] == ["Blue heron", "Green finch"]
        with pytest.raises(InputError, match="has 3 teams"):
            rooms.join(opened.code)

    def test_teams_are_removed_from_rooms_of_before_that_could_be(self, path: Path):
        before = Rooms(path)
        opened = before.open(SETUP)
        team = before.join(opened.code).token
        before.close()
        with sqlite3.connect(path) as file:
            file.execute("DROP TABLE removed")
        after = Rooms(path)
        after.remove_team(opened.token, after.team(team).partner_code)
        with pytest.raises(GoneError, match="the facilitator closed this team"):
            after.team(team)
        after.close()

    def test_who_plays_alone_is_in_no_room(self, rooms: Rooms):
        token = rooms.alone(SETUP).token
        assert (rooms.team(token).code, rooms.team(token).partner_code) == ("", "")
        assert len(play(rooms, token, TOUR).turns) == 1
        with pytest.raises(InputError):
            rooms.join("")


class TestTwoWhoDecideAtOnce:
    def test_one_wins_and_the_others_are_told(self, rooms: Rooms):
        token = rooms.alone(SETUP).token
        version, start = forecast(rooms, token, TOUR), threading.Barrier(8)

        def decide() -> str:
            start.wait()
            try:
                rooms.commit(token, version)
            except StaleError as error:
                return str(error)
            return "decided"

        with ThreadPoolExecutor(8) as seats:
            told = [future.result() for future in [seats.submit(decide) for _ in range(8)]]
        assert told.count("decided") == 1
        assert all("somebody else of the team was quicker" in each for each in told if each != "decided")
        assert len(rooms.team(token).game.turns) == 1

    def test_what_each_seat_puts_into_the_draft_is_kept(self, rooms: Rooms):
        token = rooms.alone(SETUP).token

        def predict(prediction: Prediction) -> None:
            rooms.draft(token, lambda draft: replace(draft, predictions=(*draft.predictions, prediction)), 0)

        with ThreadPoolExecutor(len(FORECAST)) as seats:
            list(seats.map(predict, FORECAST))
        assert sorted(rooms.team(token).draft.predictions) == sorted(FORECAST)

    def test_a_draft_for_a_quarter_that_was_decided_meanwhile_is_refused(self, rooms: Rooms):
        token = rooms.alone(SETUP).token
        play(rooms, token, TOUR)
        assert rooms.team(token).draft == Draft()
        with pytest.raises(StaleError):
            rooms.draft(token, lambda _: Draft((TOUR,)), 0)
        with pytest.raises(InputError, match="too long"):
            rooms.draft(token, lambda _: Draft((Pick("x" * 9000, "light"),)), 1)
        assert rooms.team(token).draft == Draft()


class TestWhatIsDecided:
    def test_in_practice_it_may_be_taken_back_in_an_assessed_game_not(self, rooms: Rooms):
        practice = rooms.alone(SETUP).token
        play(rooms, practice, TOUR)
        assert rooms.change(practice, Game.undo, 1).turns == ()
        assessed = rooms.alone(replace(SETUP, mode="assessed")).token
        play(rooms, assessed, TOUR)
        for edit in (Game.undo, Game.restart, lambda game: Game(game.setup)):
            with pytest.raises(InputError):
                rooms.change(assessed, edit, 1)
        assert len(rooms.team(assessed).game.turns) == 1

    def test_it_is_of_the_hospital_of_the_room(self, rooms: Rooms):
        token = rooms.alone(SETUP).token
        with pytest.raises(InputError, match="the hospital of its room"):
            rooms.change(token, lambda _: Game(replace(SETUP, seed=4)), 0)

    def test_what_does_not_fit_changes_nothing(self, rooms: Rooms):
        token = rooms.alone(SETUP).token
        version = forecast(rooms, token, Pick("listening_tour", "loud"))
        before = rooms.team(token), rooms.stamp(token)
        with pytest.raises(InputError, match="loud"):
            rooms.commit(token, version)
        assert (rooms.team(token), rooms.stamp(token)) == before


class TestPolling:
    def test_a_page_is_told_of_its_own_team_and_the_facilitator_of_all(self, rooms: Rooms):
        opened = rooms.open(SETUP)
        tokens = [rooms.join(opened.code).token, rooms.join(opened.code).token, opened.token]

        def changed_by(action: Callable[[], object]) -> list[bool]:
            before = [rooms.stamp(token) for token in tokens]
            action()
            return [rooms.stamp(token) != old for token, old in zip(tokens, before, strict=True)]

        assert changed_by(lambda: None) == [False, False, False]
        assert changed_by(lambda: forecast(rooms, tokens[0], TOUR)) == [True, False, True]
        assert changed_by(lambda: rooms.commit(tokens[0], 0)) == [True, False, True]
        assert changed_by(lambda: rooms.stamp(tokens[1], "clinician")) == [False, True, True]
        assert changed_by(lambda: rooms.pause(opened.token)) == [True, True, True]
        assert [sorted(team.present) for team in rooms.view(opened.token).teams] == [[], ["clinician"]]

    def test_a_page_that_could_not_look_for_a_while_goes_on_and_says_no_more_of_it(self, path: Path):
        rooms = open_rooms(path)
        token, said = rooms.alone(SETUP).token, ["not read yet"]

        @solara.component
        def Page() -> None:  # noqa: N802 - solara's components are named as classes
            team = use_kept(rooms.team, token)
            said.append(team.error if team.value else "not read yet")

        def wait_for(is_so: Callable[[str], bool]) -> None:
            until = time.monotonic() + 10.0
            while not is_so(said[-1]):
                assert time.monotonic() < until, said
                time.sleep(0.05)

        _, page = solara.render(Page(), handle_error=False)
        wait_for(lambda error: error == "")
        away = path.rename(path.with_suffix(".away"))
        path.mkdir()
        wait_for(lambda error: "the file cannot be opened" in error)
        path.rmdir()
        away.rename(path)
        wait_for(lambda error: error == "")
        page.close()
        rooms.close()


class TestSecrets:
    def test_nobody_who_reads_the_file_learns_a_link(self, rooms: Rooms, path: Path):
        opened = rooms.open(SETUP)
        joined = rooms.join(opened.code)
        everything = content_of(path)
        assert opened.code.encode() in everything
        assert opened.token.encode() not in everything
        assert joined.token.encode() not in everything
        assert opened.token not in repr(opened)

    @pytest.mark.skipif(os.name != "posix", reason="files have no such permissions here")
    def test_it_is_for_its_owner_alone_even_if_it_was_not_before(self, path: Path):
        Rooms(path).close()
        path.chmod(0o644)
        rooms = Rooms(path)
        rooms.open(SETUP)
        assert {file.stat().st_mode & 0o777 for file in path.parent.iterdir()} == {0o600}
        assert path.parent.stat().st_mode & 0o777 == 0o700
        rooms.close()

    @pytest.mark.parametrize("token", ["", "' OR 1=1 --", "\0", "\ud800", "x" * 100_000, "%"])
    def test_made_up_links_lead_nowhere(self, rooms: Rooms, token: str):
        rooms.join(rooms.open(SETUP).code)
        for ask in (rooms.team, rooms.view, rooms.stamp, rooms.close_room):
            with pytest.raises(GoneError, match="leads nowhere"):
                ask(token)

    def test_a_teams_link_opens_nothing_of_the_facilitators(self, rooms: Rooms):
        opened = rooms.open(SETUP)
        team = rooms.join(opened.code).token
        for ask in (rooms.view, rooms.pause, rooms.close_room):
            with pytest.raises(GoneError):
                ask(team)
        with pytest.raises(GoneError):
            rooms.team(opened.token)

    def test_codes_can_be_read_out(self):
        codes = {new_code() for _ in range(200)}
        assert len(codes) == 200
        assert not set("".join(codes)) & set("AEIOUYLQ0123456789")
        assert all(len(code) == 6 and plain_code(code.lower()) == code for code in codes)

    def test_teams_of_a_room_have_names_of_their_own(self):
        assert len({team_name(number) for number in range(1, MOST_TEAMS + 1)}) == MOST_TEAMS


class TestBounds:
    def test_a_full_room_and_a_full_server_say_so(self, rooms: Rooms, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(tables, "MOST_TEAMS", 2)
        monkeypatch.setattr(tables, "MOST_ROOMS", 1)
        code = rooms.open(SETUP).code
        rooms.join(code)
        rooms.join(code)
        with pytest.raises(InputError, match="has 2 teams"):
            rooms.join(code)
        with pytest.raises(InputError, match="there are 1 rooms"):
            rooms.open(SETUP)
        assert rooms.alone(SETUP).name == "Blue heron"

    def test_one_browser_neither_fills_the_server_nor_a_room(self, rooms: Rooms):
        codes = [rooms.open(SETUP, "one").code for _ in range(MOST_OPENED)]
        with pytest.raises(InputError, match="this browser has opened 10 rooms"):
            rooms.open(SETUP, "one")
        another = rooms.open(SETUP, "another")
        teams = [rooms.join(another.code, "one").token for _ in range(MOST_JOINED)]
        with pytest.raises(InputError, match="this browser has joined 8 teams to this room"):
            rooms.join(another.code, "one")
        assert len(rooms.view(another.token).teams) == MOST_JOINED >= 5  # five teams in five tabs of a laptop
        rooms.join(rooms.team(teams[0]).partner_code, "one")  # back to a team, which makes no new one
        rooms.join(another.code, "another")
        rooms.join(codes[0], "one")
        for _ in range(MOST_BEGUN):
            rooms.alone(SETUP, "one")
        with pytest.raises(InputError, match="this browser has begun 30 games"):
            rooms.alone(SETUP, "one")

    def test_an_hour_later_a_browser_may_again(self, monkeypatch: pytest.MonkeyPatch):
        clock = [0.0]
        monkeypatch.setattr(time, "monotonic", lambda: clock[0])
        once = Allowance(1, "not so often")
        once.take("one")
        clock[0] = 3599.0
        with pytest.raises(InputError, match="not so often"):
            once.take("one")
        once.take("another")
        clock[0] = 3601.0
        once.take("one")
        with pytest.raises(InputError):
            once.take("another")

    @pytest.mark.parametrize(("days", "is_kept"), [(29, True), (31, False)])
    def test_a_room_goes_a_month_after_it_was_last_used(self, path: Path, days: int, is_kept: bool):
        rooms = Rooms(path)
        opened = rooms.open(SETUP)
        team = rooms.join(opened.code).token
        play(rooms, team, TOUR)
        rooms.close()
        age(path, days)
        rooms = Rooms(path)
        if is_kept:
            rooms.team(team)  # looking is using
            rooms.close()
            age(path, 2)
            rooms = Rooms(path)
            assert len(rooms.team(team).game.turns) == 1
        else:
            with pytest.raises(GoneError):
                rooms.team(team)
            assert b"listening_tour" not in content_of(path)
        rooms.close()

    def test_a_game_that_nobody_played_goes_after_a_day_and_leaves_no_trace(self, path: Path):
        rooms = Rooms(path)
        played, left = rooms.alone(SETUP).token, rooms.alone(SETUP).token
        play(rooms, played)
        forecast(rooms, left, TOUR)
        age(path, 2)
        rooms.alone(SETUP)
        assert len(rooms.team(played).game.turns) == 1
        with pytest.raises(GoneError):
            rooms.team(left)
        rooms.close()
        assert b"listening_tour" not in content_of(path)


def age(path: Path, days: float) -> None:
    with sqlite3.connect(path) as file:
        file.execute("UPDATE rooms SET last_used = last_used - ?", (days * 86_400,))
    file.close()


class TestAFileThatCannotBeUsed:
    def refused(self, path: Path, kind: type[TrustsimError]) -> str:
        before = self.state(path)
        with pytest.raises(kind) as told:
            Rooms(path)
        assert str(path) in str(told.value)
        assert "it was left as it is; --rooms names another file" in str(told.value)
        assert self.state(path) == before
        return str(told.value)

    def state(self, path: Path) -> object:
        return (path.read_bytes(), path.stat().st_mode) if path.is_file() else None

    def test_it_is_something_else(self, tmp_path: Path):
        note, folder, other = tmp_path / "note.txt", tmp_path / "folder", tmp_path / "other.sqlite3"
        note.write_text("dear class, " * 500, encoding="utf-8")
        folder.mkdir()
        with sqlite3.connect(other) as file:
            file.execute("CREATE TABLE rooms (code)")
        file.close()
        assert "is no file of rooms" in self.refused(note, InputError)
        assert "is no file" in self.refused(folder, InputError)
        assert "another program" in self.refused(other, InputError)
        self.refused(note / "rooms.sqlite3", WorkError)

    def test_it_is_of_a_newer_version(self, path: Path):
        Rooms(path).close()
        with sqlite3.connect(path) as file:
            file.execute("PRAGMA user_version = 2")
        file.close()
        assert "written by a newer trustsim (form 2; this one reads 1)" in self.refused(path, InputError)

    def test_it_is_damaged(self, path: Path):
        rooms = Rooms(path)
        for _ in range(20):
            play(rooms, rooms.alone(SETUP).token, TOUR)
        rooms.close()
        content = bytearray(path.read_bytes())
        content[4096:-4096] = os.urandom(len(content) - 2 * 4096)
        path.write_bytes(content)
        assert "is damaged" in self.refused(path, WorkError)

    def test_somebody_else_keeps_it_locked(self, path: Path, monkeypatch: pytest.MonkeyPatch):
        Rooms(path).close()
        monkeypatch.setattr("trustsim.app.rooms.store._PATIENCE", 0.2)
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        assert "another program keeps the file locked" in self.refused(path, WorkError)
        other.close()
        Rooms(path).close()

    @pytest.mark.skipif(not hasattr(os, "geteuid"), reason="files have no such permissions here")
    def test_it_may_not_be_written(self):
        nobody = "os.setuid(65534)" if os.geteuid() == 0 else "pass"  # root may write everywhere
        with tempfile.TemporaryDirectory() as name:
            folder, path = Path(name), Path(name) / "rooms.sqlite3"
            Rooms(path).close()
            path.chmod(0o444)
            folder.chmod(0o555)
            told = child(f"Rooms(Path({str(path)!r}))", nobody).communicate()[1]
            folder.chmod(0o755)
        assert "WorkError" in told
        assert "the file, or its folder, may not be written" in told

    def test_trustsim_app_says_so_and_does_not_start(self, tmp_path: Path):
        note = tmp_path / "note.txt"
        note.write_text("dear class", encoding="utf-8")
        command = [sys.executable, "-m", "trustsim", "app", "--no-open", "--port", "0", "--rooms", str(note)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        if "what browsers load is missing" in done.stderr:
            lack("what browsers load is not there: make assets")
        assert (done.returncode, done.stderr.partition(";")[0]) == (2, f"{note}: is no file of rooms")

    def test_it_is_kept_with_the_users_own_data(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
        assert default_path() == tmp_path / "trustsim" / "rooms.sqlite3"


def child(*statements: str) -> "subprocess.Popen[str]":
    """Start a Python that has `Rooms`; the last statement comes first, after the imports."""
    lines = ["import os", "from pathlib import Path", "from trustsim.app.rooms import Rooms, Draft"]
    code = "\n".join([*lines, *reversed(statements)])
    return subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, bufsize=1
    )


def test_a_server_that_is_killed_in_the_middle_has_kept_all_that_it_said_was_decided(path: Path):
    rooms = Rooms(path)
    tokens = [rooms.alone(SETUP).token for _ in range(4)]
    for token in tokens:
        forecast(rooms, token, TOUR)
    rooms.close()
    deciding = (
        "import threading\n"
        "def decide(token):\n"
        "    version = rooms.team(token).version\n"
        "    while True:\n"
        "        turns = len(rooms.team(token).game.turns)\n"
        "        rooms.change(token, lambda game: game.undo() if turns else game.commit((), FORECAST), version)\n"
        "        version += 1\n"
        "        os.write(1, f'{token} {version} {1 - turns}\\n'.encode())\n"
        f"for token in {tokens!r}: threading.Thread(target=decide, args=(token,)).start()\n"
    )
    imports = "from trustsim.game import PREDICTED, QUARTERS, SEATS, Prediction"
    predictions = "FORECAST = tuple(Prediction(seat, measure, 0.0) for seat in SEATS for measure in PREDICTED)"
    for lines in (15, 40):
        server = child(deciding, f"rooms = Rooms(Path({str(path)!r}))", predictions, imports)
        told = [server.stdout.readline() for _ in range(lines)]
        server.send_signal(signal.SIGKILL)
        told += server.communicate()[0].splitlines()
        assert server.returncode == -signal.SIGKILL
        last = {token: (int(version), int(turns)) for token, version, turns in (line.split() for line in told if line)}
        assert set(last) <= set(tokens)
        rooms = Rooms(path)  # which checks the file, too
        for token, (version, turns) in last.items():
            team = rooms.team(token)
            assert team.version - version in {0, 1}  # one more may have been kept and not told
            assert len(team.game.turns) == (turns if team.version == version else 1 - turns)
        rooms.close()
