"""Plots as inline SVG, drawn from the numbers: no script, no picture, colours from the page's own."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from hugoconv.report.page.markup import code, details, line, more, section, table
from hugoconv.report.record import PostRecord
from hugoconv.report.report import Report
from hugoconv.report.wording import plural

_WIDTH, _HEIGHT = 640, 220
_LEFT, _BOTTOM, _TOP = 44, 26, 10
_POINTS = 4000
_TERMS_SHOWN = 15
_KEYS_SHOWN = 40
_SHRUNK_SHOWN = 200
_SHRUNK_OPEN = 10


def plots_section(report: Report) -> str:
    """Return the section of the plots, "" when no post is known."""
    record = report.record
    if not record.before.posts:
        return ""
    has_after = record.after.posts > 0
    parts = ["<h3>Posts per year</h3>", years(record.before.years, record.after.years if has_after else None)]
    points = [post for post in record.posts if post.words_before >= 0 and post.words_after >= 0]
    if points:
        parts += ["<h3>Words per post, before and after</h3>", scatter(points)]
    for taxonomy, terms in sorted(record.before.terms.items()):
        after: Counter[str] = record.after.terms.get(taxonomy, Counter())
        rows = [
            (line(term), f"{count:,}", f"{after.get(term, 0):,}" if has_after else "")
            for term, count in terms.most_common(_TERMS_SHOWN)
        ]
        left = f" (the {_TERMS_SHOWN} most used of {len(terms):,})" if len(terms) > _TERMS_SHOWN else ""
        parts += [f"<h3>{line(taxonomy)}{left}</h3>", table(("term", "before", "after"), rows, numbers=(1, 2))]
    if record.keys:
        parts += ["<h3>Front matter keys</h3>", _keys(report)]
    return section("plots", "Before and after in numbers", "".join(parts))


def _keys(report: Report) -> str:
    rows = []
    for (old, new), count in report.record.keys.most_common(_KEYS_SHOWN):
        fate = "kept" if old == new else "renamed" if old and new else "added" if new else "left out"
        rows.append((line(old), line(new), f'<span class="state {fate.split()[0]}">{fate}</span>', f"{count:,}"))
    return table(("before", "after", "what", "posts"), rows, numbers=(3,))


def years(before: dict[str, int], after: dict[str, int] | None) -> str:
    """Return bars of the posts per year; where the second bar is shorter something is missing."""
    numbers = [int(year) for year in {*before, *(after or {})} if year.isdecimal()]
    if not numbers:
        return '<p class="soft">No post has a date.</p>'
    span = range(min(numbers), max(numbers) + 1) if max(numbers) - min(numbers) < 60 else sorted(set(numbers))
    dated = [count for counts in (before, after or {}) for year, count in counts.items() if year.isdecimal()]
    top = max(dated)
    step = (_WIDTH - _LEFT) / len(span)
    width = min(step * 0.38, 22)
    marks = []
    for position, year in enumerate(span):
        middle = _LEFT + step * (position + 0.5)
        counts = [("old", before.get(str(year), 0)), *([("new", after.get(str(year), 0))] if after is not None else [])]
        for offset, (style, count) in zip((-width, 0.0), counts, strict=False):
            if count:
                height = (_HEIGHT - _BOTTOM - _TOP) * count / top
                y = _HEIGHT - _BOTTOM - height
                box = f'x="{middle + offset:.1f}" y="{y:.1f}" width="{width - 1:.1f}" height="{height:.1f}"'
                title = f"{year}: {count:,} {'before' if style == 'old' else 'after'}"
                marks.append(f'<rect class="{style}" {box}><title>{title}</title></rect>')
        if position % math.ceil(len(span) / 14) == 0:
            marks.append(f'<text x="{middle:.1f}" y="{_HEIGHT - 8}" text-anchor="middle">{year}</text>')
    undated = before.get("none", 0)
    note = f'<p class="soft">{undated:,} without a date</p>' if undated else ""
    label = f"Posts per year, from {min(numbers)} to {max(numbers)}"
    return _legend(after is not None) + _drawing(label, [*_scale(top), *marks]) + note


def scatter(posts: Sequence[PostRecord]) -> str:
    """Return a point for each post, words before against words after; a point far below the line lost words."""
    most = max(max(post.words_before, post.words_after) for post in posts)
    top = math.log10(max(most, 10) * 1.3)

    def across(words: int) -> float:
        return _LEFT + (_WIDTH - _LEFT - 10) * math.log10(words + 1) / top

    def down(words: int) -> float:
        return _HEIGHT - _BOTTOM - (_HEIGHT - _BOTTOM - _TOP) * math.log10(words + 1) / top

    drawn: dict[tuple[int, int], str] = {}
    ordered = sorted(posts, key=lambda post: not _shrank(post))
    for post in ordered:
        x, y = across(post.words_before), down(post.words_after)
        style = "shrank" if _shrank(post) else "new"
        label = f"{line(post.label)}: {post.words_before:,} words before, {post.words_after:,} after"
        mark = f'<circle class="{style}" cx="{x:.1f}" cy="{y:.1f}" r="3"><title>{label}</title></circle>'
        if len(drawn) < _POINTS:
            drawn.setdefault((round(x), round(y)), mark)
    end = min(across(most), _WIDTH - 10)
    diagonal = f'<line class="even" x1="{_LEFT}" y1="{_HEIGHT - _BOTTOM}" x2="{end:.1f}" y2="{down(most):.1f}"/>'
    ticks = [10**power for power in range(1, int(top) + 1)]
    axes = [f'<text x="{across(tick):.1f}" y="{_HEIGHT - 8}" text-anchor="middle">{tick:,}</text>' for tick in ticks]
    axes += [f'<text x="{_LEFT - 6}" y="{down(tick) + 4:.1f}" text-anchor="end">{tick:,}</text>' for tick in ticks]
    return _drawing("Words per post before (across) and after (up)", [*axes, diagonal, *drawn.values()]) + _shrunk(
        posts
    )


def _shrunk(posts: Sequence[PostRecord]) -> str:
    """Return which posts are much shorter than they were."""
    lost = sorted(filter(_shrank, posts), key=lambda post: post.words_after - post.words_before)
    if not lost:
        return '<p class="soft">No post lost a third of its words.</p>'
    rows = [
        (line(post.title), code(post.path), f"{post.words_before:,}", f"{post.words_after:,}")
        for post in lost[:_SHRUNK_SHOWN]
    ]
    summary = f"{plural(len(lost), 'post')} of {len(posts):,} with less than two thirds of the words"
    listing = table(("post", "now", "words before", "words after"), rows, numbers=(2, 3))
    return details(summary, listing + more(len(lost) - _SHRUNK_SHOWN, "posts"), is_open=len(lost) <= _SHRUNK_OPEN)


def _shrank(post: PostRecord) -> bool:
    return post.words_before > 20 and post.words_after < post.words_before * 2 / 3


@dataclass(frozen=True, slots=True)
class Bar:
    """A name with its number, of which `marked` are of another kind."""

    name: str
    count: int
    marked: int = 0


def bars(rows: Sequence[Bar], label: str, plain: str, marked: str) -> str:
    """Return horizontal bars with their names and numbers; `plain` and `marked` say what the two kinds are."""
    top = max(row.count for row in rows)
    shown = "".join(
        f'<li class="row"><span class="name">{line(row.name)}</span><span class="track">'
        f"{_stretch('', row.count - row.marked, top)}{_stretch('marked', row.marked, top)}</span>"
        f'<span class="value">{row.count:,}</span></li>'
        for row in rows
    )
    legend = f'<li><span class="dot new"></span>{plain}</li>'
    legend += f'<li><span class="dot warned"></span>{marked}</li>' if any(row.marked for row in rows) else ""
    return f'<ul class="counts legend">{legend}</ul><ul class="bars" aria-label="{line(label)}">{shown}</ul>'


def _stretch(style: str, count: int, top: int) -> str:
    return f'<span class="{style}" style="width:{100 * count / top:.1f}%"></span>' if count else ""


def ring(share: float) -> str:
    """Return a ring that is filled as far as `share` (0 to 1)."""
    length = 2 * math.pi * 40
    percent = math.floor(share * 100) if share < 1 else 100
    label = f"{percent} percent of the addresses go on to work"
    dashes = f'stroke-dasharray="{length * share:.1f} {length:.1f}" transform="rotate(-90 50 50)"'
    return (
        f'<svg class="ring" viewBox="0 0 100 100" role="img" aria-label="{label}">'
        '<circle class="empty" cx="50" cy="50" r="40"/>'
        f'<circle class="filled" cx="50" cy="50" r="40" {dashes}/>'
        f'<text x="50" y="56" text-anchor="middle">{percent}%</text></svg>'
    )


def _scale(top: int) -> list[str]:
    """Return the horizontal lines of a scale from 0 to `top`, with their numbers."""
    step = max(1, 10 ** int(math.log10(top)) // (1 if top >= 5 * 10 ** int(math.log10(top)) else 2))
    marks = []
    for value in range(0, top + 1, step):
        y = _HEIGHT - _BOTTOM - (_HEIGHT - _BOTTOM - _TOP) * value / top
        marks.append(f'<line class="grid" x1="{_LEFT}" y1="{y:.1f}" x2="{_WIDTH}" y2="{y:.1f}"/>')
        marks.append(f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{value:,}</text>')
    return marks


def _legend(has_after: bool) -> str:
    after = '<li><span class="dot new"></span>after</li>' if has_after else ""
    return f'<ul class="counts legend"><li><span class="dot old"></span>before</li>{after}</ul>'


def _drawing(label: str, marks: Sequence[str]) -> str:
    return (
        f'<div class="scroll"><svg class="plot" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{line(label)}">'
        f"{''.join(marks)}</svg></div>"
    )
