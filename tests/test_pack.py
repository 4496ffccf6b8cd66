"""The pack of original bytes: what was added comes back, whatever a killed run or another process left in between."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hugoconv.migrate.pack import Pack

ORIGINALS = [b"", b"one", b"two" * 1000, bytes(range(256)) * 40]


def filled(path: Path) -> dict[str, bytes]:
    pack = Pack(path)
    names = {pack.add(original): original for original in ORIGINALS}
    pack.close()
    return names


def test_what_was_added_comes_back(tmp_path: Path) -> None:
    names = filled(tmp_path / "pack")
    assert {name: Pack(tmp_path / "pack").get(name) for name in names} == names
    assert Pack(tmp_path / "pack").get("00" * 16) is None
    assert Pack(tmp_path / "none").get("00" * 16) is None


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    filled(tmp_path / "pack")
    size = (tmp_path / "pack").stat().st_size
    filled(tmp_path / "pack")
    assert (tmp_path / "pack").stat().st_size == size


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_half_a_record_of_a_killed_run_hides_no_other(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "pack"
    names = filled(path)
    path.write_bytes(path.read_bytes()[:-cut])
    pack = Pack(path)
    late = pack.add(b"after the kill")
    assert {pack.add(original) for original in ORIGINALS} == set(names)
    again = Pack(path)
    assert again.get(late) == b"after the kill"
    assert {name: again.get(name) for name in names} == names


@given(st.lists(st.tuples(st.binary(max_size=40), st.integers(0, 80)), max_size=6))
def test_damage_loses_only_what_it_hits(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[tuple[bytes, int]]
) -> None:
    path = tmp_path_factory.mktemp("pack") / "pack"
    whole: dict[str, bytes] = {}
    for original, cut in pieces:
        before = path.stat().st_size if path.exists() else 0
        pack = Pack(path)
        name = pack.add(original)
        pack.close()
        if name in whole:
            continue
        size = path.stat().st_size
        if cut and size - cut > before:
            with path.open("r+b") as file:
                file.truncate(size - cut)
        else:
            whole[name] = original
    pack = Pack(path)
    assert {name: pack.get(name) for name in whole} == whole


def test_damaged_bytes_are_not_returned(tmp_path: Path) -> None:
    path = tmp_path / "pack"
    name = Pack(path).add(b"the words of a post" * 9)
    data = bytearray(path.read_bytes())
    data[-6] ^= 0xFF
    path.write_bytes(data)
    assert Pack(path).get(name) is None


def _append(path: Path, start: int) -> None:
    pack = Pack(path)
    for number in range(start, start + 200):
        pack.add(b"%d" % number * 50)


def test_processes_append_side_by_side(tmp_path: Path) -> None:
    path = tmp_path / "pack"
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_append, args=(path, start)) for start in (0, 100, 1000)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    pack, names = Pack(path), Pack(tmp_path / "alone")
    for number in (*range(300), *range(1000, 1200)):
        original = b"%d" % number * 50
        assert pack.get(names.add(original)) == original
