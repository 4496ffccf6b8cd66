"""What readers make of their system's HTML, so that only the few kinds are left that bodies of exports may hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from bs4 import BeautifulSoup
from bs4.element import Comment, Tag

from hugoconv.markup.embeds import embed_of
from hugoconv.markup.html_tree import nests_too_deeply, parse


def cleaned(html: str, clean: Callable[[BeautifulSoup], object]) -> str:
    """Return HTML after `clean` changed its tree; HTML that is too deep for a parser stays as it is."""
    if nests_too_deeply(html):
        return html
    soup = parse(html)
    clean(soup)
    return (soup.body or soup).decode_contents(formatter="minimal").strip()


def classed(root: Tag, name: str) -> list[Tag]:
    """Return the elements with a class, in order."""
    return [element for element in root.find_all(class_=name) if isinstance(element, Tag)]


def child(element: Tag, name: str) -> Tag | None:
    """Return the first element with a class inside of another."""
    found = element.find(class_=name)
    return found if isinstance(found, Tag) else None


def text_of(element: Tag | None) -> str:
    """Return an element's words on one line, "" for none."""
    return " ".join(element.get_text().split()) if element is not None else ""


def remove_comments(soup: BeautifulSoup) -> None:
    """Take out HTML's comments."""
    for comment in soup.find_all(string=lambda string: isinstance(string, Comment)):
        comment.extract()


def plain_picture(soup: BeautifulSoup, picture: Tag, source: str = "") -> Tag:
    """Return a picture with nothing but where it is and what it shows."""
    attributes = {"src": source or str(picture.get("src", ""))}
    attributes |= {name: str(picture[name]) for name in ("alt", "title") if picture.get(name)}
    return soup.new_tag("img", attrs=attributes)


def figure(soup: BeautifulSoup, content: Iterable[Tag], caption: Tag | None, classes: str = "") -> Tag:
    """Return a figure with a caption, if it says anything."""
    made = soup.new_tag("figure", attrs={"class": classes} if classes else {})
    for element in content:
        made.append(element.extract())
    if caption is not None and text_of(caption):
        said = soup.new_tag("figcaption", attrs={"class": "blocks-gallery-caption"} if classes else {})
        for node in list(caption.contents):
            said.append(node.extract())
        made.append(said)
    return made


def gallery(soup: BeautifulSoup, pictures: Sequence[Tag], caption: Tag | None) -> Tag:
    """Return pictures shown together, with what is said about them all."""
    return figure(soup, pictures, caption, "gallery")


def paragraph(soup: BeautifulSoup, *content: Tag | str) -> Tag:
    """Return a paragraph."""
    made = soup.new_tag("p")
    for node in content:
        made.append(node)
    return made


def link(soup: BeautifulSoup, url: str, text: str = "") -> Tag:
    """Return a link, named by its address when it has no other name."""
    made = soup.new_tag("a", attrs={"href": url})
    made.string = text or url
    return made


def embed(soup: BeautifulSoup, url: str, content: Tag, caption: Tag | None) -> Tag:
    """Return what another site shows, known by its address, with what shows it there."""
    made = figure(soup, [content], caption)
    made["data-embed"] = url
    return made


def frames_to_embeds(root: Tag) -> None:
    """Mark the frames of providers that targets show in a way of their own."""
    soup = BeautifulSoup("", "html.parser")
    for frame in root.find_all("iframe"):
        url = str(frame.get("src") or "").strip()
        url = f"https:{url}" if url.startswith("//") else url
        known = frame.find_parent(attrs={"data-embed": True}) or frame.find_parent(attrs={"data-keep": True})
        if known is None and embed_of(url) is not None:
            frame.wrap(soup.new_tag("div", attrs={"data-embed": url}))
