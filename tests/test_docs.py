"""The documentation cannot rot: its tables are the code's own, and all that it names is there."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re
from pathlib import Path
from types import ModuleType

import pytest

import hugoconv
from hugoconv import exporters, importers
from hugoconv.report.codes import CODES

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.fixture
def make_docs(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    import make_docs as module

    return module


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_tables_and_transcripts_are_the_codes_own(page: Path, make_docs: ModuleType) -> None:
    text = page.read_text(encoding="utf-8")
    assert make_docs.made(text) == text, "run scripts/make_docs.py"


def test_a_stale_table_is_made_anew(make_docs: ModuleType) -> None:
    stale = "# x\n<!-- table: codes HC6 -->\nstale row\n<!-- /table -->\nafter\n"
    made = make_docs.with_tables(stale)
    assert "stale row" not in made
    assert "**HC601**" in made
    assert made.endswith("<!-- /table -->\nafter\n")
    assert make_docs.with_tables(made) == made


def test_a_transcript_is_what_the_commands_print(make_docs: ModuleType, fixtures: Path) -> None:
    page = "<!-- folder: export.xml=wxr/sample.xml -->\n```toml\n# a.toml\nx = 1\n```\n```sh\nmkdir new\n```\n"
    stale = "```console\n$ ls\nnothing\n$ hugoconv explain HC301 | head -1\n```\n"
    made = make_docs.with_transcripts(page + stale)
    assert made == page + "```console\n$ ls\na.toml\nexport.xml\nnew\n$ hugoconv explain HC301 | head -1\n" + (
        "HC301 (warning): unmapped shortcode {name} (kept as text)\n```\n"
    )
    with pytest.raises(RuntimeError, match="exit code 2"):
        make_docs.with_transcripts(page.replace("mkdir new", "hugoconv convert nowhere new --to hugo"))


def test_every_code_and_every_option_is_in_the_documentation(make_docs: ModuleType) -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert not [code for code in CODES if f"**{code}**" not in text]
    for registry in (importers, exporters):
        for name in registry:
            for each in make_docs.options_of(registry.load(name)):
                assert f"`{registry.kind}.{each.name}`" in text, (name, each.name)


def test_a_body_in_the_documentation_is_converted_by_the_real_run(make_docs: ModuleType) -> None:
    converted = make_docs.converted_body
    assert converted("{% highlight ruby %}\nputs 1\n{% endhighlight %}\n", "jekyll", "hugo") == "```ruby\nputs 1\n```\n"
    assert "youtube.html" in converted("{{< youtube abcdefghijk >}}\n", "hugo", "jekyll")
    assert converted("<p>Hi</p>", "wordpress", "hugo").strip() == "Hi"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([\w./-]+\.md)", text):
        assert (page.parent / target).exists(), target


def test_examples_in_docstrings_are_true() -> None:
    modules = [
        each.name for each in pkgutil.walk_packages(hugoconv.__path__, "hugoconv.") if "__main__" not in each.name
    ]
    results = [doctest.testmod(importlib.import_module(name)) for name in modules]
    assert sum(result.attempted for result in results) > 0
    assert sum(result.failed for result in results) == 0
