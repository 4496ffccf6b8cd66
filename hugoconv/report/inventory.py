"""What the posts of a site are made of, counted."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hugoconv.migrate.describe import field_of, terms_of, word_count
from hugoconv.model import Post


class Inventory:
    """What the posts of a site are made of, counted."""

    def __init__(self) -> None:
        self.posts = 0
        self.unreadable = 0
        self.comments = 0
        self.kinds: Counter[tuple[str, str]] = Counter()
        self.years: Counter[str] = Counter()
        self.terms: dict[str, Counter[str]] = {}
        self.constructs: Counter[tuple[str, str]] = Counter()
        self.syntaxes: Counter[str] = Counter()
        self.keys: Counter[str] = Counter()
        self.missing: Counter[str] = Counter()

    def add(self, post: Post, *, references: bool = True) -> int:
        """Count a post and return its words (-1: it cannot be read); with `references` its mentions are looked for."""
        self.posts += 1
        self.comments += len(post.comments)
        if post.unreadable:
            self.unreadable += 1
            return -1
        self.kinds[post.type, field_of(post, "status") or "published"] += 1
        moment = field_of(post, "date")
        self.years[str(moment.value.year) if moment else "none"] += 1
        for taxonomy, terms in terms_of(post):
            self.terms.setdefault(taxonomy, Counter()).update(terms)
        constructs = post.body.constructs
        self.constructs.update((construct.kind, construct.name) for construct in constructs)
        self.syntaxes[post.front_matter.syntax if post.front_matter.matter else "none"] += 1
        self.keys.update(list(post.front_matter))
        if references:
            self.missing.update({reference.target for reference in post.references if not reference.found})
        return word_count(post, constructs)

    def merge(self, other: Inventory) -> None:
        """Add what another one counted."""
        self.posts += other.posts
        self.unreadable += other.unreadable
        self.comments += other.comments
        for taxonomy, terms in other.terms.items():
            self.terms.setdefault(taxonomy, Counter()).update(terms)
        for name in ("kinds", "years", "constructs", "syntaxes", "keys", "missing"):
            getattr(self, name).update(getattr(other, name))

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain values."""
        return {
            "posts": self.posts,
            "unreadable": self.unreadable,
            "comments": self.comments,
            "types": [
                {"type": kind, "status": status, "count": count} for (kind, status), count in sorted(self.kinds.items())
            ],
            "years": dict(sorted(self.years.items())),
            "terms": {taxonomy: dict(counts.most_common()) for taxonomy, counts in self.terms.items()},
            "constructs": [
                {"kind": kind, "name": name, "count": count} for (kind, name), count in self.constructs.most_common()
            ],
            "front_matter": {"syntaxes": dict(self.syntaxes.most_common()), "keys": dict(self.keys.most_common())},
            "missing_files": dict(self.missing.most_common()),
        }
