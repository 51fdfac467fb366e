"""The files that browsers load: which, from where, and whether they are all there.

Nothing is loaded from the internet while the app runs. ``python -m trustsim.app.browser_assets`` (`make assets`)
collects them once with npm, into a folder that git ignores and the wheel carries.
"""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Final

from trustsim.errors import TrustsimError, WorkError

__all__ = ["FOLDER", "Package", "collect", "missing", "packages"]

_HERE: Final = Path(__file__).parent
FOLDER: Final = _HERE / "_browser"
"""What the server serves."""


@dataclass(frozen=True, slots=True)
class Package:
    """A package of npm and the files that are taken from it.

    Attributes
    ----------
    name, version, license : str
    integrity : str
        As npm publishes it: ``sha512-`` and the hash in base64.
    files : list of str
        Patterns within the package.
    """

    name: str
    version: str
    license: str
    integrity: str
    files: list[str]

    @property
    def folder(self) -> Path:
        """Where its files are kept: as the paths of the page template say."""
        return FOLDER / f"{self.name}@{self.version}"

    @property
    def is_there(self) -> bool:
        """Whether there is a file for each pattern."""
        return all(any(self.folder.glob(pattern)) for pattern in self.files)


def packages() -> list[Package]:
    """Return the packages of the manifest."""
    table = tomllib.loads((_HERE / "browser_assets.toml").read_text(encoding="utf-8"))
    return [Package(**entry) for entry in table["package"]]


def missing() -> list[Package]:
    """Return the packages whose files are not all there."""
    return [package for package in packages() if not package.is_there]


def collect(wanted: list[Package]) -> None:
    """Get packages with npm and keep the files that are needed.

    Raises
    ------
    WorkError
        If there is no npm, it fails, or a package is not what the manifest says.
    """
    npm = shutil.which("npm")
    if npm is None and wanted:
        raise WorkError(
            "npm is missing, which collects what the browser loads. On Debian and Ubuntu: apt install npm; elsewhere "
            "see nodejs.org. Or install a wheel of trustsim, which carries these files."
        )
    for package in wanted:
        with tempfile.TemporaryDirectory() as folder:
            _keep(package, _fetched(str(npm), package, Path(folder)))


def _fetched(npm: str, package: Package, folder: Path) -> Path:
    what = f"{package.name}@{package.version}"
    done = subprocess.run(  # noqa: S603 - npm, and a name from the manifest
        [npm, "pack", "--silent", "--pack-destination", str(folder), what], capture_output=True, text=True, check=False
    )
    archives = list(folder.glob("*.tgz"))
    if done.returncode != 0 or len(archives) != 1:
        raise WorkError(f"npm could not get {what}: {done.stderr.strip() or 'no reason given'}")
    digest = hashlib.sha512(archives[0].read_bytes()).digest()
    if f"sha512-{base64.b64encode(digest).decode()}" != package.integrity:
        raise WorkError(f"{what} is not the package that browser_assets.toml names: its hash differs")
    return archives[0]


def _keep(package: Package, archive: Path) -> None:
    """Write the files of an archive that match; each is read by itself, so no path of the archive decides anything."""
    shutil.rmtree(package.folder, ignore_errors=True)
    with tarfile.open(archive) as content:
        for member in content:
            name = member.name.partition("/")[2]
            if member.isfile() and any(fnmatch(name, pattern) for pattern in package.files):
                target = package.folder / name
                if not target.resolve().is_relative_to(package.folder.resolve()):
                    raise WorkError(f"{package.name} has a file outside its folder: {member.name}")
                target.parent.mkdir(parents=True, exist_ok=True)
                source = content.extractfile(member)
                if source is not None:
                    target.write_bytes(source.read())
    if not package.is_there:
        raise WorkError(f"{package.name}@{package.version} lacks some of {', '.join(package.files)}")


def main() -> int:
    """Collect what is missing, and say so."""
    wanted = missing()
    try:
        collect(wanted)
    except TrustsimError as error:
        sys.stderr.write(f"trustsim: {error}\n")
        return 1
    sys.stderr.write("".join(f"collected {package.name} {package.version} ({package.license})\n" for package in wanted))
    return 0


if __name__ == "__main__":
    sys.exit(main())
