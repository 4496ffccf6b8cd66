"""The scripts run: the examples that users copy, and the proofs in their small versions."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from fuzz import fuzz
from fuzz_targets import TARGETS

SCRIPTS = Path(__file__).parent.parent / "scripts"


def run(name: str, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SCRIPTS / name), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | environment)


def test_jekyll_to_hugo(fixtures: Path, tmp_path: Path) -> None:
    done = run("jekyll_to_hugo.py", fixtures / "sites" / "jekyll-blog", tmp_path / "new")
    assert done.returncode == 0, done.stderr
    assert "posts written" in done.stdout
    assert (tmp_path / "new" / "content" / "blog").is_dir()
    assert "<html" in (tmp_path / "new-report.html").read_text()


def test_wordpress_move(fixtures: Path, tmp_path: Path) -> None:
    done = run("wordpress_move.py", fixtures / "wxr" / "sample.xml", tmp_path / "site")
    assert done.returncode == 0, done.stderr
    posts = [path.read_text() for path in (tmp_path / "site/content").rglob("*.md") if path.name != "_index.md"]
    assert all(text.startswith("+++\n") for text in posts)
    assert not any("Uncategorized" in text or "[meta]" in text for text in posts)


def test_wordpress_move_maps_shortcodes_of_ones_own(fixtures: Path, tmp_path: Path) -> None:
    export = (fixtures / "wxr" / "sample.xml").read_text()
    shortcodes = '[soundcloud url="https://s.example/1"] [box]Hello <b>you</b>[/box]'
    changed = export.replace("The starter is as old", f"{shortcodes} The starter is as old", 1)
    assert changed != export
    (tmp_path / "export.xml").write_text(changed)
    done = run("wordpress_move.py", tmp_path / "export.xml", tmp_path / "site")
    assert done.returncode == 0, done.stderr
    texts = "".join(path.read_text() for path in (tmp_path / "site/content").rglob("*.md"))
    assert "{{< soundcloud https://s.example/1 >}}" in texts
    assert "{{% box %}}Hello **you**{{% /box %}}" in texts


def test_split_authors(fixtures: Path, tmp_path: Path) -> None:
    done = run("split_authors.py", fixtures / "wxr" / "sample.xml", tmp_path / "authors")
    assert done.returncode == 0, done.stderr
    sites = {path.name: path for path in (tmp_path / "authors").iterdir()}
    assert len(sites) == 2, done.stdout
    for name, site in sites.items():
        texts = [path.read_text() for path in (site / "content").rglob("*.md")]
        named = [text for text in texts if "\nauthors:" in text]
        assert named
        assert all(name.split("-")[0] in text.partition("\nauthors:")[2].lower() for text in named)


def test_the_comparison_with_other_tools_can_tell_them_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    from compare_tools import compared

    rows = compared()
    assert len(rows) >= 6
    assert {tool for _, tool, _, _ in rows} == {"`hugo import jekyll`", "`hugo convert toTOML`", "python-frontmatter"}
    for what, _, theirs, ours in rows:
        wanted = what.partition(" of ")[2].partition(" ")[0]
        if wanted.isdecimal():
            assert (ours, theirs != ours) == (wanted, True), what


def test_rename_key_shows_one_line_a_post_and_then_writes_it(fixtures: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(fixtures / "sites" / "hugo-blog", site)
    texts = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    dry = run("rename_key.py", site, "tags", "topics")
    assert dry.returncode == 0, dry.stderr
    assert {path: path.read_bytes() for path in texts} == texts
    done = run("rename_key.py", site, "tags", "topics", "--write")
    assert done.returncode == 0, done.stderr
    assert done.stdout == dry.stdout
    changed = {path for path, data in texts.items() if path.read_bytes() != data}
    assert len(changed) == done.stdout.count("\n+++ ") + done.stdout.startswith("+++") >= 3
    for path in changed:
        before, after = texts[path].splitlines(), path.read_bytes().splitlines()
        assert len(before) == len(after)
        assert sum(old != new for old, new in zip(before, after, strict=True)) == 1, path


def test_audit(fixtures: Path) -> None:
    done = run("audit.py", fixtures / "wxr" / "sample.xml")
    assert done.returncode == 0, done.stderr
    assert "('post', 'published')" in done.stdout
    assert "core/paragraph" in done.stdout
    assert "Broken: [" in done.stdout


def test_a_sites_own_regression_test(fixtures: Path) -> None:
    site = fixtures / "sites" / "hugo-blog" / "content"
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", str(SCRIPTS / "test_my_site.py")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | {"SITE": str(site)})
    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout


def test_the_proof_of_identity(fixtures: Path) -> None:
    done = run("prove_identity.py", fixtures / "sites")
    assert done.returncode == 0, done.stdout
    assert " 0 differ" in done.stdout.splitlines()[-1]


def test_the_proof_of_identity_can_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    import prove_identity

    import hugoconv

    site = tmp_path / "site"
    (site / "content").mkdir(parents=True)
    (site / "content" / "a.md").write_text("---\ntitle: x\n---\n")

    def damaged(source: Path, destination: Path, **options: object) -> object:
        (destination / "content").mkdir(parents=True)
        (destination / "content" / "a.md").write_text("---\ntitle: X\n---\n")
        return type("Report", (), {"posts": 1, "findings": []})()

    monkeypatch.setattr(hugoconv, "convert", damaged)
    assert prove_identity.prove(site, "hugo").different == ["content/a.md"]


def test_the_proof_of_edits(fixtures: Path) -> None:
    done = run("prove_edits.py", fixtures / "sites", fixtures / "posts")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1].endswith(" 0 failed")
    assert {"yaml", "toml", "json"} <= {line.split()[0] for line in done.stdout.splitlines()}


def test_the_proof_of_edits_can_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    import prove_edits

    from hugoconv import FrontMatter

    front_matter = FrontMatter("a: 1\nb: '2'\n", "yaml")
    monkeypatch.setattr(FrontMatter, "set", lambda self, path, value: setattr(self, "_matter", f'a: {value}\nb: "2"\n'))
    assert prove_edits.problem(front_matter, "set", "a", ("a", "x")) == "a line of another key changed"


def test_the_proof_of_builds(fixtures: Path) -> None:
    done = run("prove_builds.py", fixtures / "wxr" / "sample.xml", fixtures / "sites" / "jekyll-blog")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 with a failed build or a missing page" in done.stdout


@pytest.mark.skipif(
    not Path("/proc/self/smaps_rollup").exists(), reason="reads private memory from /proc: run on Linux"
)
def test_memory_and_bytes_do_not_depend_on_the_number_of_processes() -> None:
    done = run("prove_scale.py", "--megabytes", "3", "--limit", "200")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 files differ" in done.stdout


def test_the_proof_of_front_matter(fixtures: Path) -> None:
    done = run("prove_front_matter.py", fixtures / "sites" / "hugo-blog")
    assert done.returncode == 0, done.stdout + done.stderr
    rows = [line.split() for line in done.stdout.splitlines() if line.startswith("hugo-blog")]
    assert [row[1] for row in rows] == ["yaml", "toml", "json"]
    assert all(row[2] == row[4] for row in rows), "every page is the same page"
    assert "hugoconv 100.00%" in done.stdout


def test_the_proof_of_front_matter_can_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    import prove_front_matter as proof

    site = tmp_path / "site"
    (site / "content").mkdir(parents=True)
    (site / "content" / "a.md").write_text("---\ntitle: x\nn: 1\n---\nbody\n")
    (site / "content" / "b.md").write_text("---\ndate: never\n---\n")
    before = proof.probe(proof.prepare(site, tmp_path / "before"))
    assert list(before.refused) == ["content/b.md"]
    (site / "content" / "a.md").write_text("---\ntitle: x\nn: 2\n---\nbody\n")
    after = proof.probe(proof.prepare(site, tmp_path / "after"))
    assert proof.compare(before.pages, before.pages, "yaml").equal == 1
    assert proof.compare(before.pages, after.pages, "yaml").differ == {
        "content/a.md": "params.n: ['uint64', '1'] -> ['uint64', '2']"
    }
    (site / "content" / "a.md").write_text("---\ntitle: x\nn: 1\n---\nbody \n")
    other = proof.probe(proof.prepare(site, tmp_path / "other"))
    assert "body" in proof.compare(before.pages, other.pages, "yaml").differ["content/a.md"]


@pytest.mark.parametrize(
    ("case", "others"),
    [
        ("front-matter", ["hugoconv -j 1", "hugo convert toTOML", "cp -r"]),
        ("copy", ["the files alone, in Python", "cp -r"]),
        ("jekyll", ["hugoconv -j 1", "hugo import jekyll", "the files alone, in Python", "cp -r"]),
    ],
)
def test_the_benchmark_prints_a_table(case: str, others: list[str]) -> None:
    done = run("bench.py", case, "--size", 30, "--repeat", 1)
    assert done.returncode == 0, done.stdout + done.stderr
    rows = [line.split("|")[1].strip() for line in done.stdout.splitlines() if line.startswith("| ")]
    assert rows == ["program", "hugoconv", *others]


def test_the_floor_of_an_export_is_a_file_for_each_item(tmp_path: Path) -> None:
    from bench_inputs import export_alone

    export_alone(tmp_path / "in", 12)
    done = run("bench_floors.py", "export", tmp_path / "in", tmp_path / "out")
    assert done.returncode == 0, done.stdout + done.stderr
    written = [file.read_text(encoding="utf-8") for file in (tmp_path / "out").iterdir()]
    assert len(written) == (tmp_path / "in" / "export.xml").read_text(encoding="utf-8").count("<item>")
    assert all(text.startswith("---\ndate: ") for text in written)
    assert any("](" in text for text in written)


def test_the_benchmark_puts_its_tables_into_the_page(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("a\n<!-- bench: machine -->\n<!-- end -->\nb\n<!-- bench: copy -->\nold\n<!-- end -->\nc\n")
    done = run("bench.py", "copy", "--size", 3, "--repeat", 1, "--write", page)
    assert done.returncode == 0, done.stdout + done.stderr
    text = page.read_text()
    assert "| hugoconv | " in text
    assert "old" not in text
    assert text.startswith("a\n<!-- bench: machine -->\n\n")
    assert text.endswith("\n\n<!-- end -->\nc\n")
    done = run("bench.py", "jekyll", "--size", 3, "--repeat", 1, "--write", page)
    assert done.returncode == 1
    assert "no <!-- bench: jekyll -->" in done.stderr


def test_every_table_of_the_benchmark_has_its_place_in_the_documentation() -> None:
    import bench

    page = (SCRIPTS.parent / "docs" / "performance.md").read_text(encoding="utf-8")
    for part in (*bench.PARTS, "machine"):
        assert f"<!-- bench: {part} -->\n" in page


@pytest.mark.parametrize("name", ["terms", "comments on a post", "kB in one paragraph"])
def test_what_grows_is_measured_and_told_from_what_grows_too_fast(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import bench_slopes

    rows, _ = bench_slopes.slopes([name], scale=1000)
    assert rows.count("\n") == 2

    costs = {1: 0.5}
    monkeypatch.setattr(bench_slopes, "converted", lambda items, folder: costs.get(n := sum(1 for _ in items), n * n))
    _, is_linear = bench_slopes.slopes(["posts"], scale=10)
    assert not is_linear


def test_every_single_step_can_be_timed() -> None:
    import bench_inner

    for make in bench_inner.STEPS.values():
        assert make()() is not None


def test_the_benchmark_of_an_export_measures_every_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    import bench
    import bench_inputs

    bench_inputs.wordpress_export(tmp_path / "in", 20)
    assert len(list((tmp_path / "in").rglob("*.jpg"))) == 2
    program = bench.CASES["wordpress"].programs[0]
    run = bench.measured(program, tmp_path / "in", tmp_path)
    assert run is not None
    assert run.code == 0
    assert len(list((tmp_path / "out").rglob("post-*.md"))) == 20
    assert len(list((tmp_path / "out").rglob("*.jpg"))) == 2
    if Path("/proc/self/smaps_rollup").exists():
        assert run.private > 5


@pytest.mark.parametrize("name", TARGETS)
def test_no_parser_falls_over(name: str) -> None:
    """A few texts each; fuzz.py --minutes N feeds them for as long as one likes."""
    assert fuzz(name, 0, 5) == ""
