"""python-frontmatter with our handler: text, order and comments stay; what that library strips is known."""

from __future__ import annotations

from pathlib import Path

import frontmatter
import pytest

from hugoconv.frontmatter.dialects import JEKYLL
from hugoconv.frontmatter.handlers import LosslessHandler

YAML = (
    "---\n# first\nzip: 007  # octal to Hugo\ntitle: 'It''s'\ndate: 2020-01-02 03:04:05 -4\ntags: [b,a]\n---\n\nText\n"
)
TOML = '+++\n# first\ntitle = "x" # beside\ndate = 2020-01-02T03:04:05.120Z\n+++\n\nText\n'
JSON = '{\n\t"title": "x",\n\t"tags": ["b","a"]\n}\n\nText\n'


@pytest.mark.parametrize("text", [YAML, TOML, JSON], ids=["yaml", "toml", "json"])
def test_an_unchanged_post_is_written_as_it_was_but_for_its_last_line_end(text: str) -> None:
    handler = LosslessHandler()
    post = frontmatter.loads(text, handler=handler)
    written = frontmatter.dumps(post, handler=handler)
    assert written == text.removesuffix("\n") or text.startswith("{")
    head = text[: text.index("\n\nText")]
    assert written.startswith(head)


def test_a_changed_key_changes_its_line_only() -> None:
    handler = LosslessHandler()
    post = frontmatter.loads(YAML, handler=handler)
    post["title"] = "New"
    post["draft"] = True
    del post.metadata["tags"]
    expected = YAML.replace("'It''s'", "'New'").replace("tags: [b,a]\n", "draft: true\n")
    assert frontmatter.dumps(post, handler=handler) == expected.removesuffix("\n")


def test_values_are_as_the_program_reads_them() -> None:
    assert frontmatter.loads(YAML, handler=LosslessHandler())["date"] == "2020-01-02 03:04:05 -4"
    jekyll = frontmatter.loads(YAML, handler=LosslessHandler(JEKYLL))
    assert jekyll["zip"] == 7
    assert str(jekyll["date"]) == "2020-01-02 03:04:05-04:00"


def test_what_the_library_strips_before_a_handler_sees_it(tmp_path: Path) -> None:
    """Documented limits: outer blanks, CRLF of files, the last line end. A change here is news for the docs."""
    path = tmp_path / "post.md"
    path.write_bytes(b"\n---\r\ntitle: x\r\n---\r\n\r\nText  \r\n\r\n")
    handler = LosslessHandler()
    post = frontmatter.load(str(path), handler=handler)
    assert post.content == "Text"
    assert frontmatter.dumps(post, handler=handler) == "---\ntitle: x\n---\n\nText"


def test_text_without_front_matter_is_left_alone() -> None:
    handler = LosslessHandler()
    assert not handler.detect("just text")
    assert not handler.detect("---\nunclosed")
    assert frontmatter.loads("just text", handler=handler).content == "just text"
