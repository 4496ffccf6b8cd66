"""Every numbered case, and every fault found in other converters, has a test that carries its number or name."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from numbered_cases import TESTS, collected, numbered

LISTED = tomllib.loads((TESTS / "fixtures" / "wordpress_cases.toml").read_text(encoding="utf-8"))
CASES: dict[str, str] = LISTED["cases"]
FAULTS: dict[str, str] = LISTED["faults"]


@pytest.fixture(scope="module")
def ids() -> list[str]:
    """The ids of all tests of WordPress's exports."""
    return collected(path for path in TESTS.glob("test_*wordpress*.py") if path != Path(__file__))


def test_the_list_is_whole() -> None:
    assert [int(number) for number in CASES] == [*range(1, 98)]
    assert all(CASES.values())
    assert len(FAULTS) > 60


def test_every_case_has_a_test_with_its_number(ids: list[str]) -> None:
    found = numbered(ids)
    assert {int(number): title for number, title in CASES.items() if int(number) not in found} == {}


def test_every_fault_has_a_test(ids: list[str]) -> None:
    names = [name.partition("::")[2] for name in ids]
    assert {fault: test for fault, test in FAULTS.items() if not any(test in name for name in names)} == {}


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("tests/test_a.py::test_case_7_empty", [7]),
        ("tests/test_a.py::test_case_62_and_63_titles[yaml]", [62, 63]),
        ("tests/test_a.py::test_sizes[case 81: a copy]", [81]),
        ("tests/test_a.py::test_fixture[08-caption]", [8]),
        ("tests/test_a.py::test_hosts['-case 84: proxy]", [84]),
        ("tests/test_a_case_9_b.py::test_dates[10]", [10]),
        ("tests/test_a.py::test_dates[2024-01-31]", []),
        ("tests/test_a.py::test_ten_and_more", []),
    ],
)
def test_numbers_are_read_from_ids(name: str, numbers: list[int]) -> None:
    assert sorted(numbered([name])) == numbers
