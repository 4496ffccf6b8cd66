"""The comments on a post as WordPress's importer wants them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from hugoconv.model import Comment
from hugoconv.systems.wordpress.writing.custom_fields import values_of
from hugoconv.systems.wordpress.writing.ledger import Entry
from hugoconv.systems.wordpress.wxr.items import WxrComment


def item_comments(comments: Sequence[Comment], entry: Entry, *, include_secrets: bool) -> Iterator[WxrComment]:
    """Yield the comments of an item, each behind the one it answers, as the importer wants them."""
    ordered = _answers_last(comments)
    numbers = {comment.identifier: entry.first_comment + index for index, comment in enumerate(ordered)}
    for comment in ordered:
        secrets = dict(comment.secrets) if include_secrets else {}
        local, utc = _comment_dates(comment, entry.dates[:2])
        yield WxrComment(
            id=numbers[comment.identifier],
            author=comment.author,
            author_email=secrets.get("email", ""),
            author_url=comment.url,
            author_ip=secrets.get("ip", ""),
            date=local,
            date_gmt=utc,
            content=comment.content,
            approved="1" if comment.approved else "0",
            type=comment.kind,
            parent=numbers.get(comment.parent, 0),
            meta=tuple(values_of(comment.meta)),
        )


def _answers_last(comments: Sequence[Comment]) -> list[Comment]:
    """Return comments so that each stands behind the one it answers."""
    by_identifier = {comment.identifier: comment for comment in comments}
    placed: dict[str, Comment] = {}
    for comment in comments:
        chain: dict[str, Comment] = {}
        above: Comment | None = comment
        while above is not None and above.identifier not in placed and above.identifier not in chain:
            chain[above.identifier] = above
            above = by_identifier.get(above.parent)
        placed |= dict(reversed(chain.items()))
    return list(placed.values())


def _comment_dates(comment: Comment, otherwise: tuple[str, str]) -> tuple[str, str]:
    try:
        moment = datetime.fromisoformat(comment.date)
    except ValueError:
        return otherwise
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    text = f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}"
    return f"{moment:%Y-%m-%d %H:%M:%S}", text
