"""The first minute of a newcomer."""

from trustsim.studies import read_run


def test_the_demo_answers_and_says_what_it_is_not(demo):
    assert "A listening tour with follow-through: " in demo.text
    assert "not a forecast" in " ".join(demo.text.split())
    assert max(map(len, demo.text.splitlines())) <= 80


def test_the_demo_keeps_its_run(demo):
    run = read_run(demo.folder / "runs" / "demo")
    assert "Run folder: runs/demo" in demo.text
    assert run.manifest["command"] == ["trustsim", "demo"]
    assert run.weekly()["replicate"].nunique() == 10


def test_what_the_demo_says_to_try_next_can_be_typed(demo, trustsim):
    commands = [
        line.split("  ")[0].split()[1:]
        for line in map(str.strip, demo.text.splitlines())
        if line.startswith("trustsim ")
    ]
    assert len(commands) == 3
    for command in commands:
        quick = ["--replicates", "2", "--weeks", "30"] if command[0] == "run" else []
        assert trustsim(*command, *quick).returncode == 0


def test_a_demo_steps_aside_for_what_is_already_there(trustsim, tmp_path):
    (tmp_path / "runs" / "demo").mkdir(parents=True)
    (tmp_path / "runs" / "demo" / "thesis.txt").write_text("all of it")
    done = trustsim("demo")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "runs" / "demo" / "thesis.txt").read_text() == "all of it"
    (beside,) = (tmp_path / "runs").glob("demo-*")
    assert read_run(beside).manifest["command"] == ["trustsim", "demo"]
