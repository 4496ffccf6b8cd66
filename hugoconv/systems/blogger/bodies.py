"""What Blogger's editors write around pictures, paragraphs and films, as plain HTML."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from hugoconv.systems.exports import cleaning
from hugoconv.systems.exports.media import MediaRules

_SIZE = r"(?:[swh]\d+(?:-[a-z0-9-]+)?)"
MEDIA = MediaRules(
    hosts=re.compile(
        r"(?:\d+\.bp\.blogspot\.com|bp\d\.blogger\.com|blogger\.googleusercontent\.com/img"
        r"|lh\d\.(?:googleusercontent|ggpht)\.com)/"
    ),
    sizes=(
        (re.compile(rf"(?<=/){_SIZE}(?=/[^/]+\Z)"), "s1600"),
        (re.compile(rf"={_SIZE}\Z"), "=s1600"),
    ),
)
"""Google's hosts for pictures: the part of an address that says a size says 1600 for the whole picture."""
_BREAKS = re.compile(r"(?:<br\b[^<>]*>\s*){2,}", re.IGNORECASE)
_VERBATIM = re.compile(r"(<pre\b.*?</pre\s*>)", re.DOTALL | re.IGNORECASE)
_MORE = re.compile(r"<a\s+name=[\"']?more[\"']?\s*(?:/>|>\s*</a>)", re.IGNORECASE)


def plain(html: str) -> str:
    """Return a body in which two line breaks are a paragraph's end, and pictures have captions as figures do."""
    html = _MORE.sub("<!--more-->", html)
    pieces = _VERBATIM.split(html)
    pieces[::2] = [_BREAKS.sub("<p></p>", piece) for piece in pieces[::2]]
    return cleaning.cleaned("".join(pieces), _clean)


def _clean(soup: BeautifulSoup) -> None:
    for table in cleaning.classed(soup, "tr-caption-container"):
        caption = cleaning.child(table, "tr-caption")
        pictures = [cleaning.plain_picture(soup, each) for each in table.find_all("img")]
        link = table.find("a", href=True)
        if isinstance(link, Tag) and len(pictures) == 1 and not _shows(str(link["href"]), pictures[0]):
            pictures = [_linked(soup, str(link["href"]), pictures[0])]
        table.replace_with(cleaning.figure(soup, pictures, caption))
    for picture in soup.find_all("img"):
        link = picture.parent
        plain_one = cleaning.plain_picture(soup, picture)
        alone = isinstance(link, Tag) and not link.get_text(strip=True) and len(link.find_all(True)) == 1
        if alone and isinstance(link, Tag) and link.name == "a" and _shows(str(link.get("href") or ""), plain_one):
            link.replace_with(plain_one)
        else:
            picture.replace_with(plain_one)
    cleaning.frames_to_embeds(soup)
    for element in soup.find_all(["div", "span", "p"]):
        element.attrs = {name: value for name, value in element.attrs.items() if name in ("data-embed", "lang", "dir")}
    for node in soup.find_all(string=True):
        if type(node) is NavigableString and node.strip(" \n\t") == "\xa0" and node.parent in (soup.body, soup):
            node.extract()


def _shows(url: str, picture: Tag) -> bool:
    """Whether a link leads to the picture that it is around."""
    source = MEDIA.original(str(picture.get("src") or ""))
    return MEDIA.original(url).rpartition("/")[2] == source.rpartition("/")[2] or MEDIA.original(url) == source


def _linked(soup: BeautifulSoup, url: str, picture: Tag) -> Tag:
    link = soup.new_tag("a", attrs={"href": url})
    link.append(picture)
    return link
