"""The body of a post of another system: translated, its mentions led to where things are now."""

from __future__ import annotations

import posixpath
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from hugoconv.edits import Edit, apply
from hugoconv.markup import markdown
from hugoconv.markup.markdown import MarkdownReference
from hugoconv.migrate.linkmap import LinkMap
from hugoconv.migrate.plan import Place
from hugoconv.model import Lead, Post
from hugoconv.report.findings import Findings
from hugoconv.systems.addresses import as_url, split_web
from hugoconv.systems.markdown_site.dialect import SiteDialect
from hugoconv.systems.markdown_site.from_commonmark import adapted, fenced
from hugoconv.systems.markdown_site.places import Layout, folder_of
from hugoconv.urls import urljoin, urlsplit

_DIVIDER = re.compile(r"<!--[ \t]*more[ \t]*-->")
_RUN = re.compile(r"\{[{%#]")
_PICTURE = re.compile(
    rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|GIF8|RIFF....WEBP|....ftyp(?:avif|heic|mif1)|\s*<(?:svg|\?xml[^>]*>\s*<svg)",
    re.DOTALL,
)
"""How the files begin that picture programs know."""
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
"""What is no part of an address: Astro leaves a whole text out that has one."""
_HTML_BREAK = re.compile(r"\n[ \t]*(?=\n)")
_HTML_KEPT = re.compile(r"<(pre|textarea)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)


def convert_body(post: Post, place: Place, links: LinkMap, layout: Layout, dialect: SiteDialect, log: Findings) -> str:
    """Return the body as the target shows it."""
    text = post.body.text
    markup = post.body.dialect.markup
    if post.translate is not None:
        placed = log.at(post.source.name, post.body.line)
        text = post.translate(text, dialect, lambda url: links.resolve(url) or url, placed)
        markup = post.translate.markup
    else:
        text = dialect.escape(text)
    if markup == "html":
        text = _html_block(text)
    elif markup == "markdown":
        text = adapted(text, dialect.target.reads)
    else:
        log.add("HC309", file=post.source.label, markup=markup)
        return f"{fenced(text, markup)}\n"
    text = _divided(text, dialect.target.divider)
    return Mentions(post, place, links, layout, dialect.base_path).led(text)


def is_run(text: str) -> bool:
    """Whether a text has what template languages take for their own."""
    return _RUN.search(text) is not None


def _divided(text: str, divider: str) -> str:
    """Write the end of the summary as the target looks for it."""
    if divider in text:
        return text
    code = markdown.code_regions(text)
    for match in _DIVIDER.finditer(text):
        if not any(start <= match.start() < end for start, end in code):
            return text[: match.start()] + divider + text[match.end() :]
    return text


def _html_block(text: str) -> str:
    """Return HTML as one block of Markdown: without blank lines, which would end it."""

    pieces: list[str] = []
    position = 0
    for match in _HTML_KEPT.finditer(text):
        pieces += [_HTML_BREAK.sub("", text[position : match.start()]), _without_blank_lines(match[0])]
        position = match.end()
    pieces.append(_HTML_BREAK.sub("", text[position:]))
    return f"<div>\n{''.join(pieces).strip()}\n</div>\n"


def _without_blank_lines(preformatted: str) -> str:
    """Return preformatted text whose blank lines stand as character references."""
    return re.sub(r"\n([ \t]*)(?=\n)", r"&#10;\1", preformatted)


@dataclass(frozen=True)
class Mentions:
    """How one post names pages and files in the target."""

    post: Post
    place: Place
    links: LinkMap
    layout: Layout
    base_path: str

    def led(self, text: str) -> str:
        """Return a Markdown text whose mentions lead to where things are."""
        edits = []
        for mention in markdown.references(text):
            new = self.target(mention)
            if not mention.attribute:
                new = _LONE_PERCENT.sub("%25", new)
            if new != mention.target:
                edits.append(Edit(mention.start, mention.end, mention.written(new)))
        return apply(text, edits)

    def image(self, written: str) -> str:
        """Return how front matter names a picture."""
        lead = self._lead(written, "front matter")
        beside = self._beside(lead)
        style = self.layout.target.links
        if beside and style in ("beside", "file"):
            return f"./{beside}" if style == "beside" else self._from_here(lead) or written
        if style == "file":
            return self._from_here(lead) or written
        if lead.kind == "file":
            return self.base_path + lead.address
        return self.links.resolve(written) or written

    def target(self, mention: MarkdownReference) -> str:
        """Return what a mention must say."""
        written = mention.target
        parts = split_web(written)
        if parts is None or written.startswith("#"):
            return written
        style = self.layout.target.links
        if style == "file":
            return self._by_file(mention)
        if parts.scheme or parts.netloc:
            return written
        lead = self._lead(written, mention.kind)
        beside = self._beside(lead)
        if beside and style == "beside" and mention.kind == "image":
            return _suffixed(f"./{beside}", parts.query, parts.fragment)
        if beside and style == "attach":
            return _suffixed(f"{{attach}}{unquote(beside)}", parts.query, parts.fragment)
        if written.startswith("/") or not parts.path:
            return written
        if self.layout.target.roots_pictures and mention.kind == "image" and not mention.attribute:
            is_post_asset = bool(beside) and self.layout.is_post(self.post)
            return written if is_post_asset else urljoin(as_url(self.post.address) or "/", written)
        is_shown = mention.kind in ("image", "definition")
        if (style == "beside" and is_shown) or folder_of(self.place.url) != folder_of(self.post.address):
            return self.base_path + urljoin(self.post.address or "/", written)
        return written

    def _lead(self, written: str, kind: str) -> Lead:
        return self.post.resolve(written, kind) if self.post.resolve else Lead("elsewhere")

    def _beside(self, lead: Lead) -> str:
        """Return the path, from the post's folder, of a file that lies beside it, "" for any other."""
        folder = folder_of(self.post.address)
        if lead.kind != "file" or not self.layout.is_bundle(self.post) or not lead.address.startswith(folder):
            return ""
        name = lead.address[len(folder) :]
        is_seen = self.layout.target.links != "beside" or self._is_picture(name)
        return quote(name) if folder != "/" and is_seen else ""

    def _is_picture(self, name: str) -> bool:
        """Whether a file beside the post is a picture indeed: a build that reads them stops at anything else."""
        if self.post.source.path is None:
            return False
        with suppress(OSError), (self.post.source.path.parent / name).open("rb") as file:
            return _PICTURE.match(file.read(512)) is not None
        return False

    def _by_file(self, mention: MarkdownReference) -> str:
        """Return the path of the file of what is mentioned, from the post's own file."""
        parts = urlsplit(mention.target)
        found = self._from_here(self._lead(mention.target, mention.kind)) or self._placed(mention.target)
        return _suffixed(found, "", parts.fragment) if found else mention.target

    def _from_here(self, lead: Lead) -> str:
        if lead.kind == "file":
            return self._relative(str(self.layout.target.static / lead.address.lstrip("/")))
        return self._placed(lead.address) if lead.kind == "page" else ""

    def _placed(self, address: str) -> str:
        """Return the path of what the old address leads to now, "" for nothing of this site."""
        new = self.links.resolve(address)
        path = unquote(urlsplit(new if new is not None else address).path).lstrip("/")
        is_ours = new is not None or bool(self.links.claimed_by(PurePosixPath(path)))
        return self._relative(path) if is_ours and path else ""

    def _relative(self, path: str) -> str:
        return quote(posixpath.relpath(path, str(self.place.path.parent)))


def _suffixed(path: str, query: str, fragment: str) -> str:
    return path + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")
