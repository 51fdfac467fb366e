"""What is said while work goes on, where there is no terminal."""

from trustsim.cli.progress import tell_progress


def test_long_work_tells_how_far_it_is_and_how_long_it_will_take(capsys):
    with tell_progress(3, every=0.0) as after_replicate:
        for done in (1, 2, 3):
            after_replicate(done)
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.splitlines()[0].startswith("2 of 3 replicates; about ")


def test_short_work_is_silent(capsys):
    with tell_progress(3) as after_replicate:
        for done in (1, 2, 3):
            after_replicate(done)
    assert capsys.readouterr() == ("", "")
