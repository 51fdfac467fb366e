"""Files of the evidence with something to try."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from trustsim.evidence import tables

TARGET = """\
V1:
  about: Physicians who leave in a year
  population: physicians
  horizon: a year
  role: CAL
  basis: {basis}
  parts:
    level:
      measure: {measure}
      metric: mean
      unit: share per year
      low: 0.05
"""


@pytest.fixture
def targets_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Path]]:
    """Put a file with one target in place of the real one."""

    def write(basis: str, measure: str) -> Path:
        path = tmp_path / "targets.yaml"
        path.write_text(TARGET.format(basis=basis, measure=measure))
        monkeypatch.setattr(tables, "TARGETS", path)
        tables._all_targets.cache_clear()
        return path

    yield write
    tables._all_targets.cache_clear()
