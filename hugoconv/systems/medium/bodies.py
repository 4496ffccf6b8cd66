"""The HTML of Medium's export as plain HTML: figures, code, quotations, embeds and cards of links."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from hugoconv.systems.exports import cleaning
from hugoconv.systems.exports.media import MediaRules

_SIZED = re.compile(
    r"(?<=medium\.com/)(?:v2/)?(?:max|fit/c|freeze/max|freeze/fit/c|resize:fit:\d+|resize:\w+:\d+(?::\d+)?)/(?:\d+/)*"
)
MEDIA = MediaRules(
    hosts=re.compile(r"(?:cdn-images-\d\.medium\.com|miro\.medium\.com)/"),
    sizes=((_SIZED, "max/2560/"),),
)
"""Medium's hosts; 2560 is the largest size that they serve."""
_SPACES = re.compile(r"\s+")


def plain(section: Tag, soup: BeautifulSoup, title: str, subtitle: str) -> str:
    """Return a story's HTML without its title and subtitle, which stand in it once more."""
    _without_heading(section, title, subtitle)
    linked = {str(link["href"])[1:] for link in section.find_all("a", href=re.compile(r"\A#"))}
    for divider in cleaning.classed(section, "section-divider"):
        if divider.name == "div":
            divider.unwrap()
    first = section.find("hr")
    if isinstance(first, Tag) and not _words_before(section, first):
        first.decompose()
    for card in cleaning.classed(section, "graf--mixtapeEmbed"):
        _card(soup, card)
    for code in cleaning.classed(section, "graf--pre"):
        _code(soup, code)
    for figure in section.find_all("figure"):
        _figure(soup, figure)
    _galleries(soup, section)
    for element in section.find_all(True):
        keep = {name: value for name, value in element.attrs.items() if name in _KEPT}
        if element.name in ("code", "figcaption") or element.get_attribute_list("class") == ["gallery"]:
            keep |= (
                {"class": element["class"]} if element.get("class") and "imageCaption" not in element["class"] else {}
            )
        if str(element.get("id")) in linked:
            keep["id"] = element["id"]
        element.attrs = keep
    cleaning.frames_to_embeds(section)
    for wrapper in section.find_all(["section", "div"]):
        if not wrapper.attrs:
            wrapper.unwrap()
    return section.decode_contents(formatter="minimal").strip()


_KEPT = frozenset({"href", "src", "alt", "title", "data-embed", "start", "lang", "controls"})


def _same(one: str, other: str) -> bool:
    return _SPACES.sub(" ", one).strip() == _SPACES.sub(" ", other).strip()


def _without_heading(section: Tag, title: str, subtitle: str) -> None:
    for name, said in (("graf--title", title), ("graf--subtitle", subtitle)):
        found = cleaning.child(section, name)
        if found is not None and said and _same(found.get_text(), said):
            found.decompose()


def _words_before(section: Tag, element: Tag) -> bool:
    for node in section.descendants:
        if node is element:
            return False
        if isinstance(node, Tag) and node.name in ("img", "iframe", "figure"):
            return True
        if isinstance(node, NavigableString) and node.strip():
            return True
    return False


def _card(soup: BeautifulSoup, card: Tag) -> None:
    """Turn the card of a link into a quotation: its title, its description, where it leads."""
    link = card.find("a", href=True)
    if not isinstance(link, Tag):
        return
    url = str(link["href"])
    title, words = link.find("strong"), link.find("em")
    named = title if isinstance(title, Tag) else None
    made = soup.new_tag("blockquote")
    strong = soup.new_tag("strong")
    strong.append(cleaning.link(soup, url, cleaning.text_of(named)))
    made.append(cleaning.paragraph(soup, strong))
    if isinstance(words, Tag) and cleaning.text_of(words):
        made.append(cleaning.paragraph(soup, cleaning.text_of(words)))
    for part in (title, words):
        if isinstance(part, Tag):
            part.extract()
    site = cleaning.text_of(link)
    if site:
        made.append(cleaning.paragraph(soup, site))
    card.replace_with(made)


def _code(soup: BeautifulSoup, code: Tag) -> None:
    language = str(code.get("data-code-block-lang") or "")
    for line in code.find_all("br"):
        line.replace_with("\n")
    text = code.get_text().strip("\n")
    made = soup.new_tag("pre")
    inner = soup.new_tag("code", attrs={"class": f"language-{language}"} if language else {})
    inner.string = text
    made.append(inner)
    code.replace_with(made)


def _figure(soup: BeautifulSoup, figure: Tag) -> None:
    caption = figure.find("figcaption")
    said = caption if isinstance(caption, Tag) else None
    picture, script = figure.find("img"), figure.find("script", src=True)
    if isinstance(picture, Tag):
        made: Tag = cleaning.plain_picture(soup, picture)
        link = figure.find("a", href=True)
        if isinstance(link, Tag) and picture in link.descendants:
            around = soup.new_tag("a", attrs={"href": str(link["href"])})
            around.append(made)
            made = around
        replaced = cleaning.figure(soup, [made], said)
        if any(name.startswith("graf--layoutOutsetRow") for name in figure.get_attribute_list("class")):
            replaced["data-row"] = (
                "continues" if "graf--layoutOutsetRowContinue" in figure.get_attribute_list("class") else "first"
            )
        figure.replace_with(replaced)
    elif isinstance(script, Tag):
        url = str(script["src"]).removesuffix(".js")
        figure.replace_with(cleaning.embed(soup, url, script.extract(), said))


def _galleries(soup: BeautifulSoup, section: Tag) -> None:
    """Put pictures of one row into a gallery."""
    for first in section.find_all("figure", attrs={"data-row": "first"}):
        row = [first]
        for following in first.find_next_siblings():
            if not (isinstance(following, Tag) and following.get("data-row") == "continues"):
                break
            row.append(following)
        pictures = [picture for figure in row for picture in figure.find_all("img")]
        captions = [each for figure in row if isinstance(each := figure.find("figcaption"), Tag)]
        if len(pictures) < 2:
            continue
        made = soup.new_tag("div")
        first.insert_before(made)
        gallery = cleaning.gallery(soup, pictures, captions[-1] if captions else None)
        for figure in row:
            figure.decompose()
        made.replace_with(gallery)
