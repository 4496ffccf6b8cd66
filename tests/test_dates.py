"""Dates keep their text, precision and zone; Hugo and Ruby read what the real programs read."""

from __future__ import annotations

import html
import subprocess
from collections.abc import Callable
from datetime import UTC
from pathlib import Path

import pytest
from programs import needs_jekyll

from hugoconv.frontmatter.dates import parse_hugo, parse_iso, parse_ruby

SHAPES: dict[str, tuple[str | None, str | None]] = {
    "2020-01-02": ("2020-01-02T00:00:00", "2020-01-02T00:00:00"),
    "2020-01-02T03:04:05Z": ("2020-01-02T03:04:05+00:00",) * 2,
    "2020-01-02T03:04:05.930Z": ("2020-01-02T03:04:05.930000+00:00",) * 2,
    "2020-01-02T03:04:05+02:00": ("2020-01-02T03:04:05+02:00",) * 2,
    "2020-01-02T03:04:05-0400": ("2020-01-02T03:04:05-04:00",) * 2,
    "2020-01-02T3:04:05": ("2020-01-02T03:04:05",) * 2,
    "2020-01-02 03:04:05": ("2020-01-02T03:04:05",) * 2,
    "2020-01-02 03:04:05 -0400": ("2020-01-02T03:04:05-04:00",) * 2,
    "2020-01-02 03:04:05 -04:00": ("2020-01-02T03:04:05-04:00",) * 2,
    "2020-01-02 03:04:05-04:00": ("2020-01-02T03:04:05-04:00",) * 2,
    "2020-01-02 03:04:05.123456789 +01:00": ("2020-01-02T03:04:05.123456+01:00",) * 2,
    "02 Jan 2020": ("2020-01-02T00:00:00", "2020-01-02T00:00:00"),
    "Mon, 02 Jan 2006 15:04:05 -0700": ("2006-01-02T15:04:05-07:00", "2006-01-02T15:04:05-07:00"),
    "2015-09-21 16:52": (None, "2015-09-21T16:52:00"),
    "2020-1-2": (None, "2020-01-02T00:00:00"),
    "2016-1-2 3:04:05": (None, "2016-01-02T03:04:05"),
    "June 23, 2020": (None, "2020-06-23T00:00:00"),
    "Jan 2 2020": (None, "2020-01-02T00:00:00"),
    "2020/01/02": (None, "2020-01-02T00:00:00"),
    "2020-01-02 (optional)": (None, "2020-01-02T00:00:00"),
    "2020-01-02 03:04:05 +0200 (CEST)": (None, "2020-01-02T03:04:05+02:00"),
    "2020-01-02 10:11 EST": (None, "2020-01-02T10:11:00-05:00"),
    "2023-01-29 18:30:22 2023 -0800": (None, "2023-01-29T18:30:22"),
    "2020-13-45": (None, None),
    "none": (None, None),
}


@pytest.mark.parametrize("text", SHAPES)
def test_each_program_reads_its_own_shapes(text: str) -> None:
    for parse, expected in zip((parse_hugo, parse_ruby), SHAPES[text], strict=True):
        moment = parse(text)
        assert (moment.value.isoformat() if moment else None) == expected
        assert moment is None or moment.text == text


def test_the_real_hugo_agrees(tmp_path: Path, build_hugo: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    """Each shape that we say Hugo reads is read, as that instant; each that we say it refuses stops its build."""
    (tmp_path / "hugo.toml").write_text('baseURL = "https://example.org/"\n')
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts" / "page.html").write_text('{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}')
    content = tmp_path / "content"
    content.mkdir()
    readable = {f"p{number}": text for number, text in enumerate(SHAPES) if SHAPES[text][0]}
    for name, text in readable.items():
        (content / f"{name}.md").write_text(f'---\ntitle: x\ndate: "{text}"\n---\n')
    built = build_hugo(tmp_path)
    assert built.returncode == 0, built.stderr
    for name, text in readable.items():
        moment = parse_hugo(text)
        assert moment is not None
        aware = moment.value if moment.has_zone else moment.value.replace(tzinfo=UTC)
        printed = html.unescape((tmp_path / "public" / name / "index.html").read_text())
        assert parse_iso(printed).value == aware.replace(microsecond=0), text  # type: ignore[union-attr]
    for text in (text for text in SHAPES if SHAPES[text][0] is None):
        (content / "refused.md").write_text(f'---\ntitle: x\ndate: "{text}"\n---\n')
        assert build_hugo(tmp_path).returncode != 0, text


@needs_jekyll
def test_the_real_ruby_agrees() -> None:
    script = """require "time"
        STDIN.each_line { |line| puts((Time.parse(line.chomp).strftime("%Y-%m-%dT%H:%M:%S%:z") rescue "-")) }"""
    texts = list(SHAPES)
    printed = subprocess.run(
        ["ruby", "-e", script],
        input="\n".join(texts),
        capture_output=True,
        text=True,
        check=True,
        env={"TZ": "UTC", "PATH": "/usr/bin:/bin"},
    ).stdout.splitlines()
    for text, ruby in zip(texts, printed, strict=True):
        moment = parse_ruby(text)
        if moment is None:
            continue  # Ruby guesses at some texts that are no dates
        aware = moment.value if moment.has_zone else moment.value.replace(tzinfo=UTC)
        assert parse_iso(ruby).value == aware.replace(microsecond=0), text  # type: ignore[union-attr]


RFC3339 = {
    "2020-01-02": "2020-01-02",
    "2020-01-02 03:04:05": "2020-01-02T03:04:05+00:00",
    "2020-01-02 03:04": "2020-01-02T03:04:00+00:00",
    "2020-01-02T03:04:05.120Z": "2020-01-02T03:04:05.120Z",
    "2020-01-02 03:04:05 -4": "2020-01-02T03:04:05-04:00",
    "2020-01-02T03:04:05+05:30": "2020-01-02T03:04:05+05:30",
}


@pytest.mark.parametrize(("text", "expected"), RFC3339.items(), ids=RFC3339)
def test_written_dates_keep_precision_and_zone(text: str, expected: str) -> None:
    moment = parse_iso(text)
    assert moment is not None
    assert moment.rfc3339() == expected


@pytest.mark.parametrize("zone", ["+00:00", "-00:00", "+05:30", "-11:45", "+23:59", "+24:00", "+10:60"])
@pytest.mark.parametrize("time", ["00:00:00", "23:59:59", "24:00:00", "12:60:00", "12:00:60"])
@pytest.mark.parametrize("day", ["2020-02-29", "2019-02-29", "0001-01-01", "0000-01-01", "2020-13-01", "2020-12-31"])
def test_the_usual_shape_is_read_as_any_other_way_of_writing_the_same(day: str, time: str, zone: str) -> None:
    usual, spelt_out = (parse_iso(f"{day}{separator}{time}{zone}") for separator in ("T", " "))
    assert (usual is None) == (spelt_out is None)
    if usual is not None and spelt_out is not None:
        assert usual.value.isoformat() == spelt_out.value.isoformat()
        assert usual.precision == spelt_out.precision
