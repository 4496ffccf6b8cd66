"""Readers' comments: approved and waiting ones, as HTML with the few tags that WordPress allows in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any, overload

from hugoconv.markup.html_safe import restricted
from hugoconv.model import Comment
from hugoconv.systems.wordpress.bodies.autop import autop
from hugoconv.systems.wordpress.custom_fields import fields_beside
from hugoconv.systems.wordpress.wxr.items import WxrComment

_MARKUP = re.compile(r"<|&(?=[A-Za-z0-9#])")
"""A tag or an entity; an "&" that stands alone is neither."""
SHOWN = ("0", "1")
"""What `comment_approved` says of comments that are carried: waiting and approved; not trash."""


@dataclass(frozen=True, eq=False)
class Comments(Sequence[Comment]):
    """The comments of an item, made when somebody looks at them."""

    given: tuple[WxrComment, ...]
    include_secrets: bool

    @cached_property
    def _made(self) -> list[Comment]:
        return [_comment(comment, self.include_secrets) for comment in self.given]

    def __len__(self) -> int:
        return len(self.given)

    @overload
    def __getitem__(self, index: int) -> Comment: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Comment]: ...
    def __getitem__(self, index: Any) -> Any:
        return self._made[index]


def comments_of(comments: Sequence[WxrComment], *, include_secrets: bool) -> Comments:
    """Return the comments of an item that are carried, in their order; secret fields with `include_secrets` only."""
    return Comments(tuple(comment for comment in comments if comment.approved in SHOWN), include_secrets)


def _comment(comment: WxrComment, include_secrets: bool) -> Comment:
    secrets = (("email", comment.author_email), ("ip", comment.author_ip))
    return Comment(
        identifier=str(comment.id),
        author=comment.author,
        date=(comment.date_gmt or comment.date).replace(" ", "T") + ("Z" if comment.date_gmt else ""),
        content=comment.content,
        html=safe_html(comment.content),
        parent=str(comment.parent) if comment.parent else "",
        url=comment.author_url,
        kind=comment.type or "comment",
        approved=comment.approved == "1",
        secrets=tuple((name, value) for name, value in secrets if value),
        meta=fields_beside(comment.meta, include_secrets=include_secrets) if comment.meta else {},
    )


def safe_html(text: str) -> str:
    """Return a comment's text as paragraphs of HTML that can be shown as they are.

    Tags that WordPress does not allow in comments are taken off, their text stays; scripts and the like go whole.
    """
    if not _MARKUP.search(text):
        return autop(escape(text, quote=False)).strip()
    return restricted(autop(text))
