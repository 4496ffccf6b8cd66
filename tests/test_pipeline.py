"""The two passes: plan and apply, re-runs, collisions, filters, transforms, processes, in place, dry runs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import hugoconv as hc
from hugoconv.errors import UsageError
from hugoconv.migrate.job import Transform
from hugoconv.migrate.transforms import drop_keys, only_types, rename_key


def make_site(root: Path, posts: int = 3) -> Path:
    (root / "content" / "posts").mkdir(parents=True)
    (root / "static").mkdir()
    (root / "hugo.toml").write_text('baseURL = "https://example.org/"\ntitle = "T"\n')
    (root / "static" / "a.png").write_bytes(b"png")
    for number in range(posts):
        text = f"---\ntitle: Post {number}\nimage: a.png\ndate: 2020-01-{number % 28 + 1:02}\n---\nText {number}\n"
        (root / "content" / "posts" / f"p{number}.md").write_text(text)
    return root


def files(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".hugoconv" not in path.parts
    }


def manifest(root: Path) -> dict[str, str]:
    lines = (root / ".hugoconv" / "manifest.jsonl").read_text().splitlines()
    return {row["path"]: row["source"] for row in map(json.loads, lines)}


def test_the_manifest_names_every_file_and_where_it_came_from(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site")
    hc.convert(site, tmp_path / "out", to="hugo")
    assert manifest(tmp_path / "out").keys() == files(tmp_path / "out").keys()
    assert manifest(tmp_path / "out")["content/posts/p1.md"] == "content/posts/p1.md"


def test_a_second_run_writes_what_changed_and_keeps_what_somebody_edited(tmp_path: Path) -> None:
    site, out = make_site(tmp_path / "site"), tmp_path / "out"
    hc.convert(site, out, to="hugo")
    (site / "content/posts/p0.md").write_text("---\ntitle: New\n---\n")
    (site / "content/posts/p1.md").write_text("---\ntitle: New too\n---\n")
    (out / "content/posts/p1.md").write_text("edited by hand")
    report = hc.convert(site, out, to="hugo")
    assert report.post_files == {"written": 1, "kept": 1, "unchanged": 1}
    assert (out / "content/posts/p1.md").read_text() == "edited by hand"
    assert [(finding.code, finding.file) for finding in report.findings] == [("HC603", "content/posts/p1.md")]
    report = hc.convert(site, out, to="hugo", force=True)
    assert (out / "content/posts/p1.md").read_text() == "---\ntitle: New too\n---\n"


def test_a_run_that_was_killed_is_finished_by_running_again(tmp_path: Path) -> None:
    site, out = make_site(tmp_path / "site"), tmp_path / "out"
    hc.convert(site, out, to="hugo")
    whole = files(out)
    (out / "content/posts/p0.md").unlink()
    with (out / ".hugoconv/manifest.jsonl").open("a") as lines:
        lines.write('{"path": "content/po')
    report = hc.convert(site, out, to="hugo")
    assert files(out) == whole
    assert report.changed == 1


def test_nothing_is_deleted_and_a_strangers_file_is_kept(tmp_path: Path) -> None:
    site, out = make_site(tmp_path / "site"), tmp_path / "out"
    (out / "static").mkdir(parents=True)
    (out / "static" / "a.png").write_bytes(b"mine")
    (out / "keep.txt").write_text("keep")
    with pytest.raises(UsageError, match="not empty"):
        hc.convert(site, out, to="hugo")
    report = hc.convert(site, out, to="hugo", force=True)
    assert (out / "keep.txt").read_text() == "keep"
    assert (out / "static" / "a.png").read_bytes() == b"png"
    assert report.exit_code == 0


def test_a_dry_run_writes_nothing_and_shows_the_difference(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site")
    report = hc.convert(site, tmp_path / "out", to=hc.exporters.get("hugo", front_matter="toml"), dry_run=True)
    assert not (tmp_path / "out").exists()
    assert "-title: Post 0\n" in report.diff()
    assert '+title = "Post 0"\n' in report.diff()
    assert report.post_files["written"] == 3
    assert "would be written" in report.summary()


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ({"limit": 2}, ["p0", "p1"]),
        ({"only": ["*/p1.md"]}, ["p1"]),
        ({"since": "2020-01-02"}, ["p1", "p2"]),
        ({"types": ["posts"]}, ["p0", "p1", "p2"]),
        ({"types": ["pages"]}, []),
    ],
    ids=["limit", "only", "since", "types", "no such type"],
)
def test_filters_choose_posts(options: dict[str, object], names: list[str], tmp_path: Path) -> None:
    site = make_site(tmp_path / "site")
    hc.convert(site, tmp_path / "out", to="hugo", **options)  # type: ignore[arg-type]
    assert sorted(path.stem for path in (tmp_path / "out").rglob("*.md")) == names


def test_transforms_change_drop_and_split_posts(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site")

    def drop_the_first(post: hc.Post) -> hc.Post | None:
        return None if post.title == "Post 0" else post

    steps: list[Transform] = [drop_the_first, rename_key("image", "cover_image"), drop_keys("date")]
    report = hc.convert(site, tmp_path / "out", to="hugo", transforms=steps)
    assert (tmp_path / "out/content/posts/p1.md").read_text() == "---\ntitle: Post 1\ncover_image: a.png\n---\nText 1\n"
    assert not (tmp_path / "out/content/posts/p0.md").exists()
    assert [finding.code for finding in report.findings] == ["HC606"]
    assert (report.posts, report.dropped) == (3, 1)
    assert only_types("page")(hc.read(site).posts[0]) is None


def test_a_fault_in_one_post_stops_nothing_and_never_exits_0(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site")

    def faulty(post: hc.Post) -> hc.Post:
        if post.title == "Post 1":
            raise ZeroDivisionError("a fault")
        return post

    report = hc.convert(site, tmp_path / "out", to="hugo", transforms=[faulty])
    assert sorted(path.stem for path in (tmp_path / "out").rglob("*.md")) == ["p0", "p2"]
    assert report.failed == 1
    assert [(finding.code, finding.file) for finding in report.errors] == [("HC610", "content/posts/p1.md")]
    assert "faulty: ZeroDivisionError: a fault (test_pipeline.py:" in report.errors[0].message
    assert report.exit_code == 1


def test_a_fault_of_our_own_is_named_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = make_site(tmp_path / "site")

    def broken(self: object, *arguments: object) -> None:
        raise ZeroDivisionError("ours")

    exporter = hc.exporters.get("hugo")
    monkeypatch.setattr(type(exporter), "render", broken)
    report = hc.convert(site, tmp_path / "out", to=exporter)
    assert {finding.code for finding in report.errors} == {"HC601"}
    assert (report.failed, report.exit_code) == (3, 1)


def test_the_bytes_and_the_report_are_the_same_for_any_number_of_processes(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", posts=130)
    (site / "content/posts/p7.md").write_bytes(b"---\ntitle: \xff\n---\n")
    (site / "content/posts/p99.md").write_text("---\nbroken: [\n---\n")
    exporter = hc.exporters.get("hugo", front_matter="toml")
    reports = [hc.convert(site, tmp_path / f"j{jobs}", to=exporter, jobs=jobs) for jobs in (1, 2, 3)]
    assert files(tmp_path / "j1") == files(tmp_path / "j2") == files(tmp_path / "j3")
    assert len({tuple(map(str, report.findings)) for report in reports}) == 1
    assert len(reports[0].errors) == 2
    texts = {(tmp_path / f"j{jobs}/.hugoconv/manifest.jsonl").read_text() for jobs in (1, 2, 3)}
    assert len(texts) == 1


@pytest.mark.parametrize("options", [{}, {"limit": 2}])
def test_a_site_that_stays_is_written_the_same_with_and_without_its_derived_values(
    options: dict[str, int], fixtures: Path, tmp_path: Path
) -> None:
    site = fixtures / "sites" / "hugo-blog"
    toml = hc.exporters.get("hugo", front_matter="toml")
    reports = [
        hc.convert(site, tmp_path / name, to=toml, record=name == "full", **options)  # type: ignore[arg-type]
        for name in ("full", "quick")
    ]
    files = [
        {
            path.relative_to(tmp_path / name): path.read_bytes()
            for path in (tmp_path / name).rglob("*")
            if path.is_file()
        }
        for name in ("full", "quick")
    ]
    assert files[0] == files[1]
    assert [report.posts for report in reports] == [reports[0].posts] * 2
    assert [list(map(str, report.findings)) for report in reports] == [list(map(str, reports[0].findings))] * 2


def test_in_place_changes_only_the_lines_that_were_edited(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site")
    (site / "content/posts/p2.md").write_text("---\n# why\ntitle:   'Old'  # beside\nz: [b,a]\n---\nText\n")
    before = files(site)
    loaded = hc.read(site)
    for post in loaded.posts:
        if post.title == "Old":
            post.title = "New"
    report = hc.write(loaded, site, to="hugo", in_place=True)
    changed = {name for name, data in files(site).items() if before[name] != data}
    assert changed == {"content/posts/p2.md"}
    assert (site / "content/posts/p2.md").read_text() == "---\n# why\ntitle:   'New'  # beside\nz: [b,a]\n---\nText\n"
    assert not (site / ".hugoconv").exists()
    assert report.diff().count("\n-") - report.diff().count("\n---") == 1


def test_in_place_is_refused_for_another_system_and_another_folder(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site")
    with pytest.raises(UsageError, match="in-place"):
        hc.convert(site, tmp_path / "other", to="hugo", in_place=True)
    with pytest.raises(UsageError, match="in-place"):
        hc.convert(site, site, to="jekyll", in_place=True)


@pytest.mark.parametrize("where", ["site/inside", "site", "."], ids=["inside", "itself", "around"])
def test_a_destination_in_or_around_the_source_is_refused(where: str, tmp_path: Path) -> None:
    site = make_site(tmp_path / "site")
    before = files(tmp_path)
    with pytest.raises(UsageError):
        hc.convert(site, tmp_path / where, to="hugo")
    assert files(tmp_path) == before


@pytest.mark.parametrize("name", ["../evil.md", "/etc/evil.md", ".hugoconv/manifest.jsonl", "a/../../b.md"])
def test_a_path_that_leaves_the_destination_is_not_written(name: str, tmp_path: Path) -> None:
    from pathlib import PurePosixPath

    from hugoconv.migrate.apply import Destination
    from hugoconv.migrate.plan import Write
    from hugoconv.report.findings import Findings

    log = Findings()
    applied = Destination(tmp_path / "out").apply(Write(PurePosixPath(name), b"x", origin="post.md"), log)
    assert applied.outcome == "failed"
    assert [finding.code for finding in log] == ["HC604"]
    assert files(tmp_path) == {}


def test_a_link_out_of_the_destination_is_not_followed(tmp_path: Path) -> None:
    site, out = make_site(tmp_path / "site"), tmp_path / "out"
    (tmp_path / "elsewhere").mkdir()
    out.mkdir()
    (out / "content").symlink_to(tmp_path / "elsewhere")
    report = hc.convert(site, out, to="hugo", force=True)
    assert not any((tmp_path / "elsewhere").iterdir())
    assert {finding.code for finding in report.errors} == {"HC604"}
    assert report.exit_code == 1


def test_a_link_out_of_the_source_is_not_followed(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site")
    (tmp_path / "secret.md").write_text("---\ntitle: secret\n---\n")
    (site / "content/posts/link.md").symlink_to(tmp_path / "secret.md")
    (site / "content/loop").symlink_to(site / "content")
    report = hc.convert(site, tmp_path / "out", to="hugo")
    assert not (tmp_path / "out/content/posts/link.md").exists()
    assert [finding.code for finding in report.findings] == ["HC110", "HC110"]


def test_posts_that_want_the_same_file_get_two_and_keep_their_urls(tmp_path: Path) -> None:
    posts = tmp_path / "site" / "_posts"
    posts.mkdir(parents=True)
    (tmp_path / "site" / "_config.yml").write_text("title: T\n")
    (posts / "2020-01-01-dup.md").write_text("---\ntitle: One\n---\n1\n")
    (posts / "2020-01-01-dup.markdown").write_text("---\ntitle: Two\npermalink: /two/\n---\n2\n")
    report = hc.convert(tmp_path / "site", tmp_path / "out", from_="jekyll", to="hugo")
    written = sorted((tmp_path / "out/content/posts").glob("*.md"))
    assert len(written) == 2
    assert [finding.code for finding in report.findings] == ["HC501"]
    texts = "".join(path.read_text() for path in written)
    assert "url: /two/" in texts
    assert "url: /2020/01/01/dup.html" in texts
