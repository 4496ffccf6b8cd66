"""The numbered cases of WordPress bodies: `NN-name.input.html`, what becomes of each, and what WordPress shows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hugoconv.report.findings import Finding, Findings
from hugoconv.systems.hugo.dialect import HUGO as TARGET
from hugoconv.systems.wordpress.bodies.context import Attachment, BodyContext
from hugoconv.systems.wordpress.bodies.to_markdown import body_to_markdown

CASES = Path(__file__).parent / "fixtures" / "cases" / "wordpress"
NAMES = sorted(path.name.removesuffix(".input.html") for path in CASES.glob("*.input.html"))
MEDIA = {
    9: Attachment("https://old.example/u/9.jpg", alt="Nine", caption="Cap <em>9</em>", mime="image/jpeg"),
    10: Attachment("https://old.example/u/10.jpg", alt="Ten", mime="image/jpeg"),
    1: Attachment("https://old.example/u/1.mp3", title="One", mime="audio/mpeg"),
    2: Attachment("https://old.example/u/2.mp3", title="Two", mime="audio/mpeg"),
    3: Attachment("https://old.example/u/3.mp4", title="Three", mime="video/mp4"),
}
CHILDREN = (9, 10, 1, 3)
"""The media that were uploaded to the post."""
SHARED = {
    99: "<!-- wp:paragraph -->\n<p>shared</p>\n<!-- /wp:paragraph -->",
    98: '<!-- wp:block {"ref":98} /-->',
}
CONTEXT = BodyContext(
    attachment=MEDIA.get,
    children=lambda: tuple(MEDIA[number] for number in CHILDREN),
    reusable=SHARED.get,
    link=lambda url: url.replace("https://old.example/u/", "/media/"),
)
NOTES = {"55-footnotes": {"a": "First <em>note</em>.", "b": 'Second, with <a href="https://e.org/">a link</a>.'}}
CODES = {
    "15-gallery-random": "HC307",
    "16-audio-and-text": "HC305",
    "16-text-after-media": "HC305 HC305",
    "17-audio-address": "HC305",
    "18-audio-of-the-post": "HC305 HC305",
    "19-playlist": "HC305",
    "22-unknown-shortcode": "HC301 HC301",
    "25-lone-addresses": "HC305 HC305",
    "26-youtube-addresses": "HC305",
    "29-gist": "HC305",
    "35-lists": "HC305",
    "36-ordered-lists": "HC305",
    "37-quotations": "HC305",
    "38-tables": "HC305 HC305",
    "41-code-tags": "HC305",
    "46-details": "HC305",
    "47-layout": "HC310",
    "51-nextpage": "HC307",
    "52-reusable": "HC307 HC304",
    "53-html": "HC305 HC301",
    "54-dynamic": "HC303 HC303 HC303",
    "54-fields-of-plugins": "HC307 HC307 HC307 HC307 HC307 HC303 HC303",
    "54-stored-dynamic-blocks": "HC305 HC305 HC305",
    "57-tags-that-are-none": "HC307 HC307",
    "60-iframe": "HC305",
    "61-inline-elements": "HC305 HC305 HC305 HC305 HC305 HC305 HC305",
}

LESS: dict[str, set[str]] = {
    "17-audio-address": {"media"},  # WordPress forgot how to read this old form, and shows the post's own sound
    "24-shortcode-in-code": {"words", "links", "images", "code", "emphasis"},  # WordPress puts a gallery into the code
    "57-tags-that-are-none": {"words", "code", "emphasis"},  # browsers take the comparison in the code for a tag
}
"""The kinds of which a case keeps less than everything, each for a reason."""


def convert(text: str, about: BodyContext = CONTEXT) -> tuple[str, list[Finding]]:
    log = Findings()
    return body_to_markdown(text, TARGET, about, log.at("export.xml", 1)), list(log)


def fixture(name: str) -> str:
    """Return the body of a case; line ends are as in the file."""
    return (CASES / f"{name}.input.html").read_bytes().decode()


def context(name: str) -> BodyContext:
    """Return what the body of a case may refer to."""
    return replace(CONTEXT, footnotes=NOTES.get(name, {}))
