"""Zola's calls of shortcodes, which are run in code too. All are templates; these have the same names everywhere.

A site's own template of such a name is taken for the usual one when its values have the usual names.
"""

from __future__ import annotations

from hugoconv.markup.constructs import Neutral
from hugoconv.systems.markdown_site import shown
from hugoconv.systems.markdown_site.tags import Call, Rule, TagLanguage, calls


def _quote(call: Call) -> str | None:
    """A quotation with who said it."""
    if not call.closes:
        return None
    said = dict(call.named)
    footer = shown.plain(said.pop("author", ""))
    call.leave_out(list(said))
    return shown.quotation(call.inner(), footer)


def _gist(call: Call) -> Neutral | None:
    address = call.named.get("url", "").removesuffix(".js")
    if not address.startswith("https://gist.github.com/"):
        return None
    call.leave_out([name for name in call.named if name not in ("url", "file")])
    return shown.gist(address.removeprefix("https://gist.github.com/"), call.named.get("file", ""))


RULES: dict[str, Rule] = {
    **shown.FILMS,
    "gist": _gist,
    "quote": _quote,
    **dict.fromkeys(("figure", "image", "img"), shown.figure),
}

SHORTCODES = TagLanguage(scan=calls, rules=RULES, in_code=True)
"""The language."""
