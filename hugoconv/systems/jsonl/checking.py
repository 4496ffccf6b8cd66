"""Is a dump as its schemas say? The one place where that is asked, before anything is made of it."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from functools import cached_property
from importlib import resources
from pathlib import PurePosixPath
from typing import Any

from hugoconv.errors import SourceError
from hugoconv.frontmatter.dates import Moment
from hugoconv.frontmatter.json import line_of_value
from hugoconv.systems.jsonl.values import decoded

SHOWN = 200
"""How much of what is wrong a message shows."""
KEYWORD = "encoded"
"""The keyword of our schemas for what a string or a value with tags must be, once it is decoded."""


class DumpError(SourceError, ValueError):
    """A dump that is not as its schema says; `file` and `line` say where."""


class Schema:
    """One of the schemas, and the reading of texts by it."""

    def __init__(self, file: str) -> None:
        self._file = file

    def read(self, raw: bytes, file: str, line: int = 0) -> dict[str, Any]:
        """Return the object that a text holds, as the schema says; DumpError for any other text.

        `file` and `line` say where the text stands; without a line it is the whole file, and errors have a line of it.
        """
        try:
            text = raw.decode("utf-8")
            record: dict[str, Any] = json.loads(text)
            problem = next(self._problems(record), None)
        except json.JSONDecodeError as error:
            raise DumpError(f"it is no JSON: {error.msg}", file=file, line=line or error.lineno) from None
        except UnicodeDecodeError as error:
            raise DumpError(f"it is not UTF-8 (byte {error.start})", file=file, line=line) from None
        except RecursionError:
            raise DumpError("it is nested too deeply", file=file, line=line) from None
        if problem is None:
            return record
        path, message = problem
        raise DumpError(message, file=file, line=line or line_of_value(text, path))

    def _problems(self, record: Any) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Yield the path of each value that is not as it should be, and what is wrong with it."""
        for error in self._validator.iter_errors(record):
            message = error.message if len(error.message) <= SHOWN else f"{error.message[:SHOWN]} ..."
            yield tuple(error.absolute_path), f"{error.json_path}: {message}"
        try:
            json.dumps(record, ensure_ascii=False).encode("utf-8", "surrogateescape")
        except UnicodeEncodeError as error:
            yield (), f"no file can hold the character U+{ord(error.object[error.start]):04X}"

    @cached_property
    def _validator(self) -> Any:
        from jsonschema import Draft202012Validator
        from jsonschema.validators import extend

        schema = json.loads((resources.files(__package__) / self._file).read_text("utf-8"))
        return extend(Draft202012Validator, {KEYWORD: _check_decoded})(schema)


POST = Schema("schema.json")
SITE = Schema("site.schema.json")


def safe_path(text: str) -> PurePosixPath:
    r"""Return a relative path; DumpError for one that leaves its folder: with `..`, from the root, or with `\`."""
    path = PurePosixPath(text)
    if not path.parts or path.is_absolute() or ".." in path.parts or "\\" in text or "\0" in text:
        raise DumpError(f"the path {text!r} leaves the folder")
    return path


def _check_decoded(validator: Any, name: str, instance: Any, schema: Any) -> Iterator[Exception]:
    """Say what is wrong with a value once it is decoded, as a keyword of JSON Schema does."""
    from jsonschema.exceptions import ValidationError

    try:
        fits = _FITS[name](instance)
    except (ValueError, KeyError, TypeError) as error:
        yield ValidationError(
            f"it cannot be decoded: {f'there is no {error}' if isinstance(error, KeyError) else error}"
        )
        return
    if not fits:
        yield ValidationError(f"{instance!r} is no {name} once it is decoded")


def _is_texts(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and all(isinstance(each, str) for each in value)


def _is_two_numbers(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and len(value) == 2 and all(type(each) is int for each in value)


def _is_base64(text: Any) -> bool:
    return not isinstance(text, str) or base64.b64decode(text, validate=True) is not None


_FITS: dict[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(decoded(value), dict),
    "date": lambda value: isinstance(decoded(value), Moment),
    "list of texts": lambda value: _is_texts(decoded(value)),
    "pair of numbers": lambda value: _is_two_numbers(decoded(value)),
    "bytes in base64": _is_base64,
    "path in its folder": lambda text: not isinstance(text, str) or safe_path(text) is not None,
}
