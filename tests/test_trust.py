"""What a person may do to a run, and what a hostile source may try: nothing is lost, nothing is written elsewhere."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import textwrap
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest
from folders import write

import hugoconv
from hugoconv.errors import HugoconvError, UsageError
from hugoconv.migrate.apply import Destination
from hugoconv.migrate.plan import Write
from hugoconv.report.findings import Findings

ROOT = Path(__file__).parent.parent
JEKYLL = {"_config.yml": "title: T\nurl: https://example.org\n"}


def tree(root: Path) -> dict[str, bytes]:
    files = (path for path in root.rglob("*") if path.is_file() and ".hugoconv" not in path.parts)
    return {str(path.relative_to(root)): path.read_bytes() for path in files}


def codes(findings: Findings) -> list[str]:
    return [finding.code for finding in findings]


def posts(count: int) -> dict[str, str]:
    return {
        f"_posts/2020-01-{number + 1:02}-p{number}.md": f"---\ntitle: P{number}\n---\n{number}\n"
        for number in range(count)
    }


def in_process(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run Python code in a process of its own, which limits and other users need."""

    command = [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


CONVERT = """
    import sys, hugoconv
    try:
        report = hugoconv.convert(sys.argv[1], sys.argv[2], to="hugo")
    except hugoconv.HugoconvError as error:
        print(error)
        sys.exit(2)
    print(*{finding.code for finding in report.errors})
    sys.exit(report.exit_code)
"""

# Kills ------------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills need fork: run on Linux or macOS")
def test_runs_killed_at_random_moments_are_finished_by_running_again() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "prove_kills.py"), "--posts", "60", "--kills", "20"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "20 kills" in run.stdout


# The disk -----------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files: run on Linux or macOS")
def test_a_file_that_does_not_fit_is_an_error_and_no_half_of_it_stays(tmp_path: Path) -> None:
    site = write(
        tmp_path / "old", {**JEKYLL, **posts(2), "big.txt": "x" * 200_000, "_posts/2021-01-01-l.md": "y" * 90_000}
    )
    limited = CONVERT.replace(
        "import sys, hugoconv",
        "import sys, resource, hugoconv; resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))",
    )
    run = in_process(limited, site, tmp_path / "new")
    assert (run.returncode, run.stdout.split()) == (1, ["HC605"]), run.stderr
    written = tree(tmp_path / "new")
    assert "static/big.txt" not in written
    assert max(map(len, written.values())) < 50_000
    report = hugoconv.convert(site, tmp_path / "new", to="hugo")
    assert report.exit_code == 0
    hugoconv.convert(site, tmp_path / "undisturbed", to="hugo")
    assert tree(tmp_path / "new") == tree(tmp_path / "undisturbed")


def test_a_full_disk_ends_in_findings_and_the_next_run_finishes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = write(tmp_path / "old", {**JEKYLL, **posts(5)})
    real, room = os.write, [300]

    def full(handle: int, data: bytes) -> int:
        taken = min(len(data), room[0])
        room[0] -= taken
        if not taken:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(handle, data[:taken])

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        report = hugoconv.convert(site, tmp_path / "new", to="hugo", jobs=1)
    assert "HC605" in codes(report.findings)
    assert report.exit_code == 1
    (site / "_posts/2020-01-01-p0.md").write_text("---\ntitle: New\n---\n")
    report = hugoconv.convert(site, tmp_path / "new", to="hugo")
    assert report.exit_code == 0
    assert report.post_files["kept"] == 0
    hugoconv.convert(site, tmp_path / "undisturbed", to="hugo")
    assert tree(tmp_path / "new") == tree(tmp_path / "undisturbed")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can mount a small disk: run the tests as root"
)
def test_a_really_full_disk(tmp_path: Path) -> None:
    site = write(tmp_path / "old", {**JEKYLL, **{f"f{number}.txt": "x" * 50_000 for number in range(20)}})
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", small], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting is not allowed here: run where root has CAP_SYS_ADMIN, such as docker run --privileged")
    try:
        report = hugoconv.convert(site, small / "new", to="hugo")
        assert {"HC605"} == {finding.code for finding in report.errors}
        assert report.exit_code == 1
        for name, data in tree(small / "new").items():
            assert name.endswith((".toml", ".html", ".xml")) or len(data) in (0, 50_000) or b"title" in data
    finally:
        subprocess.run(["umount", small], check=True)


def as_nobody(site: Path, destination: Path) -> tuple[int, str]:
    """Convert as a user without rights, in a process of its own; returns its exit code and what it was told."""
    reader, writer = os.pipe()
    process = os.fork()
    if not process:
        os.setgid(65534)
        os.setuid(65534)
        code, said = 70, ""
        try:
            code = hugoconv.convert(site, destination, to="hugo", jobs=1).exit_code
        except UsageError as error:
            code, said = 2, str(error)
        finally:
            os.write(writer, said.encode())
            os._exit(code)
    os.close(writer)
    code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    with os.fdopen(reader) as told:
        return code, told.read()


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become another user: run the tests as root"
)
def test_without_permission_a_run_is_refused_before_anything_is_done(tmp_path: Path) -> None:
    for folder in (tmp_path, *tmp_path.parents):
        if folder.is_relative_to("/tmp") and folder != Path("/tmp"):
            folder.chmod(0o755)
    site = write(tmp_path / "old", {**JEKYLL, **posts(2)})
    hugoconv.convert(site, tmp_path / "first", to="hugo")  # so that all modules are loaded
    closed, opened = tmp_path / "closed", tmp_path / "open"
    closed.mkdir(mode=0o555)
    opened.mkdir()
    opened.chmod(0o777)
    code, said = as_nobody(site, closed / "new")
    assert code == 2
    assert "cannot be written to: Permission denied" in said
    (site / "_posts/2020-01-01-p0.md").chmod(0)
    code, _ = as_nobody(site, opened / "new")
    assert code == 1
    written = [path for path in tree(opened / "new") if path.startswith("content/posts/")]
    assert written == ["content/posts/p1.md"] or len(written) == 1


def test_a_destination_that_is_a_file_is_refused(tmp_path: Path) -> None:
    site = write(tmp_path / "old", {**JEKYLL, **posts(1)})
    (tmp_path / "new").write_text("mine")
    (tmp_path / "below").mkdir()
    (tmp_path / "below/.hugoconv").write_text("mine")
    for destination in (tmp_path / "new", tmp_path / "new/inside", tmp_path / "below"):
        with pytest.raises(UsageError):
            hugoconv.convert(site, destination, to="hugo")
    assert (tmp_path / "new").read_text() == "mine"


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="needs a second file system: mount a tmpfs at /dev/shm")
def test_a_folder_of_the_destination_may_be_another_file_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.replace

    def across(self: Path, target: Path) -> Path:
        if ".hugoconv" in self.parts and ".hugoconv" not in Path(target).parts:
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        return real(self, target)

    site = write(tmp_path / "old", {**JEKYLL, **posts(2)})
    hugoconv.convert(site, tmp_path / "one", to="hugo")
    monkeypatch.setattr(Path, "replace", across)
    report = hugoconv.convert(site, tmp_path / "two", to="hugo")
    assert report.exit_code == 0
    assert tree(tmp_path / "two") == tree(tmp_path / "one")


# Names --------------------------------------------------------------------------------------------------------------

NAMES = {
    "long": "a" * 240,
    "long in another script": "字" * 80,
    "a device of Windows": "con",
    "a device with an ending": "aux.v2",
    "dots and blanks in front": "  ..x",
    "a colon": "a:b",
    "an emoji": "🎉party",
    "an accent written apart": "cafe\u0301",
    "only dots": "...",
    "a new line": "a\nb",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("to", ["hugo", "jekyll"])
def test_every_name_arrives_under_one_that_all_systems_can_hold(name: str, to: str, tmp_path: Path) -> None:
    files = {
        "hugo.toml": 'baseURL = "https://example.org/"',
        f"content/posts/{name}.md": "---\ntitle: Odd\ndate: 2020-01-02\n---\nHere.\n",
    }
    if to == "hugo":
        files = {**JEKYLL, f"_posts/2020-01-02-{name}.md": "---\ntitle: Odd\n---\nHere.\n"}
    report = hugoconv.convert(write(tmp_path / "old", files), tmp_path / "new", to=to)
    assert "HC605" not in codes(report.findings)
    holder = [PurePosixPath(path) for path, data in tree(tmp_path / "new").items() if b"Here." in data]
    assert len(holder) == 1
    if holder[0].parts[0] in ("content", "_posts"):
        for part in holder[0].parts:
            assert len(part.encode()) <= 255
            assert part.partition(".")[0].upper() not in ("CON", "AUX")
            assert not set(part) & set('\\:*?"<>|\n')


TWINS = {"capitals": ("Twin", "twin"), "accents": ("caf\u00e9", "cafe\u0301")}


@pytest.mark.parametrize("names", TWINS.values(), ids=TWINS)
def test_names_that_only_linux_tells_apart_get_two_files_everywhere(names: tuple[str, str], tmp_path: Path) -> None:
    texts = {
        f"_posts/2020-01-02-{name}.md": f"---\ntitle: {number}\n---\nText {number}.\n"
        for number, name in enumerate(names)
    }
    files = {f"files/{name}.png": f"{number}" for number, name in enumerate(names)}
    report = hugoconv.convert(write(tmp_path / "old", {**JEKYLL, **texts, **files}), tmp_path / "new", to="hugo")
    written = [path for path in tree(tmp_path / "new") if path.startswith("content/posts/")]
    assert len({path.casefold() for path in written}) == 2
    assert codes(report.findings).count("HC501") == 1
    assert codes(report.findings).count("HC631") == 1
    copied = hugoconv.convert(tmp_path / "old", tmp_path / "copy", to="jekyll")
    assert tree(tmp_path / "copy") == tree(tmp_path / "old")
    assert "HC501" not in codes(copied.findings)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes: run on Linux or macOS")
def test_links_in_circles_and_pipes_are_named_and_left_out(tmp_path: Path) -> None:
    site = write(tmp_path / "old", {**JEKYLL, **posts(1)})
    (site / "round").symlink_to(site)
    (site / "a").symlink_to(site / "b")
    (site / "b").symlink_to(site / "a")
    (site / "device").symlink_to("/dev/zero")
    os.mkfifo(site / "pipe")
    os.mkfifo(site / "_posts/2020-02-02-pipe.md")
    report = hugoconv.convert(site, tmp_path / "new", to="hugo")
    assert codes(report.findings).count("HC110") == 4
    assert codes(report.findings).count("HC630") == 2
    assert sum(path.startswith("content/posts/") for path in tree(tmp_path / "new")) == 1
    for source in (site / "pipe", Path("/dev/zero")):
        with pytest.raises(HugoconvError):
            hugoconv.convert(source, tmp_path / "none", to="hugo")


def test_ten_thousand_files_in_one_folder(tmp_path: Path) -> None:
    site = write(tmp_path / "old", {**JEKYLL, **posts(1)})
    (site / "files").mkdir()
    for number in range(10_000):
        (site / "files" / f"{number}.txt").touch()
    report = hugoconv.convert(site, tmp_path / "new", to="hugo")
    assert report.exit_code == 0
    assert len(list((tmp_path / "new/static/files").iterdir())) == 10_000


# Runs that follow one another ---------------------------------------------------------------------------------------


def linked(count: int) -> dict[str, str]:
    """Posts that each link to the next one."""
    names = [f"2020-01-{number + 1:02}-p{number}" for number in range(count)]
    text = "---\ntitle: P\n---\n[next]({%% post_url %s %%})\n"
    return {f"_posts/{name}.md": text % names[(number + 1) % count] for number, name in enumerate(names)}


PARTS: dict[str, Callable[[int], dict[str, object]]] = {
    "limit": lambda step: {"limit": step * 2},
    "since": lambda step: {"since": f"2020-01-{7 - step * 2:02}"},
    "only": lambda step: {"only": [f"*p{2 * step}.md", f"*p{2 * step + 1}.md"]},
}


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_runs_over_some_of_the_posts_compose(part: Callable[[int], dict[str, object]], tmp_path: Path) -> None:
    site = write(tmp_path / "old", {**JEKYLL, **linked(6)})
    hugoconv.convert(site, tmp_path / "whole", to="hugo")
    for step in (1, 2):
        hugoconv.convert(site, tmp_path / "new", to="hugo", **part(step))  # type: ignore[arg-type]
        written = tree(tmp_path / "new")
        assert {name: data for name, data in tree(tmp_path / "whole").items() if name in written} == written
    hugoconv.convert(site, tmp_path / "new", to="hugo")
    assert tree(tmp_path / "new") == tree(tmp_path / "whole")
    report = hugoconv.convert(site, tmp_path / "new", to="hugo", **part(1))  # type: ignore[arg-type]
    assert report.changed == 0


def test_a_file_that_was_edited_is_kept_and_the_difference_told(tmp_path: Path) -> None:
    site, new = write(tmp_path / "old", {**JEKYLL, **posts(1)}), tmp_path / "new"
    hugoconv.convert(site, new, to="hugo")
    edited = next((new / "content/posts").iterdir())
    edited.write_text(edited.read_text() + "By hand.\n")
    report = hugoconv.convert(site, new, to="hugo")
    kept = next(finding for finding in report.findings if finding.code == "HC603")
    assert "0 lines would come in, 1 would go" in kept.message
    assert "-By hand.\n" in hugoconv.convert(site, new, to="hugo", dry_run=True, diff=True).diff()
    assert edited.read_text().endswith("By hand.\n")
    assert hugoconv.convert(site, new, to="hugo", force=True).changed == 1
    assert not edited.read_text().endswith("By hand.\n")


# Hostile sources ----------------------------------------------------------------------------------------------------

PATHS = [
    "../../evil",
    "/etc/evil",
    "..\\..\\evil",
    "\\\\server\\share\\evil",
    "C:\\evil",
    "a/../../../evil",
    "%2e%2e/%2e%2e/evil",
    "a\0b",
    ".hugoconv/manifest.jsonl",
    "..",
    ".git/config",
]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("key", ["slug", "permalink", "url", "redirect_from", "language"])
@pytest.mark.parametrize("to", ["hugo", "jekyll"])
def test_no_key_leads_out_of_the_destination(path: str, key: str, to: str, tmp_path: Path) -> None:
    matter = f"title: Evil\n{key}: {json.dumps(path)}\n"
    name = "_posts/2020-01-02-evil.md" if to == "hugo" else "content/posts/evil.md"
    base = JEKYLL if to == "hugo" else {"hugo.toml": ""}
    site = write(tmp_path / "a/b/old", {**base, name: f"---\n{matter}---\nHere.\n"})
    before = tree(tmp_path)
    hugoconv.convert(site, tmp_path / "a/b/new", to=to)
    after = {name for name in tree(tmp_path) if not name.startswith("a/b/new/")}
    assert after == set(before)
    assert not Path("/etc/evil").exists()
    assert not any(".git/" in name for name in tree(tmp_path / "a/b/new"))


@pytest.mark.parametrize("path", [*PATHS[:6], "con\n", "x" * 5000, "a/" * 500 + "b"])
def test_no_operation_leads_out_of_the_destination(path: str, tmp_path: Path) -> None:
    log = Findings()
    destination = Destination(tmp_path / "a/new")
    destination.open()
    destination.apply(Write(PurePosixPath(path), b"x", origin="post.md"), log)
    outside = [name for name in tree(tmp_path) if not name.startswith("a/new/")]
    assert outside == []


def item(**values: str) -> str:
    fields = {
        "title": "T",
        "wp:post_id": "5",
        "wp:post_type": "post",
        "wp:status": "publish",
        "wp:post_name": "n",
        **values,
    }
    return "<item>" + "".join(f"<{name}>{value}</{name}>" for name, value in fields.items()) + "</item>"


def export(*items: str, head: str = "") -> str:
    spaces = 'xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    start = f'<?xml version="1.0"?>{head}<rss version="2.0" {spaces}><channel><title>S</title>'
    return (
        f"{start}<link>https://old.example</link><wp:wxr_version>1.2</wp:wxr_version>{''.join(items)}</channel></rss>"
    )


@pytest.mark.parametrize("path", [path for path in PATHS if "\0" not in path])
def test_no_item_of_an_export_leads_out_of_the_destination(path: str, tmp_path: Path) -> None:
    attachment = item(
        **{"wp:post_type": "attachment", "wp:attachment_url": f"https://old.example/wp-content/uploads/{path}"}
    )
    evil = item(**{"wp:post_name": path, "link": f"https://old.example/{path}"})
    source = tmp_path / "a/b/e.xml"
    source.parent.mkdir(parents=True)
    source.write_text(export(evil, attachment), encoding="utf-8")
    hugoconv.convert(source, tmp_path / "a/b/new", to="hugo")
    assert [name for name in tree(tmp_path) if not name.startswith("a/b/new/")] == ["a/b/e.xml"]


def test_names_in_an_archive_lead_nowhere(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "e.zip", "w") as archive:
        archive.writestr("../../evil.xml", export(item()))
        archive.writestr("/etc/evil.txt", "x")
    report = hugoconv.convert(tmp_path / "e.zip", tmp_path / "a/new", to="hugo")
    assert report.posts == 1
    assert [name for name in tree(tmp_path) if not name.startswith("a/new/")] == ["e.zip"]
    assert not Path("/etc/evil.txt").exists()


def test_an_archive_that_unpacks_to_far_too_much_or_to_nothing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cut.zip").write_bytes(b"PK\x03\x04 and nothing more")
    (tmp_path / "cut.xml.gz").write_bytes(b"\x1f\x8b\x08 and nothing more")
    for name in ("cut.zip", "cut.xml.gz"):
        with pytest.raises(HugoconvError):
            hugoconv.convert(tmp_path / name, tmp_path / "new", to="hugo")


ENTITIES = {
    "a file": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
    "a laugh": '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY e "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    "a definition elsewhere": '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">',
}


@pytest.mark.parametrize("head", ENTITIES.values(), ids=ENTITIES)
def test_xml_defines_nothing(head: str, tmp_path: Path) -> None:
    (tmp_path / "e.xml").write_text(export(item(**{"content:encoded": "before &e; after"}), head=head))
    try:
        hugoconv.convert(tmp_path / "e.xml", tmp_path / "new", to="hugo")
    except HugoconvError:
        return
    said = b"".join(tree(tmp_path / "new").values())
    assert b"root:" not in said
    assert b"aaaaaaaaaa" not in said


MATTERS = {
    "an object": "a: !!python/object/apply:os.system ['touch evil']",
    "another object": "a: !ruby/object:Gem::Installer {i: x}",
    "deep lists": "a: " + "[" * 5000 + "]" * 5000,
    "deep maps": "a: " + "{b: " * 3000 + "1" + "}" * 3000,
    "deep blocks": "\n".join(" " * depth + "a:" for depth in range(1500)),
    "a laugh": "a: &a [x,x,x,x]\n"
    + "".join(f"{b}: &{b} [*{a},*{a},*{a},*{a},*{a},*{a}]\n" for a, b in zip("abcdef", "bcdefg", strict=True)),
    "an anchor in itself": "a: &a [*a]",
    "a huge text": "a: " + "x" * 3_000_000,
    "a huge number": "a: " + "9" * 50_000,
    "many keys": "\n".join(f"k{number}: {number}" for number in range(5000)),
}


@pytest.mark.parametrize("matter", MATTERS.values(), ids=MATTERS)
@pytest.mark.parametrize("to", ["hugo", "jekyll"])
def test_front_matter_is_data(matter: str, to: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = f"---\ntitle: T\n{matter}\n---\nHere.\n"
    files = {**JEKYLL, "_posts/2020-01-02-p.md": text} if to == "hugo" else {"hugo.toml": "", "content/p.md": text}
    report = hugoconv.convert(write(tmp_path / "old", files), tmp_path / "new", to=to)
    assert "HC601" not in codes(report.findings), [str(finding) for finding in report.errors]
    assert not (tmp_path / "evil").exists()
    assert any(b"Here." in data for data in tree(tmp_path / "new").values())


@pytest.mark.parametrize(
    ("fence", "matter"),
    [
        ("json", '{"a": ' + "[" * 5000 + "]" * 5000 + "}"),
        ("+++", "a = " + "[" * 3000 + "]" * 3000),
        ("+++", "a." * 3000 + "b = 1"),
    ],
)
def test_deep_json_and_toml(fence: str, matter: str, tmp_path: Path) -> None:
    text = f"{matter}\nHere.\n" if fence == "json" else f"{fence}\n{matter}\n{fence}\nHere.\n"
    report = hugoconv.convert(
        write(tmp_path / "old", {"hugo.toml": "", "content/p.md": text}), tmp_path / "new", to="jekyll"
    )
    assert "HC601" not in codes(report.findings), [str(finding) for finding in report.errors]
    assert any(b"Here." in data for data in tree(tmp_path / "new").values())


BODIES = {
    "deep elements": "<div>" * 3000 + "Here." + "</div>" * 3000,
    "deep quotations": ">" * 3000 + " Here.",
    "deep brackets": "[" * 20_000 + "Here.",
    "deep images": "![" * 5000 + "Here." + "](x)" * 5000,
    "deep lists": "\n".join("  " * depth + "- x" for depth in range(400)) + "\n\nHere.",
    "deep emphasis": "*a **b " * 5000 + "Here.",
    "open shortcodes": "{{< a >}}" * 3000 + "Here.",
    "open Liquid": "{% if x %}" * 3000 + "Here.",
    "open delimiters": "{{<" * 20_000 + "Here.",
    "open Liquid delimiters": "{%" * 20_000 + "Here.",
    "open shortcodes of WordPress": "[caption" * 5000 + "Here.",
    "deep shortcodes of WordPress": "[b]" * 3000 + "Here." + "[/b]" * 3000,
    "open blocks": "<!-- wp:group -->" * 3000 + "Here.",
    "open comments": "<!-- " * 20_000 + "Here.",
    "attributes without end": "<a " + 'b="' * 20_000 + "Here.",
    "attribute lists": "{: " * 20_000 + "Here.",
    "backticks": "".join("`" * (number % 50) + "x" for number in range(5000)) + " Here.",
    "a long line": "x" * 2_000_000 + " Here.",
    "many links": "[a](b) " * 20_000 + "Here.",
    "definitions": "\n".join(f"[{number}]: /{number}" for number in range(5000)) + "\n\nHere.",
    "tables": "|a" * 2000 + "|\n" + "|-" * 2000 + "|\n\nHere.",
    "controls": "".join(map(chr, range(1, 32))) + "\x7f\x85\u2028 Here.",
}


UNSEEN = [BODIES[name] for name in ("open comments", "attributes without end", "open delimiters")]
"""In HTML a comment or tag that never ends swallows what follows: nobody saw that text on the old site either."""


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("system", ["hugo", "jekyll", "wordpress"])
def test_no_body_stops_a_run_or_keeps_it_for_ever(body: str, system: str, tmp_path: Path) -> None:
    text = f"---\ntitle: T\n---\n{body}\n"
    files = {
        "hugo": {"hugo.toml": "", "content/p.md": text},
        "jekyll": {**JEKYLL, "_posts/2020-01-02-p.md": text},
        "wordpress": {"e.xml": export(item(**{"content:encoded": f"<![CDATA[{body}]]>"}))},
    }[system]
    to = "jekyll" if system == "hugo" else "hugo"
    report = hugoconv.convert(write(tmp_path / "old", files), tmp_path / "new", from_=system, to=to)
    assert "HC601" not in codes(report.findings), [str(finding) for finding in report.errors]
    is_shown = system != "wordpress" or body not in UNSEEN
    assert any(b"Here." in data for data in tree(tmp_path / "new").values()) or not is_shown


def test_a_report_shows_what_a_source_says_and_runs_none_of_it(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
    target = evil.replace(" ", "")
    text = f"---\ntitle: {json.dumps(evil)}\n---\n![](/x/{target}.png) {{% {evil} %}} <a href='/{evil[:10]}'>x</a>\n"
    site = write(tmp_path / "old", {**JEKYLL, "_posts/2020-01-02-<img src=x onerror=alert(3)>.md": text})
    report = hugoconv.convert(site, tmp_path / "new", to="hugo")
    report.write(tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    from lxml import html

    root = html.document_fromstring(page)
    assert "alert" not in "".join(
        script.text or "" for script in root.iter("script") if script.get("type") != "application/json"
    )
    assert not root.xpath("//*[@onerror or @onload or @onclick]")
    assert not root.xpath("//img[@src='x']")
