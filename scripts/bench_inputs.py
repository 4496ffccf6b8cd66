"""What the benchmarks convert: made anew each time, the same bytes on every machine."""

from __future__ import annotations

import random
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from make_export import write_export

WORDS = (
    *("harbour", "tide", "lamp", "rope", "anchor", "keel", "the", "of", "a", "and", "storm", "light", "quay", "boat"),
    *("salt", "mast", "wind", "cable", "buoy", "chart", "north", "evening", "signal", "fog", "deck", "shore", "wave"),
    *("pilot", "bell", "ledger"),
)


def hugo_site(folder: Path, size: int) -> None:
    """Write a Hugo site of `size` posts with YAML front matter as people write it, about 3 kB a post."""
    posts = folder / "content" / "posts"
    posts.mkdir(parents=True)
    (folder / "hugo.toml").write_text('baseURL = "https://example.org/"\ntitle = "Harbour"\n')
    chance = random.Random(20200102)
    for number in range(size):
        (posts / f"post-{number}.md").write_text(post_text(number, chance))


def jekyll_site(folder: Path, size: int) -> None:
    """Write a Jekyll site of `size` posts, the same texts as `hugo_site` has."""
    posts = folder / "_posts"
    posts.mkdir(parents=True)
    (folder / "_config.yml").write_text("url: https://example.org\ntitle: Harbour\npermalink: /:year/:title/\n")
    chance = random.Random(20200102)
    for number in range(size):
        (posts / f"{day_of(number)}-post-{number}.md").write_text(post_text(number, chance))


def day_of(number: int) -> str:
    """Return the day of a post."""
    return f"{2005 + number % 18}-{1 + number % 12:02}-{1 + number % 28:02}"


def post_text(number: int, chance: random.Random) -> str:
    """Return a post: front matter in YAML, and five paragraphs."""

    def words(count: int) -> str:
        return " ".join(chance.choices(WORDS, k=count))

    lines = [
        f"title: {words(5).capitalize()}",
        f"date: {day_of(number)}T10:{number % 60:02}:00+01:00",
        f'description: "{words(12)}: {words(3)}"',
        f"slug: post-{number}",
        "tags:",
        *(f"  - {tag}" for tag in sorted(set(chance.choices(WORDS, k=3)))),
        f"weight: {number}",
    ]
    if number % 3 == 0:
        lines += ["params:", "  featured: true", f"  ratio: {number / 7:.3f}"]
    if number % 8 == 0:
        lines.insert(1, "# when it was written")
    body = "\n\n".join(words(90) + "." for _ in range(5))
    return "---\n" + "\n".join(lines) + f"\n---\n\n{body}\n"


def wordpress_export(folder: Path, size: int) -> None:
    """Write an export of `size` posts with pictures, pages and comments, about 7 kB a post, and the pictures."""
    folder.mkdir(parents=True)
    write_export(folder / "export.xml", posts=size, length=3)
    with (folder / "export.xml").open() as lines:
        for line in lines:
            for name in re.findall(r"<wp:attachment_url><!\[CDATA\[[^]]*/uploads/([^]]+)", line):
                path = folder / "wp-content" / "uploads" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(name.encode() * 400)


def export_alone(folder: Path, size: int) -> None:
    """Write an export of `size` posts without its pictures."""
    folder.mkdir(parents=True)
    write_export(folder / "export.xml", posts=size, length=3)
