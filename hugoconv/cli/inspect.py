"""`hugoconv inspect`: what is in a site, before anything is moved."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hugoconv.cli.terminal import one_line, result, table, tell_findings
from hugoconv.report.wording import plural

if TYPE_CHECKING:
    from hugoconv.model import Post, Site

NAMES_SHOWN = 10


def inspect(
    source: Annotated[Path, typer.Argument(metavar="SRC", help="A site's folder, a post, or an export.")],
    from_: Annotated[
        str, typer.Option("--from", "-f", metavar="NAME", help="The system to read (default: detected).")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Do not print the findings.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Print all names and every finding.")] = False,
) -> int:
    """Say what is in a site, before anything is moved."""
    import hugoconv
    from hugoconv.errors import UsageError
    from hugoconv.migrate.check import finding_values
    from hugoconv.report.findings import Findings
    from hugoconv.systems import detect

    if not source.exists():
        raise UsageError(f"{source} does not exist")
    reason = "it was named by --from"
    if not from_:
        from_, match = detect(source)
        reason = match.reason
    log = Findings()
    inventory = Inventory()
    site = hugoconv.read(source, from_, stream=True, log=log)
    for post in site.posts:
        inventory.add(post)
    if as_json:
        values = {"source": str(source), "system": from_, "reason": reason, **_of_site(site), **inventory.to_dict()}
        values["findings"] = [finding_values(finding) for finding in log]
        result(json.dumps(values, indent=2, ensure_ascii=False))
    else:
        result(f"{one_line(str(source))}: {from_} ({reason})")
        for line in _of_site_lines(site):
            result(line)
        for line in inventory.lines(everything=verbose):
            result(line)
    if not quiet:
        tell_findings(list(log), everything=verbose, rest="-v shows all")
    return 1 if any(finding.severity == "error" for finding in log) else 0


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

    def add(self, post: Post) -> None:
        """Count a post."""
        self.posts += 1
        self.comments += len(post.comments)
        if post.unreadable:
            self.unreadable += 1
            return
        self.kinds[post.type, _field(post, "status") or "published"] += 1
        moment = _field(post, "date")
        self.years[str(moment.value.year) if moment else "none"] += 1
        for taxonomy, terms in _terms(post):
            self.terms.setdefault(taxonomy, Counter()).update(terms)
        self.constructs.update((construct.kind, construct.name) for construct in post.body.constructs)
        self.syntaxes[post.front_matter.syntax if post.front_matter.matter else "none"] += 1
        self.keys.update(list(post.front_matter))
        self.missing.update({reference.target for reference in post.references if not reference.found})

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

    def lines(self, *, everything: bool) -> Iterator[str]:
        """Yield the same for a person, with the commonest names only unless `everything` is wanted."""
        counts = [plural(self.posts, "post")]
        counts += [f"{self.unreadable:,} unreadable"] if self.unreadable else []
        counts += [plural(self.comments, "comment")] if self.comments else []
        yield ", ".join(counts)
        if self.kinds:
            rows = [(kind, status, f"{count:,}") for (kind, status), count in sorted(self.kinds.items())]
            yield "\n" + table(("type", "status", "posts"), rows, right=(2,))
        if self.years:
            yield f"\nYears: {_counts(Counter(dict(sorted(self.years.items()))), 0)}"
        shown = 0 if everything else NAMES_SHOWN
        for taxonomy, terms in sorted(self.terms.items()):
            yield f"\n{taxonomy}: {plural(len(terms), 'term')}: {_counts(terms, shown)}"
        kinds: dict[str, Counter[str]] = {}
        for (kind, name), count in self.constructs.items():
            kinds.setdefault(kind, Counter())[name] = count
        for kind, names in sorted(kinds.items()):
            yield f"\nConstructs ({kind}): {_counts(names, shown)}"
        if self.syntaxes:
            yield f"\nFront matter: {_counts(self.syntaxes, 0)}"
        if self.keys:
            yield f"Keys: {_counts(self.keys, shown)}"
        if self.missing:
            yield f"\nMentioned but missing files: {len(self.missing):,}: {_counts(self.missing, shown)}"


def _of_site(site: Site) -> dict[str, Any]:
    info = site.info
    return {
        "title": info.title,
        "base_url": info.base_url,
        "language": info.language,
        "files": dict(Counter(asset.role for asset in site.assets)),
        "redirects": len(site.redirects),
        "authors": len(info.authors),
        "menus": {name: len(items) for name, items in info.menus.items()},
    }


def _of_site_lines(site: Site) -> Iterator[str]:
    info = site.info
    about = [one_line(text) for text in (info.title, info.base_url, info.language) if text]
    if about:
        yield " | ".join(about)
    roles: Counter[str] = Counter(asset.role for asset in site.assets)
    extras = [f"{len(site.assets):,} other files ({_counts(roles, 0)})"] if roles else []
    extras += [plural(len(info.authors), "author")] if info.authors else []
    extras += [plural(len(info.menus), "menu")] if info.menus else []
    if extras:
        yield ", ".join(extras)


def _counts(counter: Counter[str], shown: int) -> str:
    """Return names with their counts, the commonest first when only some are shown (0: all, in the counter's order)."""
    pairs = counter.most_common(shown) if shown else list(counter.items())
    text = ", ".join(f"{one_line(str(name))} ({count:,})" for name, count in pairs)
    return text + (f", and {len(counter) - len(pairs):,} more" if len(pairs) < len(counter) else "")


def _field(post: Post, name: str) -> Any:
    """Return a typed field, None for a value from which it cannot be read."""
    from hugoconv.fields import FieldError

    try:
        return getattr(post, name)
    except FieldError:
        return None


def _terms(post: Post) -> Iterator[tuple[str, list[str]]]:
    from hugoconv.fields import FieldError

    for taxonomy in post.keys.taxonomies:
        try:
            names = [str(term) for term in post.terms.get(taxonomy, ())]
        except FieldError:
            continue
        if names:
            yield taxonomy, names
