"""Where a run happens: a generated hospital, one that the operator gave, or one that the visitor uploads."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final

import solara

from trustsim.app.components.account import counted, told_of
from trustsim.app.limits import MOST_POSITIONS, MOST_UPLOADED, MOST_UPLOADS
from trustsim.app.service.hospitals import Reader, Reading, given
from trustsim.app.state import Hospital, RunSpec
from trustsim.app.widgets import AccountW, ChoiceW, FilePickW

__all__ = ["HospitalChoice", "use_hospitals"]

_GENERATED: Final = "generated"
_ACCEPTED: Final = ".csv,.tsv,.txt,.yaml,.graphml,.gexf,.edgelist"
_ABOUT: Final = (
    "A table of people with id, leader, unit and title or role (CSV), and if there are any edges.csv, units.csv, "
    "measures.csv and mapping.yaml, chosen together; or one graph (GraphML, GEXF). At most "
    f"{MOST_UPLOADED / 1e6:.0f} MB and {MOST_POSITIONS:,} people. The files are read on the machine that runs the app, "
    "and deleted."
)
_READ: Final = {True: "Read. The scenario happens there now.", False: "Read. It can be chosen above."}

_uploaded: Final[solara.Reactive[tuple[Hospital, ...]]] = solara.reactive(())  # each visit has its own


def use_hospitals() -> tuple[Hospital, ...]:
    """Return the real hospitals that this visitor may use; whoever asks is drawn anew when there is one more."""
    return (*given(), *_uploaded.value)


@solara.component
def HospitalChoice(spec: RunSpec, on_ask: Callable[[Callable[[RunSpec], RunSpec]], None]) -> None:
    """Choose a hospital, or bring one. The scenario stays as it is."""
    hospitals = use_hospitals()
    reader = solara.use_memo(Reader, [])
    reading, set_reading = solara.use_state(Reading())
    solara.use_effect(lambda: reader.stop, [])  # when the page is left
    told = solara.use_memo(lambda: told_of(reading), [reading.stage, reading.hospital])

    def choose(value: str) -> None:
        chosen = next((each for each in hospitals if _value(each) == value), None)
        if chosen is not None or value == _GENERATED:
            on_ask(lambda newest: newest.within(chosen))

    def keep(reading: Reading) -> None:
        set_reading(reading)
        if (hospital := reading.hospital) is not None:
            others = (each for each in _uploaded.value if each.mark != hospital.mark)
            _uploaded.value = (*others, hospital)[-MOST_UPLOADS:]
            on_ask(lambda newest: newest.within(hospital))

    def stop() -> None:
        reader.stop()
        set_reading(Reading())

    with solara.Div():
        ChoiceW.element(
            label="Hospital",
            value=_GENERATED if spec.hospital is None else _value(spec.hospital),
            options=_options(hospitals),
            on_choice=choose,
        )
        # Always there, since what comes after it would be made anew, and so closed.
        solara.v.Html(tag="p", class_="ts-small ts-muted", children=[_sizes(spec.hospital)])
        with solara.v.Html(tag="details", class_="ts-settings"):
            solara.v.Html(tag="summary", children=["Use a hospital of yours"])
            FilePickW.element(
                label="Files of the hospital",
                about=_ABOUT,
                accept=_ACCEPTED,
                said="" if reading.hospital is None else _READ[spec.hospital == reading.hospital],
                error=reading.error and f"Not read: {reading.error}",
                busy=reading.stage == "reading",
                on_files=lambda files: reader.start(files, keep),
                on_stop=stop,
            )
            AccountW.element(content=told)


def _value(hospital: Hospital) -> str:
    return ":".join(hospital.mark)


def _sizes(hospital: Hospital | None) -> str:
    if hospital is None:
        return ""
    real = hospital.organization
    return (
        f"{counted(real.n, 'people')} in {counted(real.n_units, 'units')}. People have pseudonyms, and figures for "
        "fewer than five of them are left blank. What single people feel, in the film and in their weeks, is the "
        "model's and not what anybody said."
    )


def _options(hospitals: tuple[Hospital, ...]) -> str:
    groups = [
        ("", [(_GENERATED, "a generated one, of a size to choose")]),
        ("Given by whoever runs the app", [(_value(each), each.name) for each in hospitals if not each.is_upload]),
        ("Known to this visit only", [(_value(each), each.name) for each in hospitals if each.is_upload]),
    ]
    return json.dumps(
        [
            {"name": name, "options": [{"value": value, "text": text} for value, text in options]}
            for name, options in groups
            if options
        ]
    )
