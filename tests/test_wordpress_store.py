"""Items that were read once: the same from the file of what was read, in any process, with and without room there."""

from __future__ import annotations

import gc
import pickle
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from wordpress_cases import CASES

import hugoconv
from hugoconv.migrate import workers
from hugoconv.report.findings import Findings
from hugoconv.systems.wordpress.wxr import store
from hugoconv.systems.wordpress.wxr.index import WxrIndex, indexes, read_items
from hugoconv.systems.wordpress.wxr.items import Item
from hugoconv.systems.wordpress.wxr.store import Items

FIXTURES = Path(__file__).parent / "fixtures" / "wxr"
REFUSED = "90-document-type.input.xml"
"""An export that is refused before there are items."""
EXPORTS = {path.name: path for path in (*FIXTURES.glob("*.xml"), *CASES.glob("*.input.xml")) if path.name != REFUSED}


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    gc.collect()
    assert not list(folder.iterdir())


def parts_of(name: str) -> list[WxrIndex]:
    return indexes(EXPORTS[name], Findings())


def parsed(parts: list[WxrIndex]) -> tuple[list[Item], list[str]]:
    """Return all items of some exports as the parser gives them, and what it says."""
    log = Findings()
    return [item for part in parts for item in read_items(part, log)], list(map(str, log))


def loaded(items: Items) -> tuple[list[Item], list[str]]:
    log = Findings()
    found = [items.load(number, log) for number in range(len(items))]
    return [item for item in found if item is not None], list(map(str, log))


@pytest.mark.parametrize("name", EXPORTS)
def test_an_item_is_the_same_from_its_record(name: str, temporary: Path) -> None:
    parts = parts_of(name)
    items = Items(parts)
    expected = parsed(parts)
    assert [item for item in items.read_all(1) if item is not None] == expected[0]
    assert loaded(items) == expected
    assert loaded(pickle.loads(pickle.dumps(items))) == expected


def test_what_was_read_is_not_parsed_again(monkeypatch: pytest.MonkeyPatch, temporary: Path) -> None:
    parts = parts_of("sample.xml")
    items = Items(parts)
    first = list(items.read_all(1))
    monkeypatch.setattr(store, "load_item", None)
    assert loaded(items)[0] == first


def test_a_long_body_stays_in_the_export(temporary: Path) -> None:
    parts = parts_of("sample.xml")
    items = Items(parts)
    bodies = [item.content.encode() for item in items.read_all(1) if item and len(item.content) > 1000]
    (file,) = temporary.iterdir()
    records = file.read_bytes()
    assert bodies
    assert not [body for body in bodies if body in records]


def test_without_room_items_are_read_from_the_export(monkeypatch: pytest.MonkeyPatch, temporary: Path) -> None:
    parts = parts_of("sample.xml")
    expected = parsed(parts)
    monkeypatch.setattr(store, "ROOM", 2_000)
    for jobs in (1, 2):
        monkeypatch.setattr(workers, "CHUNK", 5)
        items = Items(parts)
        assert [item for item in items.read_all(jobs) if item is not None] == expected[0]
        assert loaded(items) == expected
        assert sum(file.stat().st_size for file in temporary.iterdir()) < 20_000
        del items
        gc.collect()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, which is as a disk without room: Linux")
def test_on_a_full_disk_items_are_read_from_the_export(monkeypatch: pytest.MonkeyPatch, temporary: Path) -> None:
    parts = parts_of("sample.xml")
    items = Items(parts)
    expected = parsed(parts)
    with monkeypatch.context() as patched:
        patched.setattr(items._records, "_path", Path("/dev/full"))
        assert [item for item in items.read_all(1) if item is not None] == expected[0]
        assert loaded(items) == expected


def test_a_run_that_is_interrupted_leaves_no_file(monkeypatch: pytest.MonkeyPatch, temporary: Path) -> None:
    monkeypatch.setattr(workers, "CHUNK", 5)
    reading = Items(parts_of("sample.xml")).read_all(2)
    next(reading)
    with pytest.raises(KeyboardInterrupt):
        reading.throw(KeyboardInterrupt)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["damaged.xml", "sample.xml", "tricky.xml"])
def test_bytes_and_findings_are_the_same_for_any_number_of_processes(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, temporary: Path
) -> None:
    monkeypatch.setattr(workers, "CHUNK", 3)
    found = []
    for jobs in (1, 2, 3):
        out = tmp_path / f"j{jobs}"
        report = hugoconv.convert(EXPORTS[name], out, to="hugo", jobs=jobs)
        files = {path.relative_to(out): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}
        found.append((files, list(map(str, report.findings))))
        del report
    assert found[0] == found[1] == found[2]


def test_small_exports_start_no_processes(monkeypatch: pytest.MonkeyPatch, temporary: Path) -> None:
    monkeypatch.setattr(store, "run_in_processes", None)
    items = Items(parts_of("sample.xml"))
    assert len(list(items.read_all(0))) == len(items)
