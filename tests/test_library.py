"""What `import hugoconv` offers: the names, cheap to import, comfortable to use, errors that say where."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import hugoconv as hc

NAMES = (
    *("read", "write", "convert", "check", "detect", "load_post", "loads", "dumps", "importers", "exporters"),
    *("transforms", "Site", "Post", "Asset", "Reference", "FrontMatter", "Report", "Finding", "HugoconvError"),
    "__version__",
)
POST = """---
title: Anchor  # the big one
tags: [iron, sea]
---
Heavy. {{< figure src="a.png" >}} [b](/gone/)
"""


def test_the_public_names_are_these_and_each_is_there() -> None:
    assert sorted(hc.__all__) == sorted(NAMES)
    assert dir(hc) == hc.__all__
    for name in NAMES:
        assert getattr(hc, name) is not None
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        hc.nothing  # noqa: B018


def test_importing_the_package_loads_nothing_else() -> None:
    script = "import sys, hugoconv; sys.exit(bool({'yaml', 'lxml', 'typer', 'hugoconv.api'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_a_sure_system_is_found_without_loading_those_behind_it(tmp_path: Path) -> None:
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_config.yml").write_text("title: Harbour\n")
    script = (
        f"import sys, hugoconv; found = hugoconv.detect({str(tmp_path)!r});"
        " sys.exit(found != 'jekyll' or bool({'bs4', 'lxml', 'hugoconv.systems.zola.importer'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_a_post_is_loaded_edited_and_dumped_without_touching_the_rest() -> None:
    post = hc.loads(POST)
    assert (post.title, [str(term) for term in post.terms["tags"]]) == ("Anchor", ["iron", "sea"])
    assert [construct.name for construct in post.body.constructs] == ["figure"]
    assert {reference.target for reference in post.references} >= {"a.png"}
    assert hc.dumps(post) == POST
    post.title = "Kedge"
    assert hc.dumps(post) == POST.replace("title: Anchor ", "title: Kedge ")


def test_a_post_in_a_notebook_is_a_table_in_which_everything_is_escaped() -> None:
    post = hc.loads("---\ntitle: <b>Anchor</b>\ndraft: true\n---\n" + "<script>x</script>" + "long " * 200)
    shown = post._repr_html_()
    assert "&lt;b&gt;Anchor&lt;/b&gt;" in shown
    assert "<script>" not in shown
    assert "draft" in shown
    assert len(shown) < 1500
    assert repr(post).startswith("Post(")


def test_progress_is_told_with_what_is_done_and_of_how_much(tmp_path: Path) -> None:
    site = tmp_path / "site" / "content"
    site.mkdir(parents=True)
    for number in range(3):
        (site / f"{number}.md").write_text(f"---\ntitle: {number}\n---\n")
    told: list[tuple[str, int, int]] = []
    hc.convert(site.parent, tmp_path / "new", to="hugo", on_progress=lambda *each: told.append(each))
    assert ("placing", 3, 3) in told
    assert ("writing", 3, 3) in told


def test_an_error_says_where_and_is_one_of_python_s_own_too(tmp_path: Path) -> None:
    with pytest.raises(hc.HugoconvError) as caught:
        hc.loads("---\ntitle: [unclosed\n---\nText.\n").front_matter.check()
    assert caught.value.line > 0
    assert isinstance(caught.value, ValueError)
    with pytest.raises(hc.HugoconvError, match="does not exist"):
        hc.convert(tmp_path / "nowhere", tmp_path / "new", to="hugo")


def test_ready_made_transforms(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\nimage: x.png\nwp_id: 7\n---\n")
    renamed, dropped = hc.transforms.rename_key("image", "cover"), hc.transforms.drop_keys("wp_id")
    hc.convert(tmp_path / "a.md", tmp_path / "new", to="hugo", transforms=[renamed, dropped])
    assert next((tmp_path / "new").rglob("a.md")).read_text() == "---\ncover: x.png\n---\n"
