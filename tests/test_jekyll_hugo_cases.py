"""The 65 numbered cases of moving between Jekyll and Hugo: which number is tested where.

1-20 are identity within one system, 21-50 Jekyll -> Hugo, 51-65 Hugo -> Jekyll. A case is named by its number in the
table of its file (`CASES`, or `FUNCTIONS` for those that need a test of their own).
"""

from __future__ import annotations

TABLES: dict[str, range] = {"test_hugo_to_jekyll_cases": range(51, 66)}
"""The modules with a table of numbered cases, and the numbers that each answers for."""


def test_every_number_is_answered_for() -> None:
    numbers = [number for span in TABLES.values() for number in span]
    assert len(numbers) == len(set(numbers))
