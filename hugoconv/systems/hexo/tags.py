"""Hexo's tags: those of its core (8), as it runs them, and those of its plug-in for embeds.

Tags are not run in code and comments, and not in a post that says `disableNunjucks`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from pathlib import PurePosixPath

from hugoconv.markup.constructs import Highlight, Neutral
from hugoconv.systems.markdown_site import shown
from hugoconv.systems.markdown_site.tags import Call, Rule, TagLanguage, braces

_URL = re.compile(r"[A-Za-z]{3,9}:(?://)?[\w.@-]+|www\.")
_CITED = re.compile(r"(?P<name>\S.*?)\s+(?P<url>https?://\S+)(?:\s+(?P<title>.+))?", re.DOTALL)
_WORK = re.compile(r"(?P<name>[^,]+),\s*(?P<title>[^,]+)")
_CODE_FOLDER = "downloads/code"


def _quote(call: Call) -> str | None:
    """A quotation with who said it, and where."""
    if not call.closes:
        return None
    said = " ".join(call.words)
    footer = ""
    if cited := _CITED.fullmatch(said):
        label = cited["title"] or re.sub(r"^https?://|/(?:index\.html?)?$", "", cited["url"])
        footer = f"**{shown.plain(cited['name'])}** {shown.link(label, cited['url'])}"
    elif work := _WORK.match(said):
        footer = f"**{shown.plain(work['name'])}** *{shown.plain(work['title'].strip())}*"
    elif said:
        footer = f"**{shown.plain(said)}**"
    return shown.quotation(call.inner(), footer)


def _pullquote(call: Call) -> str | None:
    if not call.closes:
        return None
    call.leave_out(call.words)
    return shown.quotation(call.inner())


def _options(words: list[str], names: Collection[str]) -> tuple[dict[str, str], list[str]]:
    """Return what is said as `name:value` for the names that a tag knows, and the other words."""
    said: dict[str, str] = {}
    others: list[str] = []
    for word in words:
        name, colon, value = word.partition(":")
        if colon and name in names:
            said[name] = value
        else:
            others.append(word)
    return said, others


def _code(call: Call) -> str | Neutral | None:
    """Code; its caption stands above it."""
    if not call.closes:
        return None
    names = ("lang", "mark", "line_number", "line_threshold", "first_line", "wrap", "language_attr", "highlight")
    said, words = _options(call.words, names)
    call.leave_out([name for name in said if name in ("line_threshold", "first_line")])
    lines = shown.lines_of(said.get("mark", "").split(","))
    code = Highlight(_dedented(call.source), said.get("lang", ""), lines, said.get("line_number") == "true")
    return _captioned(call, " ".join(words), code)


def _captioned(call: Call, caption: str, code: Highlight) -> str | Neutral:
    if not caption:
        return code
    cited = _CITED.fullmatch(caption)
    if cited is None:
        return f"{shown.plain(caption)}\n\n{call.rendered(code)}"
    link = shown.link(cited["title"] or "link", cited["url"])
    return f"{shown.plain(cited['name'])} {link}\n\n{call.rendered(code)}"


def _dedented(code: str) -> str:
    """Return code without the blanks that all its lines begin with, as Hexo shows it."""
    lines = code.replace("\r\n", "\n").split("\n")
    depth = min((len(line) - len(line.lstrip(" \t")) for line in lines if line.strip()), default=0)
    return re.sub(r"\A\n?|\n?\Z", "", "\n".join(line[depth:] for line in lines))


def _include_code(call: Call) -> str | None:
    """Code of a file of the site."""
    said, words = _options(call.words, ("lang", "from", "to"))
    path = PurePosixPath(_CODE_FOLDER, words[-1].lstrip("/")) if words else PurePosixPath("..")
    text = call.text_of(f"source/{path}") if ".." not in path.parts else None
    if text is None:
        return None
    first, last = (said.get(name, "") for name in ("from", "to"))
    lines = text.split("\n")[int(first) - 1 if first.isdecimal() else 0 : int(last) if last.isdecimal() else None]
    code = Highlight("\n".join(lines).strip(), said.get("lang") or path.suffix[1:])
    title = shown.plain(" ".join(words[:-1]) or path.name)
    return f"{title} {shown.link('view raw', call.file(f'/{path}'))}\n\n{call.rendered(code)}"


def _image(call: Call) -> str | None:
    """A picture by its address."""
    return _picture(call, lambda word: word.startswith("/") or _URL.search(word) is not None)


def _asset_image(call: Call) -> str | None:
    """A picture beside the post, by its name."""
    return _picture(call, call.has_file)


def _picture(call: Call, is_source: Callable[[str], bool]) -> str | None:
    """Words before the picture are its classes; after it come its width, its height, its title and its words."""
    words = call.words
    place = next((index for index, word in enumerate(words) if is_source(word)), None)
    if place is None:
        return None
    rest = words[place + 1 :]
    sizes = ["", ""]
    for number in range(2):
        if rest and rest[0].isdecimal():
            sizes[number] = rest.pop(0)
    title, alt = _title_and_words(" ".join(rest))
    return shown.picture(
        call.file(words[place]),
        alt=alt,
        title=title,
        classes=" ".join(words[:place]),
        width=sizes[0],
        height=sizes[1],
    )


def _title_and_words(said: str) -> tuple[str, str]:
    first, last = ('"' if mark == '"' else "'" for mark in (said[:1], said[-1:]))
    match = re.match(f"{first}?([^{first}]+)?{first}?\\s*{last}?([^{last}]+)?{last}?", said)
    return (match[1] or "", match[2] or "") if match else ("", "")


def _asset_link(call: Call) -> str | None:
    if not call.words or not call.has_file(call.words[0]):
        return None
    said, is_markdown = _flagged(call.words[1:])
    title = " ".join(said) or call.words[0]
    return shown.link(title, call.file(call.words[0]), title, is_markdown=is_markdown)


def _asset_path(call: Call) -> str | None:
    return call.file(call.words[0]) if call.words and call.has_file(call.words[0]) else None


def _post_link(call: Call) -> str | None:
    address, title = call.page(call.words[0]) if call.words else ("", "")
    if not address:
        return None
    said, is_markdown = _flagged(call.words[1:])
    return shown.link(" ".join(said) or title or call.words[0], address, title, is_markdown=is_markdown)


def _flagged(words: list[str]) -> tuple[list[str], bool]:
    """Return the words of a title, and whether the last one said that it is HTML."""
    has_flag = words[-1:] in (["true"], ["false"])
    return (words[:-1] if has_flag else words), words[-1:] == ["false"]


def _post_path(call: Call) -> str | None:
    return (call.page(call.words[0])[0] or None) if call.words else None


def _link(call: Call) -> str | None:
    words = call.words
    place = next((index for index, word in enumerate(words) if _URL.search(word)), None)
    if place is None:
        return None
    rest = words[place + 1 :]
    title = " ".join(rest[1:] if rest[:1] in (["true"], ["false"]) else rest)
    return shown.link(" ".join(words[:place]), words[place], title)


def _url_for(call: Call) -> str | None:
    if len(call.words) < 2:
        return None
    return shown.link(call.words[0], call.file(f"/{call.words[1].lstrip('/')}"))


def _iframe(call: Call) -> str | None:
    if not call.words:
        return None
    width, height = (*call.words[1:3], "", "")[:2]
    sizes = (
        value if value not in ("", "default") else default for value, default in ((width, "100%"), (height, "300"))
    )
    return shown.frame(call.words[0], *sizes)


def _gist(call: Call) -> Neutral | None:
    return shown.gist(*call.words[:2]) if call.words else None


RULES: dict[str, Rule] = {
    **dict.fromkeys(("blockquote", "quote"), _quote),
    "pullquote": _pullquote,
    **dict.fromkeys(("codeblock", "code"), _code),
    **dict.fromkeys(("include_code", "include-code"), _include_code),
    **dict.fromkeys(("img", "image"), _image),
    **dict.fromkeys(("asset_img", "asset_image"), _asset_image),
    "asset_link": _asset_link,
    "asset_path": _asset_path,
    "post_link": _post_link,
    "post_path": _post_path,
    **dict.fromkeys(("link", "a", "anchor"), _link),
    **dict.fromkeys(("url_for", "full_url_for"), _url_for),
    "iframe": _iframe,
    "gist": _gist,
    **shown.FILMS,
}

TAGS = TagLanguage(
    scan=braces,
    rules=RULES,
    output=lambda call, expression: call.value(expression),
    pages=frozenset({"post_link", "post_path"}),
    is_run=lambda front_matter: front_matter.get("disableNunjucks") is not True,
)
"""The language."""
