"""The system of docs/adding-a-system.md: a table and two classes, known by its entry points."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from target_site import SECRET, picture, write_site

import hugoconv
from hugoconv.systems import exporters, importers

FOLDER = Path(__file__).parent / "fixtures" / "plainly"


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Make the package known as an installer does, by its metadata on the path."""
    import tomllib

    project = tomllib.loads((FOLDER / "pyproject.toml").read_text())["project"]
    info = tmp_path / "site" / "hugoconv_plainly-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: hugoconv-plainly\nVersion: 1.0\n")
    groups = project["entry-points"].items()
    lines = [f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in each.items()) for group, each in groups]
    (info / "entry_points.txt").write_text("\n".join(lines))
    for path in (info.parent, FOLDER):
        monkeypatch.syspath_prepend(str(path))
    for registry in (importers, exporters):
        monkeypatch.setattr(registry, "_offered", None)
    yield
    for registry in (importers, exporters):
        registry._offered = None


@pytest.mark.usefixtures("installed")
def test_a_copied_folder_is_a_system(tmp_path: Path) -> None:
    source = write_site(tmp_path / "source")
    report = hugoconv.convert(source, tmp_path / "made", to="plainly")
    assert not [finding for finding in report.findings if finding.severity == "error"]
    assert {"HC682", "HC691"} <= {finding.code for finding in report.findings}, "it makes no lists and feeds"
    assert getattr(exporters.get("plainly"), "next_steps", ()) == ("put what is in {site} into your Plainly project",)
    text = (tmp_path / "made/posts/hello-world.md").read_text()
    assert "path: /2014/hello-world/\n" in text
    assert (tmp_path / "made/public/2014/hello-world/hello.png").read_bytes() == picture()
    assert "/2014/hello-world/" in (tmp_path / "made/public/old/hello/index.html").read_text()
    before = {post.address: post for post in hugoconv.read(source).posts if post.address}
    for post in hugoconv.read(tmp_path / "made", from_="plainly").posts:
        if SECRET in post.body.text:
            assert post.status == "draft"
        else:
            assert (post.title, post.status) == (before[post.address].title, "published")
