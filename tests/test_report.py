"""The report page: one file, everything escaped, the worst first, usable in a real browser."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from programs import in_browser, needs_chromium
from wordpress_export import attachment, item, write_export

import hugoconv as hc
from hugoconv.migrate.redirects import Answers
from hugoconv.model import Redirect
from hugoconv.report.codes import CODES
from hugoconv.report.page import page, verdict
from hugoconv.report.page.findings import PLACES_SHOWN
from hugoconv.report.redaction import redacted
from hugoconv.report.report import Report


def report(**counts: int) -> Report:
    made = Report("old blog", "new", "jekyll", "hugo", seconds=1.25)
    made.posts = counts.pop("posts", 3)
    made.failed = counts.pop("failed", 0)
    made.dropped = counts.pop("dropped", 0)
    made.post_files.update(counts or {"written": 3})
    return made


class Outline(HTMLParser):
    """Collects the tags, attributes and texts of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.text = "".join(self.texts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


VERDICTS = {
    "all well": ([], {}, "3 posts moved; nothing needs you"),
    "one post": ([], {"posts": 1}, "1 post moved; nothing needs you"),
    "notes only": (["HC606"], {}, "3 posts moved; nothing needs you"),
    "one warning": (["HC308"], {}, "3 posts moved; 1 warning to look at"),
    "a failure": (["HC605", "HC308"], {"failed": 1}, "2 of 3 posts moved; 1 error needs you"),
    "two errors": (["HC605", "HC605"], {}, "3 posts moved; 2 errors need you"),
}
DETAILS: dict[str, dict[str, Any]] = {
    "HC606": {"name": "tidy"},
    "HC308": {"path": "a"},
    "HC605": {"path": "a", "detail": "disk full"},
}


@pytest.mark.parametrize(("codes", "counts", "sentence"), VERDICTS.values(), ids=VERDICTS)
def test_the_verdict_is_one_sentence(codes: list[str], counts: dict[str, int], sentence: str) -> None:
    made = report(**counts)
    for code in codes:
        made.findings.add(code, **DETAILS[code])
    assert verdict(made) == sentence
    assert sentence in Outline(page(made)).text


def test_a_dry_run_says_so() -> None:
    made = report()
    made.dry_run = True
    text = Outline(page(made)).text
    assert "3 posts would be moved" in text
    assert "nothing was written" in text


def test_counts_of_what_became_of_the_posts() -> None:
    text = Outline(page(report(posts=1206, written=1180, unchanged=20, kept=4, failed=2, dropped=14))).text
    for words in ("1,180 posts written", "20 already there", "4 kept as you edited them", "14 left out", "2 failed"):
        assert words in text
    assert "old blog (jekyll) → new (hugo) · 1.2 s" in text


def test_everything_is_escaped_and_control_characters_are_made_visible() -> None:
    made = report()
    made.source = "<img src=x onerror=alert(1)>"
    made.findings.add("HC301", file='"><script>alert(2)</script>', line=3, name="</details>\x1b[31m\n$filter ${title}")
    text = page(made)
    outline = Outline(text)
    assert [tag for tag, _ in outline.tags].count("script") == 1
    assert "img" not in [tag for tag, _ in outline.tags]
    assert "<script>alert(2)</script>:3" in outline.text
    assert "</details>\\x1b[31m\\n$filter ${title}" in outline.text
    assert "\x1b" not in text


def test_names_that_are_not_utf8_do_not_stop_the_report(tmp_path: Path) -> None:
    made = report()
    made.findings.add("HC110", file="caf\udce9.txt")
    made.write(tmp_path / "report.html")
    assert "caf\\udce9.txt" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_the_page_needs_nothing_else() -> None:
    made = report()
    made.findings.add("HC401", file="a.md", target="https://tracker.example/pixel.png")
    text = page(made)
    for tag, attributes in Outline(text).tags:
        assert not {"srcset", "action"} & set(attributes), tag
        assert str(attributes.get("src", "data:")).startswith("data:")
        assert str(attributes.get("href", "data:,")).startswith(("data:,", "#"))
    assert not re.search(r"@import|url\(", text)
    assert "default-src 'none'" in text


def test_findings_stand_by_code_the_worst_first_then_the_commonest() -> None:
    made = report()
    made.findings.add("HC606", file="n.md", name="tidy")
    made.findings.add("HC308", file="w.md", path="w")
    for number in range(2):
        made.findings.add("HC401", file=f"{number}.md", target="x.png")
    made.findings.add("HC605", file="e.md", path="e", detail="disk full")
    outline = Outline(page(made))
    classes = [str(attributes.get("class", "")).split() for tag, attributes in outline.tags if tag == "details"]
    assert [names[1] for names in classes if "finding" in names] == ["error", "warning", "warning", "info"]
    found = re.findall(r"<summary><code>(HC\d{3})", page(made))
    assert found == ["HC605", "HC401", "HC308", "HC606"]
    for code in found:
        assert CODES[code].why in outline.text
        assert CODES[code].remedy in outline.text


def test_what_differs_from_place_to_place_is_left_open_in_the_heading() -> None:
    made = report()
    for name in ("gallery", "video"):
        made.findings.add("HC301", file=f"{name}.md", name=name)
        made.findings.add("HC534", file=f"{name}.md", count=1000, words=name, old="x.md")
    text = Outline(page(made)).text
    assert "unmapped shortcode … (kept as text)" in text
    assert "… words of … are missing: …" in text
    assert "video.mdunmapped shortcode video" in text


@pytest.mark.parametrize(("count", "note"), [(PLACES_SHOWN, ""), (PLACES_SHOWN + 5, "... and 5 more places")])
def test_very_many_places_are_cut_and_counted(count: int, note: str) -> None:
    made = report()
    for number in range(count):
        made.findings.add("HC401", file=f"{number}.md", target="x.png")
    text = page(made)
    assert text.count('class="place row"') == PLACES_SHOWN
    assert f"{count} warnings" in text
    assert ("more places" in text) == bool(note)
    assert note in text


def test_without_findings_the_page_says_so() -> None:
    assert "There is nothing to report." in Outline(page(report())).text


@needs_chromium
@pytest.mark.parametrize(
    ("words", "visible"),
    [("", ["a.md", "b.md", "c.md"]), ("GALLERY", ["a.md"]), ("hc308", ["c.md"]), ("b.md video", ["b.md"]), ("zzz", [])],
)
def test_the_filter_in_a_real_browser(words: str, visible: list[str], tmp_path: Path) -> None:
    made = report()
    made.findings.add("HC301", file="a.md", name="gallery")
    made.findings.add("HC301", file="b.md", name="video")
    made.findings.add("HC308", file="c.md", path="c.md")
    script = f"""<script>
filter.value = {words!r}; filter.dispatchEvent(new Event("input"));
const isSeen = (place) => !place.hidden && !place.closest("details").hidden;
const seen = [...document.querySelectorAll(".place")].filter(isSeen);
document.title = "seen:" + seen.map((place) => place.querySelector("code").textContent).join();
</script></body>"""
    (tmp_path / "report.html").write_text(page(made).replace("</body>", script), encoding="utf-8")
    found = in_browser(tmp_path / "report.html")
    assert [name for name in found.removeprefix("seen:").split(",") if name] == visible


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The report of a real conversion with drafts, an alias, a lost picture, a shortcode of nobody, and a failure."""
    root = tmp_path_factory.mktemp("moved")
    one = "title: One\nredirect_from: /uno/\ntags: [a, b]\ncontact: ida@mail.example"
    files = {
        "_config.yml": "title: Old\nurl: https://old.example\n",
        "_posts/2019-01-02-one.md": f"---\n{one}\n---\nSome **words** {{% mine %}} from 192.168.1.7.\n",
        "_posts/2020-03-04-two.md": "---\ntitle: Two\n---\n![x](/gone.png)\n",
        "_posts/2021-03-04-bad.md": "---\ntitle: [unclosed\n---\nText.\n",
        "logo.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>',
    }
    for name, text in files.items():
        (root / "old" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "old" / name).write_text(text)
    return hc.convert(root / "old", root / "new", to="hugo")


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The report of a move of an export with its uploads: one used, one not, one twice, one missing."""
    uploads = "https://old.example/wp-content/uploads/2024/05"
    text = "".join(f'<img src="{uploads}/{name}" alt="x">' for name in ("used.png", "twice.png", "gone.png"))
    library = [attachment(10 + n, f"2024/05/{name}.png") for n, name in enumerate(("used", "idle", "gone", "twice"))]
    files = {f"2024/05/{name}.png": f"a picture: {name}".encode() for name in ("used", "idle")}
    files["2024/05/twice.png"] = files["2024/05/used.png"]
    folder = tmp_path_factory.mktemp("media")
    write_export(folder / "old", item(1, text), *library, files=files)
    return hc.convert(folder / "old", folder / "new", to="hugo")


def test_what_became_of_each_picture(media: Report) -> None:
    text = Outline(page(media)).text
    for words in ("1 missing", "1 used by no page", "1 duplicates, kept once"):
        assert words in text
    values = media.to_dict()
    assert [(each["path"].rpartition("/")[2], each["marks"]) for each in values["marked_files"]] == [
        ("idle.png", ["unused"])
    ]
    kept = "/wp-content/uploads/2024/05/used.png"
    assert values["duplicate_files"] == [{"old": "/wp-content/uploads/2024/05/twice.png", "kept": kept}]


REDIRECTED = {
    "nothing answers": ([], "lost"),
    "a web server does": (["nginx"], "redirect"),
}


@pytest.mark.parametrize(("forms", "state"), REDIRECTED.values(), ids=REDIRECTED)
def test_an_address_that_a_web_server_answers_is_a_redirect(forms: list[str], state: str, tmp_path: Path) -> None:
    plain = item(7, "<p>Text.</p>", link="https://old.example/?p=7")  # which no file can answer
    source = write_export(tmp_path / "old", plain)
    made = hc.convert(source, tmp_path / "new", to="hugo", redirects=forms)
    assert [(each.old_url, each.address) for each in made.record.posts] == [("/?p=7", state)]
    assert +made.record.addresses == {state: 1}
    assert f"{int(state == 'redirect')} of 1 public addresses go on to work." in Outline(page(made)).text


ANSWERED = {
    "/uno/": True,
    "/uno": True,
    "/dos.html": True,
    "/tres/index.html": True,
    "/caf%C3%A9/": True,
    "/?p=7": True,
    "/?p=8": False,
    "/": False,
    "/quatro/": False,
}


@pytest.mark.parametrize(("address", "is_answered"), ANSWERED.items(), ids=ANSWERED)
def test_what_answers_beside_the_pages(address: str, is_answered: bool) -> None:
    answers = Answers({"uno/index.html", "static/dos.html", "tres.html", "café/index.html"}, [Redirect("/?p=7", "/x/")])
    assert (address in answers) == is_answered


def test_posts_that_a_transform_leaves_out_are_in_the_numbers_before(tmp_path: Path) -> None:
    for year in (2019, 2020):
        path = tmp_path / "old" / "_posts" / f"{year}-01-02-a.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\ntitle: Of {year}\ntags: [t{year}]\n---\nFour words are here.\n")
    (tmp_path / "old" / "_config.yml").write_text("title: Old\n")
    late = lambda post: post if post.date.value.year > 2019 else None  # noqa: E731
    made = hc.convert(tmp_path / "old", tmp_path / "new", to="hugo", transforms=[late])
    assert made.record.before.years == {"2019": 1, "2020": 1}
    assert made.record.after.years == {"2020": 1}
    assert "<title>2019: 1 before</title>" in page(made)
    assert "<title>2019: 1 after</title>" not in page(made)
    assert made.record.before.terms["tags"] == {"t2019": 1, "t2020": 1}


def test_posts_that_lost_words_are_named(tmp_path: Path) -> None:
    def cut(post: hc.Post) -> hc.Post:
        post.body.text = "Only this.\n"
        return post

    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "_config.yml").write_text("title: Old\n")
    (tmp_path / "old" / "a.md").write_text(f"---\ntitle: A long one\n---\n{'word ' * 40}\n")
    made = hc.convert(tmp_path / "old", tmp_path / "new", to="hugo", transforms=[cut])
    text = Outline(page(made)).text
    assert "1 post of 1 with less than two thirds of the words" in text
    assert "A long onecontent/a.md402" in text


def test_the_sections_stand_in_the_order_in_which_a_person_asks(moved: Report) -> None:
    identifiers = re.findall(r'<section id="(\w+)"', page(moved))
    assert identifiers == ["mend", "addresses", "files", "compare", "constructs", "plots"]
    links = [str(attributes["href"]) for tag, attributes in Outline(page(moved)).tags if tag == "a"]
    assert links == [f"#{name}" for name in identifiers]


def test_the_page_shows_what_became_of_each_post(moved: Report) -> None:
    text = Outline(page(moved)).text
    assert "2 of 2 public addresses go on to work." in text
    assert moved.record.fates == {"warned": 1, "exact": 1, "failed": 1}
    made = page(moved)
    assert '<td class="removed">redirect_from: /uno/</td><td class="added">aliases:</td>' in made
    assert "<ins>{% mine %}</ins>" not in made  # which its reader does not see
    assert "{% mine %}" in text
    assert 'src="data:image/svg+xml;base64,' in made
    assert "<title>2019: 1 before</title>" in made
    assert "<title>2019: 1 after</title>" in made


def test_no_secret_is_in_a_report(moved: Report, tmp_path: Path) -> None:
    for name in ("report.html", "report.json"):
        moved.write(tmp_path / name)
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert "ida@mail.example" not in text
        assert "192.168.1.7" not in text
        assert "[e-mail address]" in text
        assert "[IP address]" in text


REDACTED = {
    "write to ida.b+x@mail.example, please": "write to [e-mail address], please",
    "seen from 10.0.0.255 and 2001:db8:0:0:1:0:0:1": "seen from [IP address] and [IP address]",
    "password: hunter2\nx": "password: [password]\nx",
    "{\n  'post_password' = 'a b'": "{\n  'post_password' = [password]",
    "logo@2x.png": "logo@2x.png",
    "at 10:20:30 on 1.2.3": "at 10:20:30 on 1.2.3",
    "version 999.1.2.3, @handle, a@b": "version 999.1.2.3, @handle, a@b",
    "the password is a secret": "the password is a secret",
}


@pytest.mark.parametrize(("text", "expected"), REDACTED.items(), ids=REDACTED)
def test_what_is_a_secret_and_what_is_not(text: str, expected: str) -> None:
    assert redacted(text) == expected


def test_the_json_report_has_what_the_page_shows(moved: Report) -> None:
    values = moved.to_dict()
    assert [each["old_url"] for each in values["pages"]] == ["/2019/01/02/one.html", "/2020/03/04/two.html", ""]
    assert values["addresses"] == {"same": 2, "unknown": 1}
    assert values["after"]["years"] == {"2019": 1, "2020": 1}
    assert {"before": "redirect_from", "after": "aliases", "posts": 1} in values["keys"]
    reasons = {page["path"]: page["fate"] for page in values["pages"]}
    assert values["samples"]
    assert all(each["why"] == "warned" for each in values["samples"] if reasons[each["path"]] == "warned")


def test_two_thousand_posts_stay_under_five_megabytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent.parent / "scripts"))
    from make_export import write_export

    write_export(tmp_path / "export.xml", posts=2000)
    made = hc.convert(tmp_path / "export.xml", tmp_path / "site", to="hugo", dry_run=True)
    made.write(tmp_path / "report.html")
    size = (tmp_path / "report.html").stat().st_size
    assert made.posts > 2000
    assert size < 5_000_000, size


def test_a_run_that_remembers_nothing_has_a_page_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: A\n---\nx\n")
    made = hc.convert(tmp_path / "a.md", tmp_path / "new", to="hugo", record=False)
    assert made.record.posts == []
    assert "1 post moved" in page(made)


_INSPECTION = """<script>
const luminance = (colour) => {
  const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map((each) => {
    const share = each / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const ground = (element) => {
  for (let each = element; each; each = each.parentElement) {
    const colour = getComputedStyle(each).backgroundColor;
    if (!/rgba\\(.*, 0\\)|transparent/.test(colour)) return colour;
  }
  return "rgb(255, 255, 255)";
};
const problems = [];
for (const box of document.querySelectorAll("details")) box.open = true;
for (const element of document.querySelectorAll("body *:not(script)")) {
  const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
  if (!own || element.closest("svg") || !element.checkVisibility()) continue;
  const [a, b] = [luminance(getComputedStyle(element).color), luminance(ground(element))].sort((x, y) => y - x);
  const contrast = (a + 0.05) / (b + 0.05);
  if (contrast < 4.5) problems.push(`${element.tagName}.${element.className} ${contrast.toFixed(2)}`);
}
for (const name of ["header", "nav", "main", "h1"]) {
  if (document.querySelectorAll(name).length !== 1) problems.push(`not one ${name}`);
}
for (const element of document.querySelectorAll("svg, input, nav, section")) {
  if (!element.getAttribute("aria-label") && !element.getAttribute("aria-labelledby")) problems.push(element.tagName);
}
for (const element of document.querySelectorAll("img")) if (!element.hasAttribute("alt")) problems.push("img");
if (document.documentElement.scrollWidth > innerWidth) problems.push(`wider than ${innerWidth}`);
dispatchEvent(new KeyboardEvent("keydown", {key: "/"}));
if (document.activeElement !== filter) problems.push("/ does not reach the filter");
filter.value = "one"; filter.dispatchEvent(new Event("input"));
const seen = document.querySelectorAll(".row:not([hidden])").length;
dispatchEvent(new KeyboardEvent("keydown", {key: "Escape"}));
if (!seen || seen >= document.querySelectorAll(".row:not([hidden])").length) problems.push("the filter");
const scheme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
parent.document.title = `${innerWidth} ${scheme} ${JSON.stringify([...window.faults, ...problems])}`;
</script></body>"""


@needs_chromium
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [400, 1200])
def test_the_page_in_a_real_browser(scheme: str, width: int, moved: Report, media: Report, tmp_path: Path) -> None:
    """No error on the console, readable colours, landmarks, names, nothing too wide, keys that work.

    The page stands in a frame, for Chromium opens no window as narrow as a telephone.
    """
    listening = '<script>window.faults = []; addEventListener("error", (event) => faults.push(event.message));</script>'
    dark = int(scheme == "light")
    for made in (moved, media):
        text = page(made).replace("<style>", f"{listening}<style>", 1).replace("</body>", _INSPECTION)
        frame = f'<iframe style="width:{width}px;height:900px;border:0" srcdoc="{escape(text)}"></iframe>'
        (tmp_path / "frame.html").write_text(f"<!doctype html><title>not run</title>{frame}", encoding="utf-8")
        switches = ["--window-size=1400,1000", f"--blink-settings=preferredColorScheme={dark}"]
        assert in_browser(tmp_path / "frame.html", *switches) == f"{width} {'dark' if not dark else 'light'} []"
