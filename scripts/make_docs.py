#!/usr/bin/env python3
"""Write the tables and transcripts in README.md and docs/ anew from what the code is and prints: make_docs.py [--check]

A table stands in a page between `<!-- table: NAME WORDS... -->` and `<!-- /table -->`; TABLES below has the names.
The `console` blocks of a page with a line `<!-- folder: NAME=FIXTURE ... -->` are run, one after another, in a new
folder that holds those fixtures under those names; what the commands print replaces what stands below them. Its `sh`
blocks are run too, and show nothing; its `toml`, `python` and `yaml` blocks that begin with `# FILE` become that file.
With --check nothing is written, and the exit code is 1 when a page is not what it should be.
"""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typer

import hugoconv as hc
from hugoconv.cli.app import app
from hugoconv.cli.config import KINDS
from hugoconv.cli.move import file_keys
from hugoconv.fields import KeyTable
from hugoconv.report.codes import CODES
from hugoconv.systems.options import options_of

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
_FOLDER = re.compile(r"<!-- folder:(.*?)-->", re.DOTALL)
_BLOCK = re.compile(r"^```(?P<language>console|sh|toml|python|yaml)\n(?P<content>.*?)^```$", re.MULTILINE | re.DOTALL)
_TABLE = re.compile(r"(?<=<!-- table: )(?P<call>.*?)(?P<end> -->\n)(?P<old>.*?)(?=<!-- /table -->)", re.DOTALL)


def pages() -> list[Path]:
    """Return the pages of the documentation."""
    return [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]


def made(text: str) -> str:
    """Return a page as it should be."""
    return with_transcripts(with_tables(text))


def with_transcripts(text: str) -> str:
    """Return a page with what its commands print; a page that names no folder has none that are run."""
    folder = _FOLDER.search(text)
    if folder is None:
        return text
    with TemporaryDirectory() as name:
        work = Path(name, "work")
        work.mkdir()
        for pair in folder[1].split():
            own, _, fixture = pair.partition("=")
            source = ROOT / "tests" / "fixtures" / fixture
            if fixture:
                (shutil.copytree if source.is_dir() else shutil.copy)(source, work / own)
        return _BLOCK.sub(lambda match: _run_block(match, work), text)


def _run_block(match: re.Match[str], folder: Path) -> str:
    language, content = match["language"], match["content"]
    if language == "console":
        commands = [line[2:] for line in content.splitlines() if line.startswith("$ ")]
        shown = "".join(f"$ {command}\n{_output(command, folder)}" for command in commands)
        return f"```console\n{shown}```"
    if language == "sh":
        _output(f"set -e\n{content}", folder)
    elif file := re.match(r"# ([\w./-]+\.\w+)\n", content):
        (folder / file[1]).write_text(content, encoding="utf-8")
    return match[0]


def _output(command: str, folder: Path) -> str:
    """Return what a command prints, both streams; RuntimeError when it could not run (exit codes above 1)."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path, "NO_COLOR": "1", "COLUMNS": "100"}
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    text = done.stdout.decode()
    if done.returncode > 1:
        raise RuntimeError(f"{command}: exit code {done.returncode}\n{text}")
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def with_tables(text: str) -> str:
    """Return a page with its tables as the code is now."""

    def anew(match: re.Match[str]) -> str:
        name, *words = match["call"].split()
        return f"{match['call']}{match['end']}\n{TABLES[name](*words)}\n\n"

    return _TABLE.sub(anew, text)


def markdown_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table; cells are Markdown."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", "<br>")


def _code(text: str) -> str:
    """Return text as inline code, "" for none."""
    return f"`{text}`" if text else ""


def _plain(text: str) -> str:
    """Return text that Markdown shows as it is."""
    return re.sub(r"([\\`*_\[\]<>])", r"\\\1", text)


def systems() -> str:
    """Return the systems: what each is called, and whether it can be read and written."""
    names = dict.fromkeys((*hc.importers, *hc.exporters))
    rows = [
        (
            _code(name),
            *(registry.load(name).label if name in registry else "" for registry in (hc.importers, hc.exporters)),
        )
        for name in names
    ]
    return markdown_table(("name", "reads (`--from`)", "writes (`--to`)"), rows)


def options(name: str, kind: str) -> str:
    """Return the options of the importer or exporter of a system."""
    system: Any = (hc.importers if kind == "importer" else hc.exporters).load(name)
    rows = [
        (
            _code(f"{kind}.{each.name}"),
            _code(_default(each.default)),
            _plain(each.help),
            ", ".join(map(_code, filter(None, each.choices))),
        )
        for each in options_of(system)
    ]
    if not rows:
        return f"The {name} {kind} has no options."
    return markdown_table(("`--set`", "default", "what it does", "choices"), rows)


def _default(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return ",".join(value) if isinstance(value, tuple) else str(value)


def keys(*names: str) -> str:
    """Return the front matter keys of the typed fields in one or more systems, side by side."""
    tables: list[KeyTable] = [import_module(f"hugoconv.systems.{name}.keys").KEYS for name in names]
    fields = dict.fromkeys(field for table in tables for field in table.names())
    rows = []
    for field in fields:
        found = [(table, table.row(field)) for table in tables]
        values = dict.fromkeys(row.codec.name for _, row in found if row)
        rows.append(
            (_code(field), *(", ".join(map(_code, row.keys)) if row else "" for _, row in found), "; ".join(values))
        )
    return markdown_table(("field", *names, "value"), rows)


def losses(name: str) -> str:
    """Return what a system has no counterpart for, and whether it is kept as data."""
    rows = [(each.field, "kept as data" if each.kept else "no", _plain(each.note)) for each in _declaring(name).losses]
    return markdown_table(("what", "carried", "what becomes of it"), rows)


def _declaring(name: str) -> Any:
    """Return what declares a system's losses: its table, else its exporter."""
    exporter: Any = hc.exporters.load(name)
    return getattr(exporter, "target", exporter)


def codes(family: str = "") -> str:
    """Return the findings of a family ("HC3"), or all: code, severity, message, why, and what to do."""
    rows = [
        (
            f"**{row.code}**<br>{row.severity}",
            _plain(row.pattern()),
            f"{_plain(row.why)}<br>**What to do:** {_plain(row.remedy)}",
        )
        for row in CODES.values()
        if row.code.startswith(family)
    ]
    return markdown_table(("code", "message", "what it means"), rows)


def command(name: str) -> str:
    """Return the arguments and options of a command."""
    group: Any = typer.main.get_command(app)
    rows = []
    for parameter in group.commands[name].params:
        flags = [*parameter.opts, *parameter.secondary_opts]
        shown = f"{', '.join(flags)} {parameter.metavar or ''}" if flags[0].startswith("-") else parameter.metavar
        rows.append((_code(shown.strip()), _plain(parameter.help or "")))
    return markdown_table(("option", "what it does"), rows)


def configuration() -> str:
    """Return the keys of hugoconv.toml: table, key, kind of value, and the option that says the same."""
    group: Any = typer.main.get_command(app)
    parameters = {each.name: each for each in group.commands["convert"].params}
    rows = []
    for name, key in file_keys().items():
        parameter = parameters.get(key.field)
        option = max(parameter.opts, key=len) if parameter and parameter.opts[0].startswith("-") else ""
        table, _, word = name.partition(".")
        name = f"`[{table}]` `{word}`" if word else f"`[{table}]`"
        rows.append((name, KINDS[key.kind], _code(option), _plain(key.help)))
    return markdown_table(("key", "value", "like the option", "what it does"), rows)


def comparison() -> str:
    """Return what other tools and hugoconv make of the project's own fixtures, as scripts/compare_tools.py finds it."""
    from compare_tools import compared

    return markdown_table(("what", "other tool", "its figure", "hugoconv"), compared())


def file(name: str) -> str:
    """Return a file of the project as a listing."""
    language = {".py": "python", ".toml": "toml"}.get(Path(name).suffix, "text")
    return f"```{language}\n{(ROOT / name).read_text(encoding='utf-8')}```"


def settings(name: str) -> str:
    """Return what becomes of the keys of a system's configuration; those that only say how the program works last."""
    table = import_module(f"hugoconv.systems.{name}.settings").SETTINGS
    says: dict[tuple[str, str], list[str]] = {}
    for key, setting in table.items():
        says.setdefault((setting.outcome, setting.note), []).append(_code(key))
    rows = [(", ".join(group), outcome, _plain(note)) for (outcome, note), group in says.items()]
    return markdown_table(("setting", "outcome", "what becomes of it, or what to do"), rows)


def bodies(source: str, target: str, file: str) -> str:
    """Return what becomes of the texts of a file in docs/examples, parted by lines of `----`, from system to system.

    Each text is converted by the real run, as the body of a page in an otherwise empty site.
    """
    texts = re.split(r"^----\n", (DOCS / "examples" / file).read_text(encoding="utf-8"), flags=re.MULTILINE)
    rows = [(_listing(text), _listing(converted_body(text, source, target))) for text in texts]
    return markdown_table((source, target), rows)


def _listing(text: str) -> str:
    return f"<pre>{html.escape(text.strip(chr(10)), quote=False)}</pre>".replace("\n", "&#10;")


def converted_body(text: str, source: str, target: str) -> str:
    """Return a body of one system as another has it."""
    with TemporaryDirectory() as folder:
        name, page = _PAGES[source]
        old = Path(folder, "old", name)
        old.parent.mkdir(parents=True)
        old.write_text(page.replace("BODY", text), encoding="utf-8")
        root = old if source == "wordpress" else Path(folder, "old")
        if source == "jekyll":
            Path(folder, "old", "_config.yml").touch()
        hc.convert(root, Path(folder, "new"), from_=source, to=target)
        written = next(path for path in Path(folder, "new").rglob("*.md") if "sample" in path.name)
        return hc.load_post(written, target).body.text


def wordpress_blocks() -> str:
    """Return what becomes of the blocks that do not just hold their own HTML."""
    from hugoconv.systems.wordpress.bodies.blocks_to_html import HANDLERS
    from hugoconv.systems.wordpress.bodies.names import DYNAMIC

    rows = _by_handler({name.removeprefix("core/"): handler for name, handler in HANDLERS.items()})
    dynamic = ", ".join(f"`{name}`" for name in sorted(DYNAMIC))
    return markdown_table(("blocks", "become"), [*rows, (dynamic, "Left out and named: made when a page is viewed.")])


def wordpress_shortcodes() -> str:
    """Return what becomes of the shortcodes that are known."""
    from hugoconv.systems.wordpress.bodies.builders import LINES, PARTS, Part
    from hugoconv.systems.wordpress.bodies.shortcodes_to_html import HANDLERS

    builders = {
        "The headings, texts, pictures, films and links in its attributes, then what it encloses.": [
            name for name, part in PARTS.items() if part != Part()
        ],
        "What it encloses; how that is arranged is left out ([HC310](findings.md)).": [
            name for name, part in PARTS.items() if part == Part()
        ],
        "A line.": sorted(LINES),
    }
    rows = [(", ".join(f"`{name}`" for name in names), says) for says, names in builders.items()]
    return markdown_table(("shortcodes", "become"), [*_by_handler(HANDLERS), *rows])


def _by_handler(handlers: Mapping[str, Callable[..., Any]]) -> list[tuple[str, str]]:
    """Return the names with the same handler, and what its documentation says that it returns."""
    names: dict[str, list[str]] = {}
    for name, handler in handlers.items():
        says = (handler.__doc__ or "").strip().splitlines()[0].removeprefix("Return ")
        names.setdefault(says[:1].upper() + says[1:], []).append(f"`{name}`")
    return [(", ".join(group), says) for says, group in names.items()]


def wordpress_statuses() -> str:
    """Return what becomes of each status of an item."""
    from hugoconv.systems.wordpress.keys import STATUSES

    published = {"published": "public", "trash": "left out (`importer.trash`: a draft)"}
    rows = [
        (_code(name), published.get(status, "`draft: true`" + (f", `status: {status}`" if status != "draft" else "")))
        for name, status in STATUSES.items()
    ]
    rows.append(("with a password", "`draft: true`, `status: password`"))
    rows.append(("of a plug-in", "`draft: true`"))
    return markdown_table(("status", "in the new site"), rows)


def wordpress_seo() -> str:
    """Return the custom fields that are read for search engines."""
    from hugoconv.systems.wordpress.seo import SEO_FIELDS

    keys = {"description": "description"}
    rows = [
        (_code(keys.get(name, f"seo.{name}")), ", ".join(map(_code, fields))) for name, fields in SEO_FIELDS.items()
    ]
    return markdown_table(("key", "fields"), rows)


def wordpress_settings_types() -> str:
    """Return the post types that are not pages."""
    from hugoconv.systems.wordpress.keys import SETTINGS_TYPES

    return ", ".join(map(_code, sorted(SETTINGS_TYPES)))


def media_modes() -> str:
    """Return what `--media` can be."""
    from hugoconv.migrate.media import MEDIA_MODES

    return markdown_table(("`--media`", "what it does"), [(_code(name), text) for name, text in MEDIA_MODES.items()])


def content_networks() -> str:
    """Return the hosts from which plug-ins serve copies of a site's media."""
    from hugoconv.systems.wordpress.urls import CONTENT_NETWORKS

    return ", ".join(map(_code, CONTENT_NETWORKS))


_PAGES = {
    "hugo": ("content/posts/sample.md", "---\ntitle: Sample\ndate: 2024-01-02\n---\nBODY"),
    "jekyll": ("_posts/2024-01-02-sample.md", "---\ntitle: Sample\n---\nBODY"),
    "wordpress": (
        "export.xml",
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Old</title><link>https://old.example</link>'
        "<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://old.example</wp:base_blog_url><item>"
        "<title>Sample</title><link>https://old.example/sample/</link><content:encoded><![CDATA[BODY]]></content:encoded>"
        "<wp:post_id>1</wp:post_id><wp:post_date>2024-01-02 03:04:05</wp:post_date><wp:post_name>sample</wp:post_name>"
        "<wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item></channel></rss>",
    ),
}
"""A site's file with one page, by system; BODY stands for the page's text."""


def jekyll_settings() -> str:
    """Return what becomes of the settings of a Jekyll site, without those that only say how it is built."""
    from hugoconv.systems.jekyll.settings import SETTINGS
    from hugoconv.systems.settings import BUILD

    rows = [(_code(key), row.outcome, row.note) for key, row in SETTINGS.items() if row.outcome != BUILD]
    return markdown_table(("`_config.yml`", "outcome", ""), rows)


def liquid_tags() -> str:
    """Return what becomes of Liquid's tags on the way to Hugo."""
    from hugoconv.systems.jekyll.tags import RULES

    rows = [(_code(f"{{% {name} %}}"), (rule.__doc__ or "").partition("\n")[0]) for name, rule in RULES.items()]
    return markdown_table(("tag", "becomes"), rows)


TABLES: dict[str, Callable[..., str]] = {
    each.__name__: each
    for each in (
        *(systems, options, keys, losses, codes, command, configuration, settings, bodies, comparison, file),
        *(wordpress_blocks, wordpress_shortcodes, wordpress_statuses, wordpress_seo, wordpress_settings_types),
        *(media_modes, content_networks),
        *(jekyll_settings, liquid_tags),
    )
}


def main() -> int:
    """Write the pages, or with --check say which are not what they should be."""
    is_check = "--check" in sys.argv[1:]
    stale = [(page, new) for page in pages() if (new := made(text := page.read_text("utf-8"))) != text]
    for page, new in stale:
        print(
            f"{page.relative_to(DOCS.parent)}: "
            + ("not up to date; run scripts/make_docs.py" if is_check else "written")
        )
        if not is_check:
            page.write_text(new, encoding="utf-8")
    return 1 if is_check and stale else 0


if __name__ == "__main__":
    raise SystemExit(main())
