"""FrontMatter: a map of keys that remembers its text and changes it only where it is edited."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from datetime import date
from functools import cache
from importlib import import_module
from typing import Any

from hugoconv.edits import newline_of
from hugoconv.errors import EditError, FrontMatterError
from hugoconv.frontmatter.batch import Batch, Verb
from hugoconv.frontmatter.dates import DateText
from hugoconv.frontmatter.dialects import HUGO, Dialect
from hugoconv.frontmatter.syntax import KeyPath, Notes, Scalar, Syntax
from hugoconv.frontmatter.values import (
    copied,
    copied_for,
    drop,
    is_deeper,
    parent_of,
    put,
    same,
    same_but_place,
    same_values,
)

SYNTAXES = ("yaml", "toml", "json", "org")
DEEPEST = 200
"""How deep values may be nested; every program that reads front matter has such a limit somewhere."""
_MISSING = object()
_BLANK_LINE = re.compile(r"(?:\A|\n)[ \t]*\r?\n")


@cache
def syntax_named(name: str) -> Syntax:
    """Return a syntax by its name in `SYNTAXES`; KeyError for any other."""
    if name not in SYNTAXES:
        raise KeyError(name)
    syntax: Syntax = import_module(f"hugoconv.frontmatter.{name}").SYNTAX
    return syntax


class FrontMatter(MutableMapping[str, Any]):
    """The front matter of one file: values by key, read when first asked for, and the text they stand in.

    With `syntax` "" it has no text of its own (a post from an export): keys and values only, in order. Values are
    plain Python copies: change one with `front_matter[key] = ...` or `set`, not by changing what was handed out.
    """

    __slots__ = ("_batch", "_folded", "_known", "_matter", "dialect", "newline", "original", "readings", "syntax")

    def __init__(
        self,
        matter: str = "",
        syntax: str = "",
        *,
        dialect: Dialect = HUGO,
        newline: str = "",
        values: Mapping[str, Any] | None = None,
    ) -> None:
        self.syntax = syntax
        self.dialect = dialect
        self.newline = newline or newline_of(matter)
        self.original = matter
        self._matter = matter
        self._batch: Batch | None = None
        self._known: dict[str, Any] | None = copied(dict(values)) if values is not None else None
        self.readings: dict[str, tuple[object, Any]] = {}
        """What was made of the values, and by whom; forgotten with the next edit."""
        self._folded: dict[str, str] | None = None
        """The keys by their names in lower case."""
        if not syntax and self._known is None:
            self._known = {}

    # Reading

    @property
    def matter(self) -> str:
        """The text between the fences, with all edits made so far."""
        self._make_edits()
        return self._matter

    @property
    def edited(self) -> bool:
        """Whether the text differs from what was read."""
        return self.matter != self.original

    @property
    def _data(self) -> dict[str, Any]:
        if self._known is None:
            values = syntax_named(self.syntax).parse(self._matter, self.dialect.scalars)
            if is_deeper(values, DEEPEST):
                raise FrontMatterError("nested too deeply", line=1)
            self._known = values
        return self._known

    def _forget(self, values: dict[str, Any] | None) -> None:
        """Take other values than before; None when they are to be read again."""
        self._known = values
        self._folded = None
        self.readings.clear()

    def check(self) -> None:
        """Read the values now; FrontMatterError (line, column in the matter) when the owner's program could not."""
        self._data  # noqa: B018

    def __getitem__(self, key: str) -> Any:
        return copied(self._data[key])

    def get(self, key: str, default: Any = None, /) -> Any:
        """Return the value of a key, `default` when it is not there."""
        value = self._data.get(key, _MISSING)
        return default if value is _MISSING else copied(value)

    def as_dict(self) -> dict[str, Any]:
        """Return a copy of all values."""
        values: dict[str, Any] = copied(self._data)
        return values

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._data))

    def __len__(self) -> int:
        return len(self._data)

    def __contains__(self, key: object) -> bool:
        return key in self._data

    def __repr__(self) -> str:
        return f"FrontMatter({self._data!r})"

    def find(self, key: str) -> str | None:
        """Return the key as it is written, ignoring case as Hugo does; the last one of several, None for none."""
        if key in self._data:
            return key
        folded = key.lower()
        return next((name for name in reversed(self._data) if name.lower() == folded), None)

    def written(self, keys: Iterable[str], *, ignore_case: bool) -> list[str]:
        """Return those of some keys that are there, as they are written, each once; see `find` for `ignore_case`."""
        data = self._data
        if not ignore_case:
            return [key for key in keys if key in data]
        if self._folded is None:
            self._folded = {name.lower(): name for name in data}
        found: list[str] = []
        for key in keys:
            name = key if key in data else self._folded.get(key.lower())
            if name is not None and name not in found:
                found.append(name)
        return found

    def get_path(self, path: str | KeyPath, default: Any = None) -> Any:
        """Return the value at a path of keys and list indexes, `default` when there is none."""
        value = self._at(_as_path(path), _MISSING)
        return default if value is _MISSING else copied(value)

    def _at(self, path: KeyPath, default: Any) -> Any:
        value: Any = self._data
        for part in path:
            try:
                value = value[part]
            except (KeyError, IndexError, TypeError):
                return default
        return value

    def scalar(self, path: str | KeyPath) -> Scalar | None:
        """Return a scalar as it is written; None for a list, a map, a missing key or front matter without text."""
        if not self.syntax:
            value = self.get_path(path)
            return Scalar(value, quoted=not isinstance(value, DateText)) if isinstance(value, str) else None
        path = _as_path(path)
        if self._batch is None or not self._batch.leaves(path[0]):
            self._make_edits()
        try:
            return syntax_named(self.syntax).scalar(self._matter, path)
        except KeyError:
            return None

    def notes(self) -> Notes:
        """Return the comments and blank lines that belong to each key and list item."""
        # Without either the text need not be gone over again, which is most files.
        has_notes = "#" in self.matter or _BLANK_LINE.search(self.matter) is not None
        return syntax_named(self.syntax).notes(self.matter) if self.syntax and has_notes else {}

    def spans(self) -> dict[str, tuple[int, int]]:
        """Return where each top-level key stands in the matter, with the comment lines right above it."""
        return syntax_named(self.syntax).spans(self.matter) if self.syntax else {}

    def copy(self) -> FrontMatter:
        """Return an independent copy: edits to one do not show in the other."""
        twin = FrontMatter(self.original, self.syntax, dialect=self.dialect, newline=self.newline)
        twin._matter = self.matter
        twin._known = copied(self._known)
        return twin

    # Editing

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make the edits of a `with` block as one: each at its span, the result read back once.

        The values change at once, the text at the end of the block or when it is asked for. Edits that cannot be made
        together are made one by one, as they would be without the block; EditError then comes from its end.
        """
        self._batch = Batch(self._data) if self.syntax else None
        try:
            yield
            self._make_edits()
        finally:
            self._batch = None

    def __setitem__(self, key: str, value: Any) -> None:
        self.set(key, value)

    def __delitem__(self, key: str) -> None:
        self.delete(key)

    def set(self, path: str | KeyPath, value: Any) -> None:
        """Give the value at `path`, changing its span only; missing maps on the way are made.

        EditError when no way of writing it leaves every other key as it was, or when the syntax cannot hold it.
        """
        path = _as_path(path)
        while len(path) > 1 and self._at(path[:-1], _MISSING) in (_MISSING, None):
            path, value = path[:-1], {path[-1]: value}
        if same(self._at(path, _MISSING), value) and not isinstance(value, DateText):
            return
        if not self.syntax:
            put(self._data, path, copied(value))
            self._forget(self._known)
            return
        expected = copied_for(self._data, len(path))
        put(expected, path, self._as_read(value))
        if self._put_off("set", path, expected, value):
            return
        self._edit(syntax_named(self.syntax).set(self._matter, path, value), expected, path)

    def delete(self, path: str | KeyPath) -> None:
        """Take out the key or list item at `path`, with the comments right above it; KeyError if it is not there."""
        path = _as_path(path)
        if not self.syntax:
            drop(self._data, path)
            self._forget(self._known)
            return
        expected = copied_for(self._data, len(path))
        drop(expected, path)
        if self._put_off("delete", path, expected):
            return
        self._edit(syntax_named(self.syntax).delete(self._matter, path), expected, path)

    def rename(self, path: str | KeyPath, key: str) -> None:
        """Give the key at `path` another name, at the same place with the same value and comments.

        KeyError when it is not there, EditError when the new name is taken.
        """
        path = _as_path(path)
        expected = copied_for(self._data, len(path))
        parent = parent_of(expected, path)
        if not isinstance(parent, dict) or path[-1] not in parent:
            raise KeyError(path)
        if key == path[-1]:
            return
        if key in parent:
            raise EditError(f"cannot rename {path[-1]!r}: there is a key {key!r} already")
        renamed = {key if name == path[-1] else name: item for name, item in parent.items()}
        parent.clear()
        parent.update(renamed)
        if not self.syntax:
            self._forget(expected)
            return
        if self._put_off("rename", path, expected, key):
            return
        self._edit(syntax_named(self.syntax).rename(self._matter, path, key), expected, (*path[:-1], key))

    def move(self, key: str, *, before: str | None = None) -> None:
        """Put a top-level key, with its comments, before another one (None: last); KeyError for a missing key."""
        if key == before:
            return
        value = self._data[key]
        expected: dict[str, Any] = {}
        for name, item in self._data.items():
            if name == before:
                expected[key] = value
            if name != key:
                expected[name] = item
        if before is None:
            expected[key] = value
        elif before not in self._data:
            raise KeyError(before)
        if not self.syntax:
            self._forget(expected)
            return
        self._make_edits()
        self._edit(syntax_named(self.syntax).move(self._matter, key, before), expected, (key,))

    def _put_off(self, verb: Verb, path: KeyPath, expected: dict[str, Any], *told: Any) -> bool:
        """Whether an edit waits for the end of `together`: those of top-level keys do, their values known now."""
        if self._batch is None:
            return False
        if len(path) > 1:
            self._make_edits()
            return False
        getattr(self._batch, verb)(path[0], *told)
        self._forget(expected)
        return True

    def _make_edits(self) -> None:
        """Make the edits that were put off."""
        batch, self._batch = self._batch, None
        if batch is None:
            return
        if batch.asked:
            candidate = syntax_named(self.syntax).together(self._matter, batch)
            if candidate is not None and self._reads_as(candidate, self._data):
                self._matter = candidate
            else:
                self._forget(None)
                for verb, told in batch.asked:
                    getattr(self, verb)(*told)
        self._batch = Batch(self._data)

    def _reads_as(self, candidate: str, expected: dict[str, Any]) -> bool:
        try:
            return same(syntax_named(self.syntax).parse(candidate, self.dialect.scalars), expected)
        except FrontMatterError:
            return False

    def _edit(self, candidates: Iterator[str], expected: dict[str, Any], path: KeyPath) -> None:
        """Take the first candidate that reads as `expected`: every other key the same, in the same order."""
        syntax = syntax_named(self.syntax)
        try:
            for candidate in candidates:
                if not self._matter:
                    candidate = candidate.replace("\r\n", "\n").replace("\n", self.newline)
                try:
                    values = syntax.parse(candidate, self.dialect.scalars)
                except FrontMatterError:
                    continue
                merged = "<<" in self._matter and same_values(values, expected)
                if merged or same(values, expected) or same_but_place(values, expected, path):
                    self._matter = candidate
                    self._forget(values)
                    return
        except FrontMatterError as error:
            raise EditError(f"{_dotted(path)}: {error.message}") from error
        raise EditError(
            f"{_dotted(path)}: no way of writing this change in {self.syntax} leaves the other keys as they are"
        )

    def _as_read(self, value: Any) -> Any:
        """Return `value` as the owner's program will read it back: dates may become texts, in org all does."""
        if isinstance(value, Mapping):
            return {str(key): self._as_read(item) for key, item in value.items()}
        if isinstance(value, (list, tuple)):
            return [self._as_read(item) for item in value]
        if self.syntax and (isinstance(value, (DateText, date)) or self.syntax == "org"):
            text = syntax_named(self.syntax).write({"date": value})
            return syntax_named(self.syntax).parse(text, self.dialect.scalars)["date"]
        return copied(value)


def _as_path(path: str | KeyPath) -> KeyPath:
    return (path,) if isinstance(path, str) else path


def _dotted(path: KeyPath) -> str:
    return ".".join(str(part) for part in path)
