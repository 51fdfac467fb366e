"""What is left when the program is stopped, or what it writes to fails: never half a run."""

import json
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")


@posix_only
def test_ctrl_c_ends_a_run_with_one_line_and_leaves_no_folder(tmp_path, console_environment):
    running = subprocess.Popen(
        [sys.executable, "-m", "trustsim", "run", "listening_tour", "--replicates", "100000", "--out", "kept"],
        cwd=tmp_path,
        env=console_environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # Tests that run in the background of a shell inherit that interrupts are ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509 - no threads yet
    )
    time.sleep(4.0)
    running.send_signal(signal.SIGINT)
    stdout, stderr = running.communicate(timeout=60)
    assert running.returncode == 130
    assert stdout == ""
    assert stderr.splitlines()[-1] == "trustsim: stopped by Ctrl-C"
    assert "Traceback" not in stderr
    assert list(tmp_path.iterdir()) == []


LIMITED = textwrap.dedent("""
    import resource, signal, sys
    # No file may grow beyond 8 kB; the first one that would is the weekly table, in the middle of being written.
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))
    signal.signal(signal.SIGXFSZ, getattr(signal, sys.argv.pop(1)))
    from trustsim.cli import main
    main()
""")


def run_short_of_space(on_limit: str, folder: Path, small, environment) -> "subprocess.CompletedProcess[str]":
    # The cache of kernels is filled before, since it could not grow either.
    subprocess.run(
        [sys.executable, "-m", "trustsim", "run", "listening_tour", *small],
        env=environment,
        capture_output=True,
        check=True,
    )
    return subprocess.run(
        [sys.executable, "-c", LIMITED, on_limit, "run", "listening_tour", *small, "--out", "kept"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@posix_only
def test_a_full_disk_is_a_failure_that_says_so_and_leaves_nothing(tmp_path, small, console_environment):
    done = run_short_of_space("SIG_IGN", tmp_path, small, console_environment)
    assert done.returncode == 1
    assert "kept: the run folder could not be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@posix_only
def test_a_run_killed_while_it_writes_leaves_no_half_folder_and_can_be_repeated(
    tmp_path, small, console_environment, trustsim
):
    done = run_short_of_space("SIG_DFL", tmp_path, small, console_environment)
    assert done.returncode == -signal.SIGXFSZ
    assert not (tmp_path / "kept").exists()
    assert trustsim("run", "listening_tour", *small, "--out", "kept").returncode == 0
    assert json.loads((tmp_path / "kept" / "manifest.json").read_text())["replicates"] == 2


def test_a_folder_that_cannot_be_made_is_a_failure_before_any_work(trustsim, tmp_path):
    (tmp_path / "file").touch()
    done = trustsim("run", "listening_tour", "--replicates", "100000", "--out", "file/kept")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "file/kept: cannot be made" in done.stderr


def test_another_run_is_refused_its_place_before_any_work(trustsim, small):
    assert trustsim("run", "listening_tour", *small, "--out", "kept").returncode == 0
    done = trustsim("run", "listening_tour", "--replicates", "100000", "--out", "kept")
    assert done.returncode == 2
    assert "kept: holds another run" in done.stderr


@posix_only
def test_a_reader_that_has_had_enough_is_no_reason_for_a_traceback(tmp_path, console_environment):
    with subprocess.Popen(
        [sys.executable, "-m", "trustsim", "list", "parameters"],
        cwd=tmp_path,
        env=console_environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as writing:
        writing.stdout.close()
        assert writing.stderr.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
def test_an_answer_that_cannot_be_written_is_a_failure(tmp_path, console_environment):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "trustsim", "list", "scenarios"],
            cwd=tmp_path,
            env=console_environment,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr
