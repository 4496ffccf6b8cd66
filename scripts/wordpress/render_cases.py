#!/usr/bin/env python3
"""Write down what a real WordPress shows for each test case of a body: render_cases.py WORDPRESS [CASE...]

WORDPRESS is the folder of a WordPress that `render.php` may use (set up, no posts worth keeping). Writes
`NN-name.wordpress.html` beside each `NN-name.input.html` of tests/fixtures/cases/wordpress.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from wordpress_cases import CASES, CHILDREN, MEDIA, NAMES, NOTES, SHARED, fixture  # noqa: E402

POST = 1000


def main(arguments: list[str]) -> int:
    """Render the cases named, or all."""
    wordpress, *names = arguments
    for name in names or NAMES:
        given = json.dumps({"home": "https://old.example", "items": _items(name)})
        command = ["php", str(Path(__file__).with_name("render.php")), wordpress]
        run = subprocess.run(command, input=given, capture_output=True, text=True, check=True)
        shown: dict[str, str] = json.loads(run.stdout)
        (CASES / f"{name}.wordpress.html").write_text(shown[str(POST)].strip() + "\n", encoding="utf-8")
    return 0


def _items(name: str) -> list[dict[str, Any]]:
    notes = [{"content": text, "id": identifier} for identifier, text in NOTES.get(name, {}).items()]
    meta = [("footnotes", json.dumps(notes))] if notes else []
    items = [_item(POST, "post", content=fixture(name), meta=meta)]
    items += [_item(number, "wp_block", content=text) for number, text in SHARED.items()]
    for number, media in MEDIA.items():
        parent = POST if number in CHILDREN else 0
        about = {
            "title": media.title or f"Medium {number}",
            "excerpt": media.caption,
            "mime": media.mime,
            "url": media.url,
        }
        alt = [("_wp_attachment_image_alt", media.alt)]
        items.append(_item(number, "attachment", parent=parent, meta=alt) | about)
    return items


def _item(
    number: int, kind: str, *, content: str = "", parent: int = 0, meta: list[tuple[str, str]] | None = None
) -> dict[str, Any]:
    about = {"id": number, "type": kind, "parent": parent, "order": 0, "title": f"Item {number}", "content": content}
    return about | {"excerpt": "", "mime": "", "url": "", "meta": meta or []}


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
