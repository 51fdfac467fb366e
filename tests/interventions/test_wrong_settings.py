"""A mistake in any setting of any intervention or shock is refused with its place in the file and what is allowed."""

import pytest

from trustsim.errors import InputError
from trustsim.interventions import INTERVENTIONS, SHOCKS
from trustsim.organization import generate
from trustsim.scenario import load_scenario

KINDS = {**INTERVENTIONS, **SHOCKS}
HOSPITAL = generate({"units": 4})
SETTINGS = [(kind, setting) for kind in KINDS for setting in KINDS[kind].settings()]

every_kind = pytest.mark.parametrize("kind", KINDS)
every_setting = pytest.mark.parametrize(("kind", "setting"), SETTINGS, ids=lambda one: getattr(one, "name", one))


def written(folder, kind, line="", *, slip=""):
    key = "interventions" if kind in INTERVENTIONS else "shocks"
    path = folder / "mine.yaml"
    path.write_text(f"name: mine\n{key}:\n  - kind: {kind}{slip}\n    {line}\n", encoding="utf-8")
    return path


def refusal(path):
    with pytest.raises(InputError) as caught:
        load_scenario(path).plan(HOSPITAL)
    return str(caught.value)


@every_setting
def test_a_value_out_of_range(kind, setting, tmp_path):
    wrong = "nobody" if setting.kind == "choice" else setting.high + 1
    path = written(tmp_path, kind, f"{setting.name}: {wrong}")
    message = refusal(path)
    assert message.startswith(f"{path}:4:{len(setting.name) + 7}: ")
    assert setting.name in message
    assert setting.allowed.split(" (")[0] in message or setting.name == "start"


@every_setting
def test_a_value_of_another_type(kind, setting, tmp_path):
    path = written(tmp_path, kind, f"{setting.name}: [1]")
    message = refusal(path)
    assert message.startswith(f"{path}:4:")
    assert setting.name in message


@every_setting
def test_a_slip_of_the_pen(kind, setting, tmp_path):
    path = written(tmp_path, kind, f"{setting.name}e: 1")
    message = refusal(path)
    assert message.startswith(f"{path}:4:5: ")
    assert f"did you mean '{setting.name}'" in message


@every_kind
def test_a_slip_in_its_name(kind, tmp_path):
    path = written(tmp_path, kind, slip="s")
    message = refusal(path)
    assert message.startswith(f"{path}:3:11: ")
    assert f"did you mean '{kind}'" in message


@every_kind
def test_a_unit_that_is_not_there(kind, tmp_path):
    path = written(tmp_path, kind, "units: [Surgry]")
    message = refusal(path)
    assert message.startswith(f"{path}:4:13: ")
    assert "no unit 'Surgry'; did you mean 'Surgery'" in message


@every_kind
def test_a_start_after_the_last_week(kind, tmp_path):
    path = written(tmp_path, kind, "start: 104")
    message = refusal(path)
    assert message.startswith(f"{path}:4:12: ")
    assert "after the last of 104 weeks" in message
