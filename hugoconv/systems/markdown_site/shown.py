"""What tags of several template languages show, as Markdown, or as HTML where Markdown has no words for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from hugoconv.markup.constructs import Embed, Figure, Neutral
from hugoconv.markup.render import written
from hugoconv.systems.markdown_site.tags import Call, Rule


def plain(text: str) -> str:
    """Return words that Markdown shows as they are."""
    return re.sub(r"[\\\[\]_*`<>&~]", r"\\\g<0>", text)


def link(text: str, address: str, title: str = "", *, is_markdown: bool = False) -> str:
    """Return a link; its text is plain unless it `is_markdown`."""
    return f"[{text if is_markdown else plain(text)}]({_destination(address)}{_titled(title)})"


def picture(address: str, *, alt: str = "", title: str = "", **attributes: str) -> str:
    """Return a picture in a line; HTML where it has a size or a class."""
    if any(attributes.values()) or "\n" in alt + title:
        said = {"src": address, "alt": alt, "class": attributes.get("classes", "")}
        sizes = {name: attributes.get(name, "") for name in ("width", "height")}
        return f"<img{written({**said, 'title': title, **sizes}, empty=('alt',))} />"
    return f"!{link(alt, address, title)}"


def frame(address: str, width: str, height: str) -> str:
    """Return a frame that shows another page."""
    said = {"src": address, "width": width, "height": height, "frameborder": "0", "loading": "lazy"}
    return f"<iframe{written(said)} allowfullscreen></iframe>"


def quotation(text: str, footer: str = "") -> str:
    """Return a quotation with a line below it."""
    lines = [*text.strip("\r\n").split("\n"), *(("", footer) if footer else ())]
    return "\n".join(f"> {line}".rstrip() for line in lines)


def gist(identifier: str, file: str = "") -> Embed:
    """Return a gist of GitHub."""
    named = f"?file={file}" if file else ""
    return Embed(f"https://gist.github.com/{identifier}.js{named}", "gist", identifier)


def film(provider: str, address: str) -> Rule:
    """Return the rule for a film whose identifier is called `id`, or is the first word."""

    def rule(call: Call) -> Neutral | None:
        identifier = call.named.get("id") or next(iter(call.words), "")
        if not identifier:
            return None
        call.leave_out([*(name for name in call.named if name != "id"), *call.words[1:]])
        return Embed(address + identifier, provider, identifier)

    return rule


FILMS: Mapping[str, Rule] = {
    "youtube": film("youtube", "https://www.youtube.com/watch?v="),
    "vimeo": film("vimeo", "https://vimeo.com/"),
    "streamable": film("streamable", "https://streamable.com/"),
}


def figure(call: Call) -> Neutral | None:
    """Return the figure that a call with named values shows."""
    said = dict(call.named)
    source = next((said.pop(name) for name in ("src", "url", "path", "image") if name in said), "")
    if not source:
        return None
    fields = {to: said.pop(name) for name, to in _FIGURE.items() if name in said}
    call.leave_out([*said, *call.words])
    return Figure(call.file(source), **fields)


_FIGURE = {
    "alt": "alt",
    "caption": "caption",
    "title": "title",
    "link": "link",
    "class": "classes",
    "width": "width",
    "height": "height",
}


def lines_of(numbers: Iterable[str]) -> str:
    """Return the lines of code to mark, as `constructs.Highlight` has them."""
    return " ".join(number for number in numbers if re.fullmatch(r"\d+(?:-\d+)?", number))


def _destination(address: str) -> str:
    return address if re.fullmatch(r"[^\s()<>\\]+", address) else "<" + re.sub(r"[<>\\\n]", r"\\\g<0>", address) + ">"


def _titled(title: str) -> str:
    return ' "' + re.sub(r'["\\]', r"\\\g<0>", title) + '"' if title else ""
