"""The report page: one file, everything escaped, the worst first, usable in a real browser."""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from hugoconv.report.codes import CODES
from hugoconv.report.page import PLACES_SHOWN, page, verdict
from hugoconv.report.report import Report

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def report(**counts: int) -> Report:
    made = Report("old blog", "new", "jekyll", "hugo", seconds=1.25)
    made.posts = counts.pop("posts", 3)
    made.failed = counts.pop("failed", 0)
    made.dropped = counts.pop("dropped", 0)
    made.post_files.update(counts or {"written": 3})
    return made


class Outline(HTMLParser):
    """Collects the tags, attributes and texts of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.text = "".join(self.texts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


VERDICTS = {
    "all well": ([], {}, "3 posts moved; nothing needs you"),
    "one post": ([], {"posts": 1}, "1 post moved; nothing needs you"),
    "notes only": (["HC606"], {}, "3 posts moved; nothing needs you"),
    "one warning": (["HC308"], {}, "3 posts moved; 1 warning to look at"),
    "a failure": (["HC605", "HC308"], {"failed": 1}, "2 of 3 posts moved; 1 error needs you"),
    "two errors": (["HC605", "HC605"], {}, "3 posts moved; 2 errors need you"),
}
DETAILS: dict[str, dict[str, Any]] = {
    "HC606": {"name": "tidy"},
    "HC308": {"path": "a"},
    "HC605": {"path": "a", "detail": "disk full"},
}


@pytest.mark.parametrize(("codes", "counts", "sentence"), VERDICTS.values(), ids=VERDICTS)
def test_the_verdict_is_one_sentence(codes: list[str], counts: dict[str, int], sentence: str) -> None:
    made = report(**counts)
    for code in codes:
        made.findings.add(code, **DETAILS[code])
    assert verdict(made) == sentence
    assert sentence in Outline(page(made)).text


def test_a_dry_run_says_so() -> None:
    made = report()
    made.dry_run = True
    text = Outline(page(made)).text
    assert "3 posts would be moved" in text
    assert "nothing was written" in text


def test_counts_of_what_became_of_the_posts() -> None:
    text = Outline(page(report(posts=1206, written=1180, unchanged=20, kept=4, failed=2, dropped=14))).text
    for words in ("1,180 posts written", "20 already there", "4 kept as you edited them", "14 left out", "2 failed"):
        assert words in text
    assert "old blog (jekyll) → new (hugo) · 1.2 s" in text


def test_everything_is_escaped_and_control_characters_are_made_visible() -> None:
    made = report()
    made.source = "<img src=x onerror=alert(1)>"
    made.findings.add("HC301", file='"><script>alert(2)</script>', line=3, name="</details>\x1b[31m\n$filter ${title}")
    text = page(made)
    outline = Outline(text)
    assert [tag for tag, _ in outline.tags].count("script") == 1
    assert "img" not in [tag for tag, _ in outline.tags]
    assert "<script>alert(2)</script>:3" in outline.text
    assert "</details>\\x1b[31m\\n$filter ${title}" in outline.text
    assert "\x1b" not in text


def test_names_that_are_not_utf8_do_not_stop_the_report(tmp_path: Path) -> None:
    made = report()
    made.findings.add("HC110", file="caf\udce9.txt")
    made.write(tmp_path / "report.html")
    assert "caf\\udce9.txt" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_the_page_needs_nothing_else() -> None:
    made = report()
    made.findings.add("HC401", file="a.md", target="https://tracker.example/pixel.png")
    text = page(made)
    for tag, attributes in Outline(text).tags:
        assert not {"src", "srcset", "action"} & set(attributes), tag
        assert attributes.get("href", "data:,") == "data:,"
    assert not re.search(r"@import|url\(", text)
    assert "default-src 'none'" in text


def test_findings_stand_by_code_the_worst_first_then_the_commonest() -> None:
    made = report()
    made.findings.add("HC606", file="n.md", name="tidy")
    made.findings.add("HC308", file="w.md", path="w")
    for number in range(2):
        made.findings.add("HC401", file=f"{number}.md", target="x.png")
    made.findings.add("HC605", file="e.md", path="e", detail="disk full")
    outline = Outline(page(made))
    groups = [attributes["class"] for tag, attributes in outline.tags if tag == "details"]
    assert groups == ["error", "warning", "warning", "info"]
    found = re.findall(r"HC\d{3}", outline.text.partition("const filter")[0])
    assert found == ["HC605", "HC401", "HC308", "HC606"]
    for code in found:
        assert CODES[code].why in outline.text
        assert CODES[code].remedy in outline.text


def test_what_differs_from_place_to_place_is_left_open_in_the_heading() -> None:
    made = report()
    for name in ("gallery", "video"):
        made.findings.add("HC301", file=f"{name}.md", name=name)
        made.findings.add("HC534", file=f"{name}.md", count=1000, words=name, old="x.md")
    text = Outline(page(made)).text
    assert "unmapped shortcode … (kept as text)" in text
    assert "… words of … are missing: …" in text
    assert "video.mdunmapped shortcode video" in text


@pytest.mark.parametrize(("count", "note"), [(PLACES_SHOWN, ""), (PLACES_SHOWN + 5, "... and 5 more places")])
def test_very_many_places_are_cut_and_counted(count: int, note: str) -> None:
    made = report()
    for number in range(count):
        made.findings.add("HC401", file=f"{number}.md", target="x.png")
    text = page(made)
    assert text.count('class="place"') == PLACES_SHOWN
    assert f"{count} warnings" in text
    assert ("more places" in text) == bool(note)
    assert note in text


def test_without_findings_there_is_no_filter() -> None:
    outline = Outline(page(report()))
    assert "There is nothing to report." in outline.text
    assert "input" not in [tag for tag, _ in outline.tags]


@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")
@pytest.mark.parametrize(
    ("words", "visible"),
    [("", ["a.md", "b.md", "c.md"]), ("GALLERY", ["a.md"]), ("hc308", ["c.md"]), ("b.md video", ["b.md"]), ("zzz", [])],
)
def test_the_filter_in_a_real_browser(words: str, visible: list[str], tmp_path: Path) -> None:
    made = report()
    made.findings.add("HC301", file="a.md", name="gallery")
    made.findings.add("HC301", file="b.md", name="video")
    made.findings.add("HC308", file="c.md", path="c.md")
    script = f"""<script>
filter.value = {words!r}; filter.dispatchEvent(new Event("input"));
const isSeen = (place) => !place.hidden && !place.closest("details").hidden;
const seen = [...document.querySelectorAll(".place")].filter(isSeen);
document.title = "seen:" + seen.map((place) => place.querySelector("code").textContent).join();
</script></body>"""
    (tmp_path / "report.html").write_text(page(made).replace("</body>", script), encoding="utf-8")
    command = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    command += ["--dump-dom", (tmp_path / "report.html").as_uri()]
    shown = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    found = re.search(r"<title>seen:(.*?)</title>", shown)
    assert found, shown[:500]
    assert [name for name in found[1].split(",") if name] == visible
