"""Prove that WXR -> WXR loses nothing: scripts/prove_wxr.py EXPORT.xml...

Each export is converted to a new one; both are read by Python's own XML parser, not by hugoconv's reader, and the two
trees are compared element by element: names, attributes, every text, the order. Exports that are no well-formed XML
have no tree to compare with, and those without a valid version WordPress refuses; of both it is only asked that the
new file is well-formed, and they are counted apart.
Exit code 1 when something is missing or differs.
"""

from __future__ import annotations

import re
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

from corpora import sources

import hugoconv

VOLATILE = frozenset({"pubDate", "generator"})
"""What of the channel says when and by what a file was written, not what is in the site."""


def differences(old: Path, new: Path) -> list[str]:
    """Return how the trees of two exports differ, as paths with both values."""
    found: list[str] = []
    _compare(ET.parse(old).getroot(), ET.parse(new).getroot(), "", found)
    return found


def _compare(old: ET.Element, new: ET.Element, path: str, found: list[str]) -> None:
    path = f"{path}/{old.tag.rpartition('}')[2]}"
    if old.tag != new.tag:
        found.append(f"{path}: became {new.tag}")
        return
    if old.attrib != new.attrib:
        found.append(f"{path}: attributes {old.attrib} became {new.attrib}")
    if len(old) != len(new):
        found.append(f"{path}: {len(old)} children became {len(new)}")
    texts = ((old.text or "", new.text or ""), (old.tail or "", new.tail or ""))
    for before, after in texts[:1] if len(old) == 0 else texts[1:]:
        if before != after:
            found.append(f"{path}: {before[:60]!r} became {after[:60]!r}")
    for index, (one, other) in enumerate(zip(old, new, strict=False)):
        if not (path == "/rss/channel" and one.tag in VOLATILE):
            _compare(one, other, f"{path}[{index}]", found)


def is_valid(path: Path) -> bool:
    """Return whether a file is well-formed and has a version of WXR, without which WordPress refuses it."""
    if not is_well_formed(path):
        return False
    versions = [each.text or "" for each in ET.parse(path).getroot().iter() if each.tag.endswith("}wxr_version")]
    return any(re.fullmatch(r"\s*\d+\.\d+\s*", version) for version in versions)


def is_well_formed(path: Path) -> bool:
    """Return whether Python's own parser reads a file."""
    try:
        ET.parse(path)
    except ET.ParseError:
        return False
    return True


def main(arguments: list[str]) -> int:
    """Convert and compare each export; print a line for each that differs, then the sum."""
    valid = mended = same = differing = 0
    for old in (export for name in arguments for export, _ in sources(Path(name), "wordpress")):
        with tempfile.TemporaryDirectory() as folder:
            new = Path(folder) / "new.xml"
            try:
                hugoconv.convert(old, new, from_="wordpress", to="wordpress")
            except hugoconv.HugoconvError as error:
                print(f"{old}: refused: {error}")
                differing += is_valid(old)
                continue
            if not is_valid(old):
                mended += 1
                if not is_well_formed(new):
                    print(f"{old}: the new file is not well-formed")
                    differing += 1
                continue
            valid += 1
            same += old.read_bytes() == new.read_bytes()
            if found := differences(old, new):
                differing += 1
                print(f"{old}: {len(found)} differences", *found[:5], sep="\n  ")
    print(f"{valid} valid exports, {same} the same to the byte, {differing} differ; {mended} were not valid before")
    return 1 if differing else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
