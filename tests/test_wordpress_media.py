"""Media of an export: cases 81 to 89 of the specification, each in a whole conversion to a Hugo site."""

from __future__ import annotations

import io
import subprocess
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from media_server import MediaServer, serving
from programs import HUGO
from wordpress_export import SITE, UPLOADS, attachment, export, item, meta, write_export

import hugoconv as hc
from hugoconv.migrate import fetch, network
from hugoconv.systems.given_files import FolderFiles

Build = Callable[..., CompletedProcess[str]]


def converted(source: Path, **options: object) -> tuple[Path, hc.Report]:
    exporter = hc.exporters.get("hugo", **options.pop("exporter", {}))  # type: ignore[arg-type]
    site = source.parent / f"{source.stem}-site"
    return site, hc.convert(source, site, to=exporter, **options)  # type: ignore[arg-type]


def body(site: Path, name: str = "item-1") -> str:
    return next(site.rglob(f"{name}.md")).read_text().partition("\n---\n")[2].strip()


def carried(site: Path) -> dict[str, bytes]:
    static = site / "static"
    return {str(path.relative_to(static)): path.read_bytes() for path in static.rglob("*") if path.is_file()}


def messages(report: hc.Report, code: str) -> list[str]:
    return [finding.message for finding in report.findings if finding.code == code]


SIZES = {
    "case 81: a smaller copy of an attachment": ("2024/05/a-300x200.jpg", "2024/05/a.jpg"),
    "case 81: a smaller copy of nothing known": ("2024/05/other-300x200.jpg", None),
    "case 82: a name with numbers is an original": ("2024/05/photo-1920x1080.jpg", "2024/05/photo-1920x1080.jpg"),
    "case 83: scaled, and the upload is there": ("2024/05/big-scaled.jpg", "2024/05/big.jpg"),
    "case 83: a copy of what was scaled": ("2024/05/big-1024x683.jpg", "2024/05/big.jpg"),
    "case 83: scaled, and the upload is gone": ("2024/05/huge-scaled.jpg", "2024/05/huge-scaled.jpg"),
    "case 83: edited": ("2024/05/cut-e1600000000-150x150.jpg", "2024/05/cut-e1600000000.jpg"),
    "case 85: brackets": ("2024/05/Picture(2)-300x200.jpg", "2024/05/Picture(2).jpg"),
    "case 85: accents, encoded": ("2024/05/caf%C3%A9-150x150.jpg", "2024/05/café.jpg"),
    "case 85: accents, plain": ("2024/05/café.jpg", "2024/05/café.jpg"),
    "a document": ("2024/05/plan.pdf", "2024/05/plan.pdf"),
}
_ORIGINAL = 'a:1:{s:14:"original_image";s:%d:"%s";}'
LIBRARY = [
    attachment(10, "2024/05/a.jpg"),
    attachment(11, "2024/05/photo-1920x1080.jpg"),
    attachment(12, "2024/05/big-scaled.jpg", fields={"_wp_attachment_metadata": _ORIGINAL % (7, "big.jpg")}),
    attachment(13, "2024/05/huge-scaled.jpg", fields={"_wp_attachment_metadata": _ORIGINAL % (8, "huge.jpg")}),
    attachment(14, "2024/05/cut-e1600000000.jpg"),
    attachment(15, "2024/05/Picture(2).jpg"),
    attachment(16, "2024/05/café.jpg"),
    attachment(17, "2024/05/plan.pdf"),
]
FILES = {
    name: name.encode()
    for name in (
        *("2024/05/a.jpg", "2024/05/a-300x200.jpg", "2024/05/photo-1920x1080.jpg", "2024/05/big-scaled.jpg"),
        *("2024/05/big.jpg", "2024/05/huge-scaled.jpg", "2024/05/cut-e1600000000.jpg", "2024/05/Picture(2).jpg"),
        *("2024/05/café.jpg", "2024/05/plan.pdf"),
    )
}


@pytest.mark.parametrize(("written", "expected"), SIZES.values(), ids=SIZES)
def test_sizes_lead_to_the_original(written: str, expected: str | None, tmp_path: Path) -> None:
    text = f'<img src="{UPLOADS}/{written}" alt="x">'
    site, _ = converted(write_export(tmp_path / "x", item(1, text), *LIBRARY, files=FILES))
    target = f"/wp-content/uploads/{expected}" if expected else f"{UPLOADS}/{written}"
    assert target.replace("é", "%C3%A9").replace("(2)", "") in body(site).replace("é", "%C3%A9").replace(
        "\\(2\\)", ""
    ).replace("(2)", "")
    if expected:
        assert f"wp-content/uploads/{expected}" in carried(site)
        assert SITE not in body(site)


HOSTS = {
    "case 84: image proxy": "https://i0.wp.com/old.example/wp-content/uploads/2024/05/a.jpg?resize=300%2C200&#038;ssl=1",
    "case 84: image proxy, amp": "https://i2.wp.com/old.example/wp-content/uploads/2024/05/a.jpg?w=300&amp;ssl=1",
    "case 85: protocol-relative": "//old.example/wp-content/uploads/2024/05/a.jpg",
    "case 85: http": "http://old.example/wp-content/uploads/2024/05/a.jpg",
    "case 85: www": "https://www.old.example/wp-content/uploads/2024/05/a-150x150.jpg",
    "case 85: a path": "/wp-content/uploads/2024/05/a.jpg",
    "content network": "https://d111.cloudfront.net/wp-content/uploads/2024/05/a-300x200.jpg",
    "a host of its own": "https://cdn.old.example/wp-content/uploads/2024/05/a.jpg",
    "an optimiser": "https://cdn.shortpixel.ai/spai/w_300+q_lossy/https://old.example/wp-content/uploads/2024/05/a.jpg",
}


@pytest.mark.parametrize("url", HOSTS.values(), ids=HOSTS)
@pytest.mark.parametrize("quote", ['"', "'"])
def test_hosts_and_schemes_lead_to_the_file(url: str, quote: str, tmp_path: Path) -> None:
    text = f"<img alt={quote}x{quote} src={quote}{url}{quote}/>"
    site, _ = converted(write_export(tmp_path / "x", item(1, text), *LIBRARY, files=FILES))
    assert body(site) == "![x](/wp-content/uploads/2024/05/a.jpg)"


FOREIGN = {
    "another site with the same path": "https://elsewhere.example/wp-content/uploads/2024/05/a.jpg",
    "a look-alike": "https://old.example.evil.example/wp-content/uploads/2024/05/a.jpg",
    "a proxy of another site": "https://i0.wp.com/elsewhere.example/wp-content/uploads/2024/05/a.jpg",
}


@pytest.mark.parametrize("url", FOREIGN.values(), ids=FOREIGN)
def test_other_sites_pictures_are_left_alone(url: str, tmp_path: Path) -> None:
    site, _ = converted(write_export(tmp_path / "x", item(1, f'<img alt="x" src="{url}">'), *LIBRARY, files=FILES))
    assert body(site) == f"![x]({url})"


def test_case_85_spaces_in_a_name(tmp_path: Path) -> None:
    text = f'<a href="{UPLOADS}/2024/05/my plan.pdf">x</a>'
    site, report = converted(write_export(tmp_path / "x", item(1, text), files={"2024/05/my plan.pdf": b"p"}))
    assert "wp-content/uploads/2024/05/my plan.pdf" in carried(site)
    assert SITE not in body(site)
    assert not report.errors


@pytest.mark.parametrize("site_url", ["https://old.example/blog", "https://old.example/a/b"])
def test_case_85_a_site_in_a_folder(site_url: str, tmp_path: Path, build_hugo: Build) -> None:
    picture = attachment(10, "2024/05/a.jpg", url=f"{site_url}/wp-content/uploads/2024/05/a.jpg")
    text = f'<img alt="x" src="{site_url}/wp-content/uploads/2024/05/a-150x150.jpg">'
    source = write_export(
        tmp_path / "x",
        item(1, text, link=f"{site_url}/item-1/"),
        picture,
        files={"2024/05/a.jpg": b"a"},
        site=site_url,
    )
    site, _ = converted(source)
    assert set(carried(site)) == {"wp-content/uploads/2024/05/a.jpg"}
    assert build_hugo(site).returncode == 0
    folder = site_url.removeprefix("https://old.example")
    page = (site / "public" / "item-1" / "index.html").read_text()
    assert f"{folder}/wp-content/uploads/2024/05/a.jpg" in page


def test_case_86_same_names_in_one_folder_do_not_collide(tmp_path: Path) -> None:
    names = ("2024/05/a.jpg", "2024/06/a.jpg", "2024/06/A.jpg")
    text = "".join(f'<img alt="{name}" src="{UPLOADS}/{name}">' for name in names)
    source = write_export(
        tmp_path / "x",
        item(1, text),
        *(attachment(10 + number, name) for number, name in enumerate(names)),
        files={name: name.encode() for name in names},
    )
    site, report = converted(source, exporter={"media": "flat"})
    assert sorted(carried(site).values()) == [name.encode() for name in sorted(names)]
    assert len({name.lower() for name in carried(site)}) == 3
    for name in names:
        shown = body(site).partition(f"![{name}](")[2].partition(")")[0]
        assert (site / "static" / shown.lstrip("/")).read_bytes() == name.encode()
    assert report.exit_code == 0


def test_case_87_identical_bytes_are_kept_once(tmp_path: Path) -> None:
    names = ("2024/05/a.jpg", "2024/06/b.jpg", "2024/06/c.jpg")
    text = "".join(f'<img alt="x" src="{UPLOADS}/{name}">' for name in names)
    source = write_export(
        tmp_path / "x",
        item(1, text),
        *(attachment(10 + number, name) for number, name in enumerate(names)),
        files={names[0]: b"same", names[1]: b"same", names[2]: b"diff"},
    )
    site, report = converted(source)
    assert set(carried(site)) == {"wp-content/uploads/2024/05/a.jpg", "wp-content/uploads/2024/06/c.jpg"}
    assert body(site).count("/2024/05/a.jpg") == 2
    assert messages(report, "HC423") == ["1 media file with the same bytes as another one; each is kept once"]


USES = {
    "custom field": item(1, inner=meta({"brochure": f"{UPLOADS}/2024/05/x.pdf"})),
    "featured": item(1, inner=meta({"_thumbnail_id": "10"})) + attachment(10, "2024/05/x.pdf"),
    "link": item(1, f'<a href="{UPLOADS}/2024/05/x.pdf">x</a>'),
    "gallery": item(1, '[gallery ids="7, 10"]') + attachment(10, "2024/05/x.pdf"),
    "block attributes": item(1, f'<!-- wp:acme/x {{"url":"{UPLOADS}/2024/05/x.pdf"}} /-->'),
    "escaped JSON": item(1, inner=meta({"_elementor_data": f'{{"u":"{UPLOADS}/2024/05/x.pdf"}}'.replace("/", "\\/")})),
    "uploaded to the post": item(1) + attachment(10, "2024/05/x.pdf", post_parent=1),
    "srcset": item(1, f'<img alt="" src="/x.png" srcset="{UPLOADS}/2024/05/x.pdf 300w, /y.png 2x">'),
    "nobody": item(1) + attachment(10, "2024/05/x.pdf"),
    "not in the library": item(1),
}


@pytest.mark.parametrize("items", USES.values(), ids=USES)
def test_case_88_a_file_is_carried_wherever_it_is_named(items: str, tmp_path: Path) -> None:
    site, _ = converted(write_export(tmp_path / "x", items, files={"2024/05/x.pdf": b"x"}))
    assert carried(site) == {"wp-content/uploads/2024/05/x.pdf": b"x"}


def test_two_files_under_one_number_are_both_there(tmp_path: Path) -> None:
    source = write_export(
        tmp_path / "x",
        item(1),
        attachment(10, "2024/05/a.jpg"),
        attachment(10, "2024/05/b.jpg"),
        attachment(10, "2024/05/b.jpg"),
        attachment(10, "elsewhere", url="https://other.example"),
        files={"2024/05/a.jpg": b"a", "2024/05/b.jpg": b"b"},
    )
    site, report = converted(source)
    assert carried(site) == {"wp-content/uploads/2024/05/a.jpg": b"a", "wp-content/uploads/2024/05/b.jpg": b"b"}
    assert [message.partition(" (")[0] for message in messages(report, "HC422")] == [
        "missing: 1 media file that no page uses"
    ]


def test_case_89_a_missing_file_is_named_with_its_posts(tmp_path: Path) -> None:
    text = f'<img alt="x" src="{UPLOADS}/2024/05/gone-300x200.jpg">'
    source = write_export(
        tmp_path / "x",
        *(item(number, text) for number in range(1, 6)),
        attachment(10, "2024/05/gone.jpg"),
        attachment(11, "2024/05/unused.jpg"),
        files={"2024/05/here.jpg": b""},
    )
    site, report = converted(source)
    assert messages(report, "HC420") == [
        "missing from the media folder: /wp-content/uploads/2024/05/gone.jpg; used by content/posts/item-1.md, "
        "content/posts/item-2.md, content/posts/item-3.md and 2 more"
    ]
    assert "/wp-content/uploads/2024/05/unused.jpg" in messages(report, "HC422")[0]
    assert report.exit_code == 1
    assert report.failed == 0
    assert body(site) == f"![x]({UPLOADS}/2024/05/gone-300x200.jpg)"


def test_what_plug_ins_keep_in_the_folder_stays_behind(tmp_path: Path) -> None:
    names = ("2024/05/a.jpg", "2024/05/a-150x150.jpg", "backups/db.sql.gz", "wc-logs/x.log", "index.php", ".htaccess")
    source = write_export(tmp_path / "x", item(1), files={name: name.encode() for name in names})
    site, report = converted(source)
    assert set(carried(site)) == {"wp-content/uploads/2024/05/a.jpg"}
    assert messages(report, "HC424")[0].startswith("1 smaller copy")
    assert messages(report, "HC425")[0].startswith("4 other files")


def _zip(path: Path, prefix: str) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{prefix}2024/05/a.jpg", b"a picture")


def _tar(path: Path, prefix: str) -> None:
    with tarfile.open(path, "w:gz" if path.name.endswith("gz") else "w") as archive:
        for name, data in ((f"{prefix}2024/05/a.jpg", b"a picture"), ("../../2024/05/evil.jpg", b"evil")):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))


@pytest.mark.parametrize("prefix", ["", "wp-content/uploads/", "backup/uploads/"])
@pytest.mark.parametrize("name", ["media.zip", "media.tar", "media.tar.gz"])
def test_an_archive_of_media_beside_the_export(name: str, prefix: str, tmp_path: Path) -> None:
    source = write_export(tmp_path / "x", item(1, f'<img alt="x" src="{UPLOADS}/2024/05/a-10x10.jpg">'))
    (_zip if name.endswith("zip") else _tar)(source / name, prefix)
    site, report = converted(source)
    assert carried(site)["wp-content/uploads/2024/05/a.jpg"] == b"a picture"
    assert body(site) == "![x](/wp-content/uploads/2024/05/a.jpg)"
    assert not report.errors
    assert not [path for path in tmp_path.rglob("evil*") if path.parent == tmp_path]


def test_export_and_media_in_one_zip(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    _zip(path, "wp-content/uploads/")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("export.xml", export(item(1, f'<img alt="x" src="{UPLOADS}/2024/05/a.jpg">')))
    site, _ = converted(path)
    assert set(carried(site)) == {"wp-content/uploads/2024/05/a.jpg"}


@pytest.mark.parametrize(
    ("name", "is_taken"),
    [
        ("uploads.zip", True),
        ("backup_2024-05-01_my-blog_1a2b3c-uploads.zip", True),
        ("wp-content.zip", True),
        ("media-export-12345-from-0-to-9.zip", True),
        ("holidays.zip", False),
        ("uploadsomething.zip", False),
    ],
)
def test_of_what_lies_beside_a_single_file_only_what_is_named_as_uploads_is_taken(
    name: str, is_taken: bool, tmp_path: Path
) -> None:
    text = f'<img alt="x" src="{UPLOADS}/2024/05/a.jpg">'
    source = write_export(tmp_path / "x", item(1, text), LIBRARY[0])
    _zip(source / name, "wp-content/uploads/")
    (source / "2024" / "05").mkdir(parents=True)
    (source / "2024" / "05" / "a.jpg").write_bytes(b"another picture of that day")
    site, _ = converted(source / "export.xml")
    assert carried(site) == ({"wp-content/uploads/2024/05/a.jpg": b"a picture"} if is_taken else {})


def test_a_folder_of_uploads_elsewhere(tmp_path: Path) -> None:
    source = write_export(tmp_path / "x", item(1, f'<img alt="x" src="{UPLOADS}/2024/05/a.jpg">'))
    folder = tmp_path / "copy" / "2024" / "05"
    folder.mkdir(parents=True)
    (folder / "a.jpg").write_bytes(b"a")
    importer = hc.importers.get("wordpress", uploads=str(tmp_path / "copy"))
    site, _ = converted(source / "export.xml", from_=importer)
    assert set(carried(site)) == {"wp-content/uploads/2024/05/a.jpg"}
    with pytest.raises(hc.HugoconvError, match="does not exist"):
        converted(source, from_=hc.importers.get("wordpress", uploads=str(tmp_path / "nothing")))


def test_a_damaged_archive_is_a_finding(tmp_path: Path) -> None:
    source = write_export(tmp_path / "x", item(1))
    (source / "media.tar.gz").write_bytes(b"\x1f\x8b\x08\x00broken")
    _, report = converted(source)
    assert messages(report, "HC429")
    assert report.exit_code == 1


def test_without_files_pages_link_to_the_old_host(tmp_path: Path) -> None:
    text = f'<img alt="x" src="/wp-content/uploads/2024/05/a-10x10.jpg"><img alt="y" src="{UPLOADS}/2024/05/b.jpg">'
    source = write_export(tmp_path / "x", item(1, text), attachment(10, "2024/05/a.jpg"))
    site, report = converted(source)
    assert body(site) == f"![x]({UPLOADS}/2024/05/a-10x10.jpg)![y]({UPLOADS}/2024/05/b.jpg)"
    assert messages(report, "HC402") == ["2 media files left on the old host"]
    assert report.exit_code == 0


@pytest.mark.parametrize(
    ("mode", "shown"), [("link", f"{UPLOADS}/2024/05/a.jpg"), ("none", "/wp-content/uploads/2024/05/a.jpg")]
)
def test_modes_that_take_no_files(mode: str, shown: str, tmp_path: Path) -> None:
    text = f'<img alt="x" src="{UPLOADS}/2024/05/a.jpg">'
    source = write_export(tmp_path / "x", item(1, text), files={"2024/05/a.jpg": b"a"})
    site, report = converted(source, media=mode)
    assert body(site) == f"![x]({shown})"
    assert not carried(site)
    assert bool(messages(report, "HC428")) is (mode == "none")


def test_an_unknown_mode_is_refused(tmp_path: Path) -> None:
    with pytest.raises(hc.HugoconvError, match="media is one of copy, download, link, none"):
        converted(write_export(tmp_path / "x", item(1)), media="dowload")


# Downloads, from a real server on this machine


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[MediaServer]:
    monkeypatch.setattr(network, "is_public", lambda address: address == "127.0.0.1")
    with serving() as server:
        yield server


def served_export(server: MediaServer, folder: Path, *names: str) -> Path:
    pictures = "".join(f'<img alt="{name}" src="{server.url}/wp-content/uploads/{name}">' for name in names)
    return write_export(folder, item(1, pictures, link=f"{server.url}/item-1/"), site=server.url)


def test_downloads_are_kept_and_failures_named_and_never_stop_the_run(
    server: MediaServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr(fetch, "Fetcher", partial(fetch.Fetcher, sleep=waits.append))
    path = "/wp-content/uploads/"
    server.files = {f"{path}2024/05/a.jpg": b"a", f"{path}2024/05/plan.pdf": b"pdf", "/here.jpg": b"moved"}
    good = ("2024/05/a.jpg", "2024/05/plan.pdf", "2024/05/moved.jpg", "2024/05/busy-twice.jpg")
    bad = ("2024/05/lost.jpg", "2024/05/short.jpg", "2024/05/login.jpg", "2024/05/to-metadata.jpg", "2024/05/huge.jpg")
    source = served_export(server, tmp_path / "x", *good, *bad)
    site, report = converted(source, media="download", media_cache=tmp_path / "cache", media_rate=1000)
    assert set(carried(site)) == {f"wp-content/uploads/{name}" for name in good}
    assert len(messages(report, "HC421")) == len(bad)
    assert all("used by content/posts/item-1.md" in message for message in messages(report, "HC421"))
    assert report.exit_code == 1
    assert report.post_files["written"] == 1
    assert max(waits) > 1  # a host that is busy is asked again after a while
    for name in good:
        assert f"![{name}](/wp-content/uploads/{name})" in body(site)
    for name in bad:
        assert f"![{name}]({server.url}/wp-content/uploads/{name})" in body(site)
    asked = server.asked["/wp-content/uploads/2024/05/a.jpg"]
    hc.convert(source, tmp_path / "again", to="hugo", media="download", media_cache=tmp_path / "cache", media_rate=1000)
    assert server.asked["/wp-content/uploads/2024/05/a.jpg"] == asked == 1
    assert carried(tmp_path / "again") == carried(site)


def test_what_is_beside_the_export_is_not_downloaded(server: MediaServer, tmp_path: Path) -> None:
    server.files = {"/wp-content/uploads/2024/05/b.jpg": b"b"}
    source = served_export(server, tmp_path / "x", "2024/05/a.jpg", "2024/05/b.jpg")
    folder = source / "wp-content/uploads/2024/05"
    folder.mkdir(parents=True)
    (folder / "a.jpg").write_bytes(b"a")
    site, report = converted(source, media="download", media_cache=tmp_path / "cache", media_rate=1000)
    assert carried(site) == {"wp-content/uploads/2024/05/a.jpg": b"a", "wp-content/uploads/2024/05/b.jpg": b"b"}
    assert set(server.asked) == {"/wp-content/uploads/2024/05/b.jpg"}
    assert not report.errors


def test_case_83_the_upload_is_asked_for_before_the_scaled_copy(server: MediaServer, tmp_path: Path) -> None:
    root = f"{server.url}/wp-content/uploads"
    server.files = {"/wp-content/uploads/2024/05/big-scaled.jpg": b"scaled"}
    source = write_export(
        tmp_path / "x",
        item(1, f'<img alt="x" src="{root}/2024/05/big-300x200.jpg">', link=f"{server.url}/item-1/"),
        attachment(
            12,
            "2024/05/big-scaled.jpg",
            url=f"{root}/2024/05/big-scaled.jpg",
            fields={"_wp_attachment_metadata": _ORIGINAL % (7, "big.jpg")},
        ),
        site=server.url,
    )
    site, report = converted(source, media="download", media_cache=tmp_path / "cache", media_rate=1000)
    assert server.asked["/wp-content/uploads/2024/05/big.jpg"] == 1
    assert carried(site) == {"wp-content/uploads/2024/05/big-scaled.jpg": b"scaled"}
    assert not report.errors


def test_a_dry_run_asks_nobody(server: MediaServer, tmp_path: Path) -> None:
    source = served_export(server, tmp_path / "x", "2024/05/a.jpg")
    site, _ = converted(source, media="download", media_cache=tmp_path / "cache", dry_run=True)
    assert not server.asked
    assert not site.exists()


def test_an_export_cannot_make_the_run_ask_a_private_address(tmp_path: Path) -> None:
    with serving() as server:
        source = served_export(server, tmp_path / "x", "2024/05/a.jpg")
        _, report = converted(source, media="download", media_cache=tmp_path / "cache", media_rate=1000)
        assert not server.asked
    assert "private network" in messages(report, "HC421")[0]
    assert report.exit_code == 1


def test_a_filter_fetches_only_what_the_chosen_posts_use(server: MediaServer, tmp_path: Path) -> None:
    server.files = {f"/wp-content/uploads/2024/05/{name}.jpg": name.encode() for name in "ab"}
    root = f"{server.url}/wp-content/uploads/2024/05"
    items = [
        item(number, f'<img alt="x" src="{root}/{name}.jpg">', link=f"{server.url}/item-{number}/", creator=name)
        for number, name in enumerate("ab", 1)
    ]
    source = write_export(tmp_path / "x", *items, site=server.url)
    site, report = converted(source, media="download", media_cache=tmp_path / "cache", media_rate=1000, authors=["B"])
    assert report.posts == 1
    assert set(carried(site)) == {"wp-content/uploads/2024/05/b.jpg"}


def _with_private_pictures(tmp_path: Path) -> Path:
    both, hidden = (f'<img src="{UPLOADS}/{name}.jpg">' for name in ("both", "hidden"))
    return write_export(
        tmp_path / "old",
        item(1, both),
        item(2, f"{both} {hidden}", status="private"),
        item(3, '[gallery ids="13"]', status="draft"),
        attachment(11, "both.jpg"),
        attachment(12, "hidden.jpg"),
        attachment(13, "shown.jpg"),
        attachment(14, "unused.jpg"),
        files={f"{name}.jpg": name.encode() for name in ("both", "hidden", "shown", "unused")},
    )


def test_pictures_of_pages_that_are_not_public_are_published_with_them_only(tmp_path: Path, build_hugo: Build) -> None:
    report = hc.convert(_with_private_pictures(tmp_path), tmp_path / "new", from_="wordpress", to="hugo")
    site = tmp_path / "new"
    pictures = {str(path.relative_to(site)) for path in site.rglob("*.jpg")}
    static = "static/wp-content/uploads"
    hidden = {"content/posts/item-2/hidden.jpg", "original/wp-content/uploads/shown.jpg"}
    assert pictures == {f"{static}/both.jpg", f"{static}/unused.jpg", *hidden}
    assert len([finding for finding in report.findings if finding.code == "HC427"]) == 1
    assert subprocess.run([HUGO, "--quiet", "--source", str(site)], check=False).returncode == 0
    public = {path.name for path in (site / "public").rglob("*.jpg")}
    assert public == {"both.jpg", "unused.jpg"}
    assert build_hugo(site).returncode == 0  # drafts too
    assert (site / "public" / "item-2" / "hidden.jpg").read_bytes() == b"hidden"
    assert "/item-2/hidden.jpg" in (site / "public" / "item-2" / "index.html").read_text()


def test_jekyll_publishes_no_picture_of_a_private_page(tmp_path: Path) -> None:
    hc.convert(_with_private_pictures(tmp_path), tmp_path / "new", from_="wordpress", to="jekyll")
    pictures = {str(path.relative_to(tmp_path / "new")) for path in (tmp_path / "new").rglob("*.jpg")}
    uploads = "wp-content/uploads"
    assert pictures == {
        f"{uploads}/both.jpg",
        f"{uploads}/unused.jpg",
        f"_original/{uploads}/hidden.jpg",
        f"_original/{uploads}/shown.jpg",
    }


def test_a_public_copy_of_a_hidden_file_is_carried(tmp_path: Path) -> None:
    source = write_export(
        tmp_path / "old",
        item(1, f'<img src="{UPLOADS}/a.jpg">', status="private"),
        item(2, f'<img src="{UPLOADS}/b.jpg">'),
        attachment(11, "a.jpg"),
        attachment(12, "b.jpg"),
        files={"a.jpg": b"same", "b.jpg": b"same"},
    )
    hc.convert(source, tmp_path / "new", from_="wordpress", to="hugo")
    assert (tmp_path / "new" / "static" / "wp-content" / "uploads" / "b.jpg").exists()
    assert "/wp-content/uploads/b.jpg" in (tmp_path / "new" / "content" / "posts" / "item-2.md").read_text()


def test_links_out_of_the_uploads_are_not_followed(tmp_path: Path) -> None:
    uploads, elsewhere = tmp_path / "uploads", tmp_path / "elsewhere"
    (uploads / "2024").mkdir(parents=True)
    elsewhere.mkdir()
    for folder in (uploads / "2024", elsewhere):
        (folder / "a.jpg").write_bytes(b"a")
    (uploads / "out").symlink_to(elsewhere)
    (uploads / "in").symlink_to(uploads / "2024")
    (uploads / "2024/out.jpg").symlink_to(elsewhere / "a.jpg")
    (uploads / "2024/in.jpg").symlink_to("a.jpg")
    files = FolderFiles(uploads)
    for _ in range(2):
        found = {name: files.find(name) is not None for name in ("2024/a.jpg", "in/a.jpg", "2024/in.jpg")}
        assert found == dict.fromkeys(found, True)
        hidden = {name: files.find(name) for name in ("out/a.jpg", "2024/out.jpg", "../elsewhere/a.jpg", "none/a.jpg")}
        assert hidden == dict.fromkeys(hidden)
