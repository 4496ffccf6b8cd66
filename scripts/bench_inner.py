"""The single steps of a conversion, timed with pytest-benchmark, and a profile of a whole one.

`pytest scripts/bench_inner.py` prints pytest-benchmark's own table; the tests of the project do not run this file.
"""

from __future__ import annotations

import cProfile
import json
import pstats
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from bench_inputs import export_alone, jekyll_site, post_text

MATTER = post_text(24, random.Random(1)).split("---\n")[1]
"""The front matter of a post, about 300 characters."""
PARAGRAPH = (
    "The <strong>kettle</strong> sang &amp; the <a href='/lake/'>lake</a> lay *still*, as it had all summer long. "
)
HTML = f"<h2>Morning</h2>\n<p>{PARAGRAPH * 4}</p>\n<ul><li>tea</li><li>bread</li></ul>\n<p>{PARAGRAPH * 6}</p>\n" * 4
MARKDOWN = (
    '## Morning\n\nSee ![a kettle](kettle.jpg), [the lake](/lake/) and {{< ref "other.md" >}}.\n\n' + "word " * 600
)
BODY = MARKDOWN.replace('{{< ref "other.md" >}}', "`code`") + "\n\n| a | b |\n|---|---|\n| c | d |\n"


def _read() -> Callable[[], object]:
    from hugoconv.frontmatter.document import FrontMatter

    return lambda: dict(FrontMatter(MATTER, "yaml"))


def _edit() -> Callable[[], object]:
    from hugoconv.frontmatter.document import FrontMatter

    def edit() -> str:
        front_matter = FrontMatter(MATTER, "yaml")
        front_matter["title"] = "Another title"
        return front_matter.matter

    return edit


def _write() -> Callable[[], object]:
    from hugoconv.frontmatter.document import FrontMatter
    from hugoconv.frontmatter.yaml import writer

    values = dict(FrontMatter(MATTER, "yaml"))
    return lambda: writer.write(values)


def _to_toml() -> Callable[[], object]:
    from hugoconv.frontmatter.conversion import matter_in
    from hugoconv.frontmatter.document import FrontMatter
    from hugoconv.report.findings import Findings

    return lambda: matter_in(FrontMatter(MATTER, "yaml"), "toml", Findings().at("a.md"), frozenset({"date"}))


def _to_markdown() -> Callable[[], object]:
    from hugoconv.markup.html import to_markdown
    from hugoconv.report.findings import Findings

    return lambda: to_markdown(HTML, Findings().at("a.xml"))


def _tree() -> Callable[[], object]:
    from hugoconv.markup.html_tree import parse

    return lambda: parse(HTML)


def _tree_of_bs4() -> Callable[[], object]:
    from bs4 import BeautifulSoup

    return lambda: BeautifulSoup(HTML, "lxml")


def _tree_of_lxml() -> Callable[[], object]:
    from lxml import html

    return lambda: sum(1 for _ in html.document_fromstring(HTML).iter())


def _scan() -> Callable[[], object]:
    from hugoconv.systems.hugo.dialect import HUGO

    return lambda: (HUGO.scan(MARKDOWN), HUGO.references(MARKDOWN))


def _jekyll_body() -> Callable[[], object]:
    from hugoconv.report.findings import Findings
    from hugoconv.systems.hugo.dialect import HUGO
    from hugoconv.systems.jekyll.liquid_to_hugo import JekyllBodyContext, to_hugo_body

    context = JekyllBodyContext(target=HUGO)
    return lambda: to_hugo_body(BODY, context, Findings().at("a.md"))


def _address() -> Callable[[], object]:
    from hugoconv.systems.hugo.permalinks import Permalink
    from hugoconv.systems.hugo.urls import UrlRules, page_address

    rules = UrlRules((Permalink("/:section/:slug/"),))
    return lambda: page_address("posts/Some Page", slug="some-page", rules=rules)


STEPS: dict[str, Callable[[], Callable[[], object]]] = {
    "read a front matter": _read,
    "edit a key": _edit,
    "write a front matter": _write,
    "YAML to TOML": _to_toml,
    "HTML to Markdown (7 kB)": _to_markdown,
    "its tree, as it is built here": _tree,
    "its tree, as bs4 builds it": _tree_of_bs4,
    "its tree in lxml alone": _tree_of_lxml,
    "constructs and references of a body (3 kB)": _scan,
    "a body from Jekyll to Hugo (3 kB)": _jekyll_body,
    "the address of a page": _address,
}


def pytest_generate_tests(metafunc: Any) -> None:
    """Make a benchmark of each step."""
    if "step" in metafunc.fixturenames:
        metafunc.parametrize("step", STEPS, ids=STEPS)


def test_step(step: str, benchmark: Any) -> None:
    """Time a step."""
    benchmark(STEPS[step]())


def inner(repeat: int) -> str:
    """Return the steps with their times, as a table."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", __file__]
    command += ["--benchmark-json=/dev/stdout", "--benchmark-quiet", f"--benchmark-max-time={0.2 * repeat}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    start = done.stdout.find("{\n")
    if done.returncode or start < 0:
        return "pytest-benchmark is not installed, so the steps were not timed."
    found = json.JSONDecoder().raw_decode(done.stdout[start:])[0]
    lines = ["**Single steps**", "", "| step | µs, the best | median |", "|---|--:|--:|"]
    for each in found["benchmarks"]:
        stats = each["stats"]
        lines.append(f"| {each['params']['step']} | {stats['min'] * 1e6:,.0f} | {stats['median'] * 1e6:,.0f} |")
    return "\n".join(lines)


ROOMS = {
    "reading the export": ("systems/wordpress/wxr/",),
    "its items as posts": ("systems/wordpress/",),
    "bodies to Markdown": ("markup/",),
    "front matter": ("frontmatter/", "fields.py", "model/"),
    "places and addresses in Hugo": ("systems/hugo/",),
    "other systems": ("systems/",),
    "the run, links and writing": ("migrate/",),
}
"""What the rooms of the code do, the first that fits counts."""


def profile(folder: Path, size: int) -> str:
    """Return how the processor time of two conversions is spread over the rooms of the code, as a table."""
    columns = []
    for make in (export_alone, jekyll_site):
        make(folder / make.__name__, size)
        columns.append(_spread(folder / make.__name__, folder / f"{make.__name__}-out"))
    lines = [
        "**Where the time goes**, in percent of the processor time of one process",
        "",
        "| room | WordPress to Hugo | Jekyll to Hugo |",
        "|---|--:|--:|",
    ]
    lines += [f"| {name} | {' | '.join(f'{column.get(name, 0):.0f}' for column in columns)} |" for name in columns[0]]
    return "\n".join(lines)


def _spread(source: Path, target: Path) -> dict[str, float]:
    """Return the percentages of the rooms; the time of libraries counts for the room that called them."""
    from hugoconv.__main__ import main

    profiler = cProfile.Profile(time.process_time)
    profiler.runcall(main, ["convert", str(source), str(target), "--to", "hugo", "-q", "-j", "1"])
    stats: dict[Any, Any] = pstats.Stats(profiler).stats  # type: ignore[attr-defined]
    spent = dict.fromkeys((*ROOMS, "all else: starting, command line"), 0.0)
    total = sum(own for _, _, own, _, _ in stats.values())
    shares: dict[Any, dict[str, float]] = {}

    def share(function: Any, path: frozenset[Any]) -> dict[str, float]:
        """Return for which rooms a function works, as parts of 1."""
        room = _room(function[0])
        if room:
            return {room: 1.0}
        if function in shares:
            return shares[function]
        callers = {each: timing for each, timing in stats[function][4].items() if each not in path}
        weight = sum(timing[2] for timing in callers.values())
        found: dict[str, float] = {}
        for caller, timing in callers.items():
            part = timing[2] / weight if weight else 1 / len(callers)
            for name, amount in share(caller, path | {function}).items():
                found[name] = found.get(name, 0) + amount * part
        shares[function] = found or {"all else: starting, command line": 1.0}
        return shares[function]

    for function, (_, _, own, _, _) in stats.items():
        for name, amount in share(function, frozenset()).items():
            spent[name] += own * amount
    return {name: seconds / total * 100 for name, seconds in spent.items()}


def _room(file: str) -> str:
    _, found, inside = file.replace("\\", "/").rpartition("/hugoconv/")
    if not found:
        return ""
    return next(
        (name for name, starts in ROOMS.items() if inside.startswith(starts)), "all else: starting, command line"
    )
