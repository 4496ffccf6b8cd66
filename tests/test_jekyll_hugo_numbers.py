"""Every numbered case of moving between Jekyll and Hugo has a test that carries its number."""

from __future__ import annotations

import tomllib

from numbered_cases import TESTS, collected, numbered

CASES: dict[str, str] = tomllib.loads((TESTS / "fixtures" / "jekyll_hugo_cases.toml").read_text(encoding="utf-8"))[
    "cases"
]


def test_the_list_is_whole() -> None:
    assert [int(number) for number in CASES] == [*range(1, 66)]
    assert all(CASES.values())


def test_every_case_has_a_test_with_its_number() -> None:
    found = numbered(collected([TESTS / "test_jekyll_hugo_cases.py", TESTS / "test_hugo_to_jekyll_cases.py"]))
    assert {int(number): title for number, title in CASES.items() if int(number) not in found} == {}
    assert {number for number in found if str(number) not in CASES} == set()
