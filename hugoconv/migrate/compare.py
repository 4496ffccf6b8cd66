"""Did everything of an old site arrive in the new one: posts and their fields, words, mentions and files."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from hugoconv.migrate.beside import (
    CommentKey,
    comments_beside,
    comments_of,
    entries_beside,
    entries_of,
    missing_entries,
)
from hugoconv.migrate.check_site import host_of
from hugoconv.migrate.counterparts import (
    Difference,
    PostSummary,
    counterparts,
    differences,
    summary_of,
    term_key,
    with_redirects,
)
from hugoconv.migrate.describe import all_text_of, text_of
from hugoconv.migrate.digest import digest_of, pieces_of
from hugoconv.migrate.manifest import FOLDER, Manifest
from hugoconv.migrate.media import size_of
from hugoconv.migrate.mentions import mentions, missing_mentions
from hugoconv.migrate.named import Named
from hugoconv.migrate.prose import all_words, kind_of, missing_words, words
from hugoconv.model import Packed, Post, Role, Site
from hugoconv.report.findings import Findings

CARRIED: frozenset[Role] = frozenset({"static", "media", "asset", "layout", "template", "other"})
"""The roles of files that must arrive with the same bytes; data and configuration are written anew for the target."""
ASPECTS = ("posts", "titles", "dates", "status", "terms", "URLs", "words", "links", "comments", "menus", "files")
WORDS_SHOWN = 8
_NOT_CONTENT = frozenset({".git", ".hg", ".svn", "node_modules", ".hugoconv", ".jekyll-cache", ".sass-cache"})


@dataclass(slots=True)
class Tally:
    """How much of one kind the old site has, and how much of it the new one lacks: in all, and named by the report."""

    old: int = 0
    missing: int = 0
    named: int = 0


@dataclass
class Comparison:
    """The new site looked through for everything of the old one."""

    old: Site
    new: Site
    log: Findings
    tallies: dict[str, Tally] = field(default_factory=lambda: {aspect: Tally() for aspect in ASPECTS})

    _moved: dict[str, str] = field(default_factory=dict, init=False)
    """The new addresses of the pages that have another one."""

    def run(self) -> None:
        """Compare everything; what is missing is recorded and counted."""
        named = Named(self.new.root)
        plural = {**self.new.info.taxonomies, **self.old.info.taxonomies}
        old, unreadable, _ = _summaries(self.old, plural)
        new, _, written = _summaries(self.new, plural)
        self._compare_posts(old, with_redirects(new, self.new.redirects), named)
        self._compare_menus(old, named)
        self._compare_files(unreadable, written, named)

    # Posts

    def _compare_posts(self, old: Sequence[PostSummary], new: Sequence[PostSummary], named: Named) -> None:
        ends = _ends(old)
        titles = {term_key(post.name): post.title for post in old if post.kind == "term" and post.title}
        new_titles = {
            taxonomy: {term_key(name): term.title for name, term in terms.items() if term.title}
            for taxonomy, terms in self.new.info.terms.items()
        }
        claims = Counter(address for post in old for address in {post.address, *post.aliases})
        answered = {address for post in new for address in (post.address, *post.aliases)}
        shared = {address for address, count in claims.items() if count > 1} & answered
        pairs = list(counterparts(old, new, _text_in(self.old), _text_in(self.new)))
        self._moved = {
            post.address: other.address for post, other in pairs if other is not None and other.address != post.address
        }
        for post, counterpart in pairs:
            self._count(post)
            if counterpart is None and self._is_term(post):
                continue
            found = list(differences(post, counterpart, shared, titles, new_titles))
            if counterpart is not None:
                found += self._texts(post, counterpart)
                found += self._comments(post, counterpart)
            name, _, _ = post.label.rpartition(":") if post.line else (post.label, "", "")
            for difference in found:
                codes = named.codes(difference.aspect, post.label, name, post.line, ends.get(post.label, 0))
                self._record(difference, codes)

    def _comments(self, old: PostSummary, new: PostSummary) -> Iterator[Difference]:
        """Look for the comments on an old post: on the new one, or in the data files of the new site."""
        there = Counter(comments_of(self.new.posts[new.number]))
        for comment in comments_of(self.old.posts[old.number]):
            self.tallies["comments"].old += 1
            if there[comment] > 0:
                there[comment] -= 1
            elif self._comments_beside[comment] > 0:
                self._comments_beside[comment] -= 1
            else:
                details: dict[str, object] = {"author": comment.author, "date": comment.date, "old": old.label}
                yield Difference("comments", "HC513", new.label, details)

    @cached_property
    def _comments_beside(self) -> Counter[CommentKey]:
        return comments_beside(self.new)

    def _compare_menus(self, old: Sequence[PostSummary], named: Named) -> None:
        """Look for every entry of the old menus."""
        wanted = list(entries_of(self.old))
        self.tallies["menus"].old = len(wanted)
        if not wanted:
            return
        pages = {post.address: self._moved.get(post.address, post.address) for post in old if post.public}
        found = [*entries_of(self.new), *entries_beside(self.new)]
        hosts = {host_of(site.info.base_url) for site in (self.old, self.new)}
        for entry in missing_entries(wanted, found, pages, hosts):
            details: dict[str, object] = {"name": entry.name, "menu": entry.menu, "url": entry.url}
            self._record(Difference("menus", "HC514", "", details), named.codes("menus", ""))

    @cached_property
    def _redirects(self) -> frozenset[str]:
        """The addresses of the old site that were no page of it."""
        return frozenset(
            old for redirect in self.old.redirects for old in (redirect.old, redirect.old.rstrip("/")) if old
        )

    def _is_term(self, old: PostSummary) -> bool:
        """Whether the page of a term has become a term of the new site, with all its words as the description."""
        if old.kind != "term":
            return False
        names = {term_key(old.name), term_key(old.title)}
        terms = (term for terms in self.new.info.terms.values() for term in terms.values())
        found = next((term for term in terms if names & {term_key(term.slug), term_key(term.name)}), None)
        if found is None:
            return False
        page = self.old.posts[old.number]
        return not missing_words(text_of(page), old.system, found.description, self.new.info.system)

    def _count(self, post: PostSummary) -> None:
        counts = {"posts": 1, "titles": bool(post.title), "dates": post.date is not None, "status": 1}
        counts["terms"] = sum(len(names) for names in post.terms.values())
        counts["URLs"] = (bool(post.address) + len(post.aliases)) if post.public else 0
        for aspect, count in counts.items():
            self.tallies[aspect].old += count

    def _texts(self, old: PostSummary, new: PostSummary) -> Iterator[Difference]:
        """Compare the two texts; the posts are read again, so that no more than two are held."""
        before, after = self.old.posts[old.number], self.new.posts[new.number]
        self.tallies["links"].old += mentions(before, self._redirects).total()
        self.tallies["words"].old += words(text_of(before), kind_of(before)).total()
        lost = missing_words(text_of(before), kind_of(before), all_text_of(after), kind_of(after))
        if lost:
            shown = ", ".join(repr(word) for word in lost[:WORDS_SHOWN]) + (" ..." if len(lost) > WORDS_SHOWN else "")
            details = {"count": len(lost), "words": shown, "old": old.label}
            yield Difference("words", "HC534", new.label, details, len(lost))
        for name in missing_mentions(before, after, self._redirects, self._moved):
            yield Difference("links", "HC535", new.label, {"target": name, "old": old.label})

    def _record(self, difference: Difference, codes: Sequence[str]) -> None:
        tally = self.tallies[difference.aspect]
        tally.missing += difference.count
        if not codes:
            self.log.extend([difference.finding])
            return
        tally.named += difference.count
        self.log.add("HC539", file=difference.file, what=difference.finding.message, codes=", ".join(codes))

    # Files

    def _compare_files(
        self, unreadable: Sequence[tuple[str, Path | Packed]], carried: Iterable[Path], named: Named
    ) -> None:
        """Look for each file's bytes, under whatever name; also for those that the old site's reader passed over."""
        assets = [(str(asset.path), asset.source) for asset in self.old.assets if asset.role in CARRIED]
        wanted: list[tuple[str, Path | Packed]] = [*assets, *_media(self.old), *self._passed_over()]
        files = _FilesByContent([*(asset.source for asset in self.new.assets), *_beside(self.new), *carried])
        self.tallies["files"].old = len(wanted)
        self.tallies["posts"].old += len(unreadable)
        for aspect, each in (("files", wanted), ("posts", unreadable)):
            for name, path in each:
                if path not in files:
                    self._record(Difference(aspect, "HC410", name, {"path": name}), named.codes(aspect, name))

    def _passed_over(self) -> Iterator[tuple[str, Path]]:
        """Yield the files of an old site's folder that its reader took for nothing at all."""
        root = self.old.root
        if not root.is_dir() or self.old.units is None or self.old.media is not None:
            return
        known = {str(asset.path) for asset in self.old.assets}
        known |= {self.old.units.name(index) for index in range(len(self.old.units))}
        left_out = frozenset(self.old.left_out)
        for folder, folders, files in os.walk(root):
            inside = Path(folder).relative_to(root)
            folders[:] = sorted(
                name for name in folders if name not in _NOT_CONTENT and (inside / name).as_posix() not in left_out
            )
            for name in sorted(files):
                path = Path(folder, name)
                if (inside / name).as_posix() not in known and path.is_file() and not path.is_symlink():
                    yield (inside / name).as_posix(), path


def _text_in(site: Site) -> Callable[[PostSummary], Hashable]:
    """Return what gives the words of a post of a site, with how often each stands there; without prose all words."""

    def text(post: PostSummary) -> Hashable:
        body = text_of(site.posts[post.number])
        return frozenset((words(body, post.system) or all_words(body)).items())

    return text


def _ends(posts: Sequence[PostSummary]) -> dict[str, int]:
    """Return the line at which the item after each one starts, by label."""
    lines: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for post in posts:
        if post.line:
            lines[post.label.rpartition(":")[0]].append((post.line, post.label))
    found: dict[str, int] = {}
    for starts in lines.values():
        starts.sort()
        found.update({label: following for (_, label), (following, _) in pairwise(starts)})
    return found


def _summaries(site: Site, plural: Mapping[str, str]) -> tuple[list[PostSummary], list[tuple[str, Path]], list[Path]]:
    """Return what is to be compared of the posts, the files of those that cannot be read, and the files of all."""
    posts: list[PostSummary] = []
    unreadable: list[tuple[str, Path]] = []
    files: list[Path] = []
    for number, post in _numbered(site):
        if post.source.path is not None and post.source.path.is_file():  # of a dump it is written when it is needed
            files.append(post.source.path)
        if not post.unreadable:
            posts.append(summary_of(post, site.info, number, plural))
        elif post.source.path is not None:
            unreadable.append((post.source.label, post.source.path))
    return posts, unreadable, files


def _media(site: Site) -> Iterator[tuple[str, Path | Packed]]:
    """Yield the files of a site's library that were given with it, the best version of each."""
    for medium in site.media or ():
        source = next((version.source for version in medium.versions if version.source is not None), None)
        if source is not None:
            yield medium.address, source


def _beside(site: Site) -> Iterator[Path]:
    """Yield the files that were written beside a site that is a file itself."""
    if site.root.is_file():
        folder = site.root.parent
        made = Manifest(folder, f"{site.root.name}{FOLDER}").made
        yield from (path for name in made if (path := folder / name).is_file())


def _numbered(site: Site) -> Iterator[tuple[int, Post]]:
    """Yield the posts with their numbers; an item that cannot be read has a number and no post."""
    for number in range(len(site.posts)):
        post = site.posts[number]
        if post is not None:
            yield number, post


class _FilesByContent:
    """Files known by their bytes; only those of a size that is asked for are read."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._by_size: dict[int, list[Path]] = defaultdict(list)
        for path in paths:
            self._by_size[size_of(path)].append(path)
        self._digests: dict[int, set[str]] = {}

    def __contains__(self, source: Path | Packed) -> bool:
        size = size_of(source)
        if size not in self._by_size:
            return False
        if size not in self._digests:
            self._digests[size] = {digest_of(pieces_of(each)) for each in self._by_size[size]}
        return digest_of(pieces_of(source)) in self._digests[size]
