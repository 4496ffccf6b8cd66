"""The entries of a Blogger export, whichever of its two shapes it has, one by one from the XML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from hugoconv.errors import SourceError
from hugoconv.systems.addresses import split_web

ATOM = "{http://www.w3.org/2005/Atom}"
BLOGGER = "{http://schemas.google.com/blogger/2018}"
THREAD = "{http://purl.org/syndication/thread/1.0}"
_CONTROL = ("{http://purl.org/atom/app#}", "{http://www.w3.org/2007/app}")
_KIND = "http://schemas.google.com/g/2005#kind"
POST, PAGE, COMMENT = "post", "page", "comment"


@dataclass(frozen=True, slots=True)
class Row:
    """One entry: `parent` is the id of a comment's post, `answers` that of the comment it answers."""

    id: str
    kind: str
    line: int
    title: str = ""
    content: str = ""
    published: str = ""
    updated: str = ""
    status: str = ""
    link: str = ""
    filename: str = ""
    description: str = ""
    labels: tuple[str, ...] = ()
    author: str = ""
    author_url: str = ""
    email: str = ""
    parent: str = ""
    answers: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What the feed says of the blog."""

    title: str = ""
    description: str = ""
    link: str = ""
    author: str = ""


def rows_of(data: bytes, name: str, kinds: frozenset[str]) -> Iterator[Row]:
    """Yield the entries of these kinds; settings, templates and the like are none. SourceError for what is no feed."""
    for element in _elements(data, name, "entry"):
        row = _row(element, kinds)
        if row is not None:
            yield row
        element.clear()
        while element.getprevious() is not None and element.getparent() is not None:
            del element.getparent()[0]


def about(data: bytes, name: str) -> About:
    """Return what stands before the first entry."""
    found: dict[str, str] = {}
    for element in _elements(data, name, "title", "subtitle", "link", "author", "entry"):
        parent = element.getparent()
        if element.tag == f"{ATOM}entry":
            break
        if parent is None or parent.tag != f"{ATOM}feed":
            continue
        key = str(element.tag).removeprefix(ATOM)
        if key == "link":
            if element.get("rel") == "alternate":
                href = element.get("href", "").strip()
                found.setdefault("link", href if split_web(href) is not None else "")
        elif key == "author":
            found.setdefault("author", _text(element, f"{ATOM}name"))
        else:
            found.setdefault(key, " ".join("".join(element.itertext()).split()))
    return About(found.get("title", ""), found.get("subtitle", ""), found.get("link", ""), found.get("author", ""))


def _elements(data: bytes, name: str, *tags: str) -> Iterator[etree._Element]:
    context = etree.iterparse(
        BytesIO(data),
        events=("end",),
        tag=[f"{ATOM}{tag}" for tag in tags],
        resolve_entities=False,
        no_network=True,
        huge_tree=True,
        recover=True,
    )
    try:
        for _, element in context:
            yield element
    except etree.XMLSyntaxError as error:
        raise SourceError(f"it is no XML that can be read: {error.msg}", file=name, line=error.lineno or 0) from error


def _row(element: etree._Element, kinds: frozenset[str]) -> Row | None:
    kind = _kind(element)
    if kind not in kinds:
        return None
    author = element.find(f"{ATOM}author")
    return Row(
        id=_text(element, f"{ATOM}id"),
        kind=kind,
        line=element.sourceline or 0,
        title=" ".join(_text(element, f"{ATOM}title").split()),
        content=_text(element, f"{ATOM}content") or _text(element, f"{ATOM}summary"),
        published=_text(element, f"{ATOM}published") or _text(element, f"{BLOGGER}created"),
        updated=_text(element, f"{ATOM}updated"),
        status=_status(element),
        link=_link(element, "alternate"),
        filename=_text(element, f"{BLOGGER}filename"),
        description=_text(element, f"{BLOGGER}metaDescription"),
        labels=_labels(element),
        author=_text(author, f"{ATOM}name"),
        author_url=_text(author, f"{ATOM}uri"),
        email=_text(author, f"{ATOM}email"),
        parent=_parent(element),
        answers=_link(element, "related").rpartition("/")[2] or _text(element, f"{BLOGGER}inReplyTo"),
    )


def _text(element: etree._Element | None, tag: str) -> str:
    found = element.find(tag) if element is not None else None
    return "".join(str(each) for each in found.itertext()).strip() if found is not None else ""


def _kind(element: etree._Element) -> str:
    written = _text(element, f"{BLOGGER}type")
    if written:
        return written.lower()
    terms = (each.get("term", "") for each in element.findall(f"{ATOM}category") if each.get("scheme") == _KIND)
    return next((term.rpartition("#")[2] for term in terms), "")


def _status(element: etree._Element) -> str:
    """Return the status in the words of the newer shape."""
    written = _text(element, f"{BLOGGER}status")
    if written:
        return written.upper()
    drafts = (_text(element.find(f"{name}control"), f"{name}draft") for name in _CONTROL)
    return "DRAFT" if any(draft == "yes" for draft in drafts) else "LIVE"


def _labels(element: etree._Element) -> tuple[str, ...]:
    found = (each for each in element.findall(f"{ATOM}category") if each.get("scheme") != _KIND)
    return tuple(dict.fromkeys(filter(None, (each.get("term", "").strip() for each in found))))


def _link(element: etree._Element, rel: str) -> str:
    found = (each.get("href", "") for each in element.findall(f"{ATOM}link") if each.get("rel") == rel)
    return next(found, "").strip()


def _parent(element: etree._Element) -> str:
    answered = element.find(f"{THREAD}in-reply-to")
    return answered.get("ref", "") if answered is not None else _text(element, f"{BLOGGER}parent")
