"""Time zones by their names, and by what POSIX calls them."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

import pytest
from built_sites import build_hugo

import hugoconv
from hugoconv.zones import name_of_environment, zone_named, zone_or_utc


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("EST5EDT", "EST5EDT"),
        ("UTC+3", "Etc/GMT+3"),
        ("GMT-5:00", "Etc/GMT-5"),
        ("JST9", "Etc/GMT+9"),
        ("+0100", ""),
        ("UTC+31", ""),
        ("Nowhere/City", ""),
        ("../../etc/passwd", ""),
        ("", ""),
    ],
)
def test_what_the_environment_may_say(value: str, name: str) -> None:
    assert name_of_environment(value) == name


def test_a_zone_nobody_knows_is_utc_where_one_is_needed() -> None:
    assert zone_named("Nowhere/City") is None
    assert zone_or_utc("Nowhere/City") is UTC


@pytest.mark.parametrize(("written", "setting"), [("+0100", ""), ("UTC+3", 'timeZone = "Etc/GMT+3"')])
def test_a_jekyll_site_in_an_odd_zone_builds_in_hugo(written: str, setting: str, tmp_path: Path) -> None:
    site = tmp_path / "old"
    (site / "_posts").mkdir(parents=True)
    (site / "_config.yml").write_text(f'timezone: "{written}"\n')
    (site / "_posts" / "2020-01-01-a.md").write_text("---\ndate: 2020-01-01 00:30:00 +0000\n---\ntext\n")
    report = hugoconv.convert(site, tmp_path / "new", to="hugo")
    config = (tmp_path / "new" / "hugo.toml").read_text()
    assert setting in config
    assert ("timeZone" in config) == bool(setting)
    named = [str(finding) for finding in report.findings if finding.code == "HC330"]
    assert any("timezone" in text for text in named) == (not setting)
    build_hugo(tmp_path / "new", tmp_path / "built")
    address = "2019/12/31" if setting else "2020/01/01"
    assert (tmp_path / "built" / address / "a.html").exists()
