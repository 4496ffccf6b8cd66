"""Posts before and after, side by side: their front matter line by line, their words as a reader sees them."""

from __future__ import annotations

from difflib import SequenceMatcher

from bs4 import BeautifulSoup

from hugoconv.markup.html_tree import BLOCKS
from hugoconv.markup.render import to_html
from hugoconv.report.page.markup import code, details, line, section, text
from hugoconv.report.record import Sample
from hugoconv.report.report import Report

WORDS_COMPARED = 3000
_SAME_AROUND = 12
"""How many unchanged words are shown beside a change."""
_REASONS = {
    "failed": "needs you",
    "warned": "has a warning",
    "chosen": "chosen evenly",
    "longest": "among the longest",
}


def comparison_section(report: Report) -> str:
    """Return the section of the posts that are shown before and after."""
    order = list(_REASONS)
    samples = sorted(report.record.samples, key=lambda each: order.index(each.why))
    shown = "".join(_sample(each, is_open=number == 0) for number, each in enumerate(samples))
    which = "Posts that need you or have a warning, some chosen evenly, and the longest."
    return section("compare", "Before and after", shown, which)


def _sample(sample: Sample, *, is_open: bool) -> str:
    name = line(sample.title) or code(sample.label)
    summary = f'{name}<span class="count">{_REASONS[sample.why]}</span>'
    parts = [f'<p class="soft">{code(sample.label)} → {code(sample.path)}</p>']
    if sample.front_before or sample.front_after:
        parts += ["<h4>Front matter</h4>", _side_by_side(sample.front_before, sample.front_after)]
    words_before = words_of(sample.shown_before, sample.markup_before)
    words_after = words_of(sample.shown_after, sample.markup_after)
    if words_before or words_after:
        parts += ["<h4>Words, as a reader sees them</h4>", _word_changes(words_before, words_after)]
    if sample.body_before != sample.body_after:
        parts.append(details("The text itself", _two_texts(sample.body_before, sample.body_after), "inner"))
    return details(summary, f'<div class="group">{"".join(parts)}</div>', "sample row", is_open=is_open)


def words_of(body: str, markup: str) -> list[str]:
    """Return the words of a body that a reader sees, in order."""
    rendered = to_html(body) if markup == "markdown" else body
    tree = BeautifulSoup(rendered, "lxml")
    for block in tree.find_all([*BLOCKS, "br", "td", "th", "li", "dt", "dd", "figcaption"]):
        block.insert_before(" ")
        block.append(" ")
    return tree.get_text().split()[:WORDS_COMPARED]


def _side_by_side(before: str, after: str) -> str:
    old, new = before.splitlines(), after.splitlines()
    rows = []
    for kind, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        left, right = old[start:end], new[new_start:new_end]
        for number in range(max(len(left), len(right))):
            cells = [side[number] if number < len(side) else None for side in (left, right)]
            styles = ("", "") if kind == "equal" else ("removed", "added")
            rows.append("".join(_cell(cell, style) for cell, style in zip(cells, styles, strict=True)))
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    head = '<thead><tr><th scope="col">before</th><th scope="col">after</th></tr></thead>'
    return f'<div class="scroll"><table class="diff">{head}<tbody>{body}</tbody></table></div>'


def _cell(cell: str | None, style: str) -> str:
    if cell is None:
        return "<td></td>"
    return f'<td class="{style}">{text(cell)}</td>' if style else f"<td>{text(cell)}</td>"


def _word_changes(before: list[str], after: list[str]) -> str:
    changes = list(SequenceMatcher(None, before, after, autojunk=False).get_opcodes())
    if all(kind == "equal" for kind, *_ in changes):
        return f'<p class="same">All {len(before):,} words are the same.</p>'
    shown: list[str] = []
    for number, (kind, start, end, new_start, new_end) in enumerate(changes):
        if kind == "equal":
            shown.append(_shortened(before[start:end], is_first=number == 0, is_last=number == len(changes) - 1))
            continue
        if end > start:
            shown.append(f"<del>{line(' '.join(before[start:end]))}</del>")
        if new_end > new_start:
            shown.append(f"<ins>{line(' '.join(after[new_start:new_end]))}</ins>")
    return f'<p class="words">{" ".join(shown)}</p>'


def _shortened(words: list[str], *, is_first: bool, is_last: bool) -> str:
    """Return unchanged words, the middle of many left out."""
    if len(words) <= 2 * _SAME_AROUND + 4:
        return line(" ".join(words))
    head = "" if is_first else " ".join(words[:_SAME_AROUND])
    tail = "" if is_last else " ".join(words[-_SAME_AROUND:])
    left_out = len(words) - _SAME_AROUND * ((not is_first) + (not is_last))
    return f'{line(head)} <span class="soft">[{left_out:,} words]</span> {line(tail)}'.strip()


def _two_texts(before: str, after: str) -> str:
    columns = "".join(
        f"<div><h5>{name}</h5><pre>{text(body)}</pre></div>" for name, body in (("before", before), ("after", after))
    )
    return f'<div class="two">{columns}</div>'
