"""What the report of a move names, so that a check can tell a loss that was announced from one that was not."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from hugoconv.migrate.manifest import FINDINGS, manifest_folder
from hugoconv.report.codes import CODES
from hugoconv.report.findings import Finding

CONSTRUCTS = frozenset(code for code in CODES if code.startswith("HC3")) - {"HC305"}
"""What cannot be said in the target; HC305 says that all of it is there."""

EXPLAINED_BY: dict[str, frozenset[str]] = {
    "posts": frozenset(
        {"HC542", "HC688", "HC624", "HC103", "HC104", "HC601", "HC602", "HC605", "HC606", "HC608", "HC610"}
    ),
    "titles": frozenset({"HC202", "HC208", "HC211"}),
    "dates": frozenset({"HC202", "HC203", "HC208", "HC211", "HC625"}),
    "status": frozenset({"HC203", "HC208", "HC210", "HC214"}),
    "terms": frozenset({"HC202", "HC204", "HC207", "HC208", "HC211", "HC543", "HC544"}),
    "URLs": frozenset({"HC208", "HC502", "HC503", "HC624", "HC626"}),
    "words": CONSTRUCTS,
    "links": CONSTRUCTS | {"HC401"},
    "comments": frozenset({"HC230"}),
    "menus": frozenset({"HC231", "HC232", "HC352", "HC692"}),
    "files": frozenset({"HC402", "HC623", "HC403", "HC405", "HC602", "HC604", "HC605", "HC608", "HC103"}),
}
"""What may be missing, and the findings on the same post or file that say so."""
LISTED: dict[str, tuple[str, ...]] = {
    "terms": ("categories", "category tree", "taxonomies", "tags with blanks"),
    "dates": ("dates without a time", "publish_date", "expiry_date"),
    "status": ("expiry_date",),
    "comments": ("comments",),
    "menus": ("menus",),
    "posts": ("language",),
    "URLs": ("language",),
}
"""What may be missing, and how the findings call it that list what has no counterpart (HC680, HC681)."""


_LISTS = frozenset({"HC680", "HC681"})
"""Findings that list what has no counterpart, by name."""


class Named:
    """The findings of the runs that wrote a site, by the post that each is about; none for a site without a report."""

    def __init__(self, root: Path) -> None:
        self._by_file: defaultdict[str, list[Finding]] = defaultdict(list)
        for finding in _read(manifest_folder(root) / FINDINGS):
            for file in finding.files or (finding.file,):
                self._by_file[file].append(finding)
        for findings in self._by_file.values():
            findings.sort(key=lambda finding: finding.line)

    def codes(self, aspect: str, label: str, name: str = "", first: int = 0, last: int = 0) -> list[str]:
        """Return the codes of the findings that explain why something of a post is missing.

        `label` is how findings call the post, `name` its file; of an export's item `first` is the line it starts at
        and `last` the line at which the next one does (0: it is the last one).
        """
        about = list(self._by_file.get(label, ()))
        if name and name != label:
            inside = self._by_file.get(name, [])
            start = bisect_right(inside, first - 1, key=lambda finding: finding.line)
            about += (each for each in inside[start:] if not last or each.line < last)
        return sorted({finding.code for finding in about if _explains(finding, aspect)})


def _explains(finding: Finding, aspect: str) -> bool:
    if finding.code in _LISTS:
        return any(name in finding.message for name in LISTED.get(aspect, ()))
    return finding.code in EXPLAINED_BY[aspect]


def _read(path: Path) -> Iterable[Finding]:
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        return [Finding(**{**row, "files": tuple(row.get("files", ()))}) for row in rows]
    except (OSError, ValueError, KeyError, TypeError):
        return []
