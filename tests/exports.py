"""Exports of other houses made for tests, and what became of them."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from programs import HUGO

import hugoconv as hc

FIXTURES = Path(__file__).parent / "fixtures" / "exports"
PNG = b"\x89PNG\r\n\x1a\n" + b"picture"


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files into a folder and return it."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    return folder


def zipped(path: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write an archive and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def moved(source: Path, to: str = "hugo", *, importer: Mapping[str, Any] | None = None, **options: Any) -> Move:
    """Convert an export, its system detected unless options for its importer name one ("from")."""
    settings = dict(importer or {})
    name = settings.pop("from", hc.detect(source))
    target = source.parent / f"{source.stem}-{to}"
    report = hc.convert(source, target, from_=hc.importers.get(name, **settings), to=to, **options)
    return Move(target, report)


class Move:
    """A finished move: its folder and report."""

    def __init__(self, site: Path, report: hc.Report) -> None:
        self.site = site
        self.report = report

    def page(self, name: str) -> str:
        """Return the text of a page by its file's name."""
        return next(self.site.rglob(f"{name}.md")).read_text()

    def values(self, name: str) -> dict[str, Any]:
        """Return the front matter of a page."""
        return dict(hc.loads(self.page(name)).front_matter)

    def body(self, name: str) -> str:
        """Return the body of a page."""
        return self.page(name).partition("\n---\n")[2].strip()

    def codes(self) -> dict[str, int]:
        """Return how many findings there are of each code."""
        found: dict[str, int] = {}
        for finding in self.report.findings:
            found[finding.code] = found.get(finding.code, 0) + 1
        return found

    def messages(self, code: str) -> list[str]:
        """Return the messages of a code."""
        return [finding.message for finding in self.report.findings if finding.code == code]

    def text(self) -> str:
        """Return everything that was written, as one text."""
        files: Iterable[Path] = sorted(path for path in self.site.rglob("*") if path.is_file())
        return "\n".join(path.read_bytes().decode("utf-8", "replace") for path in files)

    def built(self, *options: str) -> dict[str, str]:
        """Build the site with the real Hugo and return its pages."""
        run = subprocess.run([HUGO, *options], cwd=self.site, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stdout + run.stderr
        public = self.site / "public"
        return {path.relative_to(public).as_posix(): path.read_text() for path in public.rglob("*.html")}
