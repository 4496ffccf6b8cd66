"""Inline Markdown: which marks of a paragraph act, and which emphasis can be said with asterisks at all.

The rules are CommonMark's on left- and right-flanking delimiter runs (https://spec.commonmark.org/0.31.2/, 6.2).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from hugoconv.markup.emphasis import Emphasis, Run, is_read_so

STAR, UNDERSCORE, TILDE, BACKTICK = "\x01", "\x04", "\x05", "\x06"
OPEN_BRACKET, CLOSE_BRACKET, BANG, LESS, BACKSLASH = "\x07", "\x08", "\x16", "\x17", "\x18"
CHARACTERS: Final = {
    STAR: "*",
    UNDERSCORE: "_",
    TILDE: "~",
    BACKTICK: "`",
    OPEN_BRACKET: "[",
    CLOSE_BRACKET: "]",
    BANG: "!",
    LESS: "<",
    BACKSLASH: "\\",
}
"""What each mark stands for."""

STRONG: Final = ("\x0e", "\x0f")
EMPHASIS: Final = ("\x10", "\x11")
DELETED: Final = ("\x12", "\x13")
CLOSERS: Final = dict((STRONG, EMPHASIS, DELETED))
OPENERS: Final = {closer: opener for opener, closer in CLOSERS.items()}
DELIMITERS: Final = frozenset(CLOSERS) | frozenset(OPENERS)

_MARKUP = {STRONG[0]: ("**", "strong"), EMPHASIS[0]: ("*", "em"), DELETED[0]: ("~~", "del")}
_STARS = frozenset(STRONG + EMPHASIS)
_TILDES = frozenset(DELETED)
_FAMILY = dict.fromkeys(_STARS, _STARS) | dict.fromkeys(_TILDES, _TILDES)
_OWN = {STAR: _STARS, UNDERSCORE: frozenset[str](), TILDE: _TILDES}
_ASCII_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_RUN = re.compile(f"{STAR}+|{UNDERSCORE}+|{TILDE}+|{BACKTICK}+")
_ANY = re.compile(f"[{''.join(CHARACTERS)}{''.join(DELIMITERS)}]")
_DELIMITER = re.compile(f"[{''.join(DELIMITERS)}]")
_SINGLE = re.compile(f"[{OPEN_BRACKET}{CLOSE_BRACKET}{BANG}{LESS}{BACKSLASH}]")


def resolve(marked: str) -> str:
    """Return the Markdown of one paragraph: marks as characters, with a backslash where they would act."""
    if marked.isprintable() or not _ANY.search(marked):  # a mark is not printable
        return marked
    replaced = dict(_singles(marked))
    pairs = _pairs(marked)
    replaced.update(pairs)
    for mark in (STAR, UNDERSCORE, TILDE):
        if mark in marked:
            replaced.update(_runs(marked, mark, any(marked[index] in _OWN[mark] for index in pairs)))
    if BACKTICK in marked:
        replaced.update(_backticks(marked))
    return _ANY.sub(lambda match: replaced.get(match.start(), match[0]), marked)


def _singles(marked: str) -> Iterator[tuple[int, str]]:
    for match in _SINGLE.finditer(marked):
        index = match.start()
        following = marked[index + 1 : index + 2]
        character = CHARACTERS[marked[index]]
        if _ACTS[marked[index]](following):
            comment = character == "<" and marked.startswith("!--", index + 1)
            yield index, "&lt;" if comment else f"\\{character}"
        else:
            yield index, character


_ACTS: dict[str, Callable[[str], bool]] = {
    OPEN_BRACKET: lambda following: following == "^",
    CLOSE_BRACKET: lambda following: following == "(",
    BANG: lambda following: following in ("[", OPEN_BRACKET) and following != "",
    LESS: lambda following: following.isascii() and (following.isalpha() or following in ("/", "!", "?")),
    BACKSLASH: lambda following: following < " " or following in _ASCII_PUNCTUATION,
}


class _Pair(NamedTuple):
    """Where the two delimiters of an emphasis stand."""

    start: int
    end: int


def _pairs(marked: str) -> dict[int, str]:
    """Return what each delimiter becomes: asterisks (tildes) where CommonMark reads them, else an HTML tag."""
    opened: list[int] = []
    pairs: list[_Pair] = []
    nested: set[_Pair] = set()
    written: dict[int, str] = {}
    for match in _DELIMITER.finditer(marked):
        index, character = match.start(), match[0]
        written[index] = ""  # until its partner is found
        if character in CLOSERS:
            opened.append(index)
        elif opened and marked[opened[-1]] == OPENERS[character]:
            pairs.append(_Pair(opened.pop(), index))
            if opened:
                nested.add(pairs[-1])
    tags = {pair for pair in pairs if not _can_stand(marked, *pair)}
    for as_tags in (tags, tags | nested, {*pairs}):
        for pair in pairs:
            markup, tag = _MARKUP[marked[pair.start]]
            is_tag = pair in as_tags
            written[pair.start], written[pair.end] = (f"<{tag}>", f"</{tag}>") if is_tag else (markup, markup)
        if not nested or _is_read_so(marked, written, [pair for pair in pairs if pair not in as_tags]):
            break
    return written


def _is_read_so(marked: str, written: Mapping[int, str], pairs: Iterable[_Pair]) -> bool:
    """Return whether the asterisks among what the delimiters become are read as emphasis where it is meant."""
    meant = [pair for pair in pairs if marked[pair.start] in _STARS]
    runs = _runs_of_stars(sorted(index for pair in meant for index in pair))
    number = {index: number for number, run in enumerate(runs) for index in run}
    emphases = [Emphasis(number[pair.start], number[pair.end], len(written[pair.start])) for pair in meant]
    return all(
        is_read_so([_run(marked, written, run, punctuation) for run in runs], emphases) for punctuation in ("P", "PS")
    )


def _runs_of_stars(indexes: Iterable[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for index in indexes:
        if runs and runs[-1][-1] == index - 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _run(marked: str, written: Mapping[int, str], run: Sequence[int], punctuation: str) -> Run:
    first, last = run[0], run[-1]
    before = written.get(first - 1, marked[first - 1 : first])[-1:]
    after = written.get(last + 1, marked[last + 1 : last + 2])[:1]
    length = sum(len(written[index]) for index in run)
    return Run(length, _flanks(after, before, punctuation), _flanks(before, after, punctuation))


def _can_stand(marked: str, start: int, end: int) -> bool:
    if start and marked[start - 1] in OPENERS:
        return False
    before, inside = _neighbour(marked, start, -1), _neighbour(marked, start, 1)
    inside_end, after = _neighbour(marked, end, -1), _neighbour(marked, end, 1)
    if marked[start] == DELETED[0] and TILDE in (before, inside, inside_end, after):
        return False
    return all(
        _flanks(inside, before, punctuation) and _flanks(inside_end, after, punctuation) for punctuation in ("P", "PS")
    )


def _neighbour(marked: str, index: int, step: int) -> str:
    """Return the character beside the delimiter run that the delimiter at `index` is part of, "" at an end."""
    family = _FAMILY[marked[index]]
    index += step
    while 0 <= index < len(marked) and marked[index] in family:
        index += step
    return marked[index] if 0 <= index < len(marked) else ""


def _flanks(inside: str, outside: str, punctuation: str) -> bool:
    """Return whether a run between these two flanks what is inside; `punctuation` are Unicode's general categories."""
    if _is_space(inside):
        return False
    return not _is_punctuation(inside, punctuation) or _is_space(outside) or _is_punctuation(outside, punctuation)


def _is_space(character: str) -> bool:
    return character in ("", "\x03") or character.isspace()


def _is_punctuation(character: str, categories: str) -> bool:
    if character < " " or character in _ASCII_PUNCTUATION:
        return True
    return unicodedata.category(character)[0] in categories


def _runs(marked: str, mark: str, among_own: bool) -> Iterator[tuple[int, str]]:
    """Yield every character of the runs of one mark, escaped where a run can open or close and has a partner."""
    runs = []
    for match in _RUN.finditer(marked):
        if match[0][0] == mark:
            before = marked[match.start() - 1] if match.start() else ""
            after = marked[match.end() : match.end() + 1]
            opens, closes = _roles(mark, before, after)
            touches = before in DELIMITERS or after in DELIMITERS
            runs.append((match.start(), match.end(), opens, closes, touches))
    first_opener = next((start for start, _, opens, _, _ in runs if opens), len(marked))
    last_closer = max((start for start, _, _, closes, _ in runs if closes), default=-1)
    paired = among_own or first_opener < last_closer
    for start, end, opens, closes, touches in runs:
        escaped = (paired and (opens or closes)) or (touches and among_own)
        for index in range(start, end):
            yield index, f"\\{CHARACTERS[mark]}" if escaped else CHARACTERS[mark]


def _roles(mark: str, before: str, after: str) -> tuple[bool, bool]:
    """Return whether a run of `mark` between these two can open and close, in either reading of punctuation."""
    if mark == TILDE:  # GitHub's extension, which parsers read in more than one way
        return not _is_space(after), not _is_space(before)
    opens = closes = False
    for punctuation in ("P", "PS"):
        left, right = _flanks(after, before, punctuation), _flanks(before, after, punctuation)
        if mark == UNDERSCORE:
            opens |= left and (not right or _is_punctuation(before, punctuation))
            closes |= right and (not left or _is_punctuation(after, punctuation))
        else:
            opens |= left
            closes |= right
    return opens, closes


def _backticks(marked: str) -> Iterator[tuple[int, str]]:
    runs = [match for match in _RUN.finditer(marked) if match[0][0] == BACKTICK]
    escape = len(runs) > 1 or "`" in marked
    for match in runs:
        for index in range(*match.span()):
            yield index, r"\`" if escape else "`"
