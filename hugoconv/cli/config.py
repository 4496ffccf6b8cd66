"""`hugoconv.toml`: a conversion written down, found in the working folder or above it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from hugoconv.cli.move import FileKey, Move, file_keys
from hugoconv.cli.terminal import relative
from hugoconv.errors import UsageError

NAME = "hugoconv.toml"
SYSTEM_TABLES = {"source": "importer", "target": "exporter"}
"""The tables that hold options of a system beside the keys that every system has."""


def find(folder: Path) -> Path | None:
    """Return the `hugoconv.toml` in a folder or the nearest above it, None when there is none."""
    folder = folder.absolute()
    return next((each / NAME for each in (folder, *folder.parents) if (each / NAME).is_file()), None)


def read(file: Path) -> Move:
    """Return the conversion that a file describes, its paths as seen from here; UsageError."""
    import tomllib

    try:
        text = file.read_text(encoding="utf-8")
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        message = str(error).partition(" (at ")[0]
        line, column = (int(place[1]), int(place[2])) if place else (0, 0)
        raise UsageError(f"not TOML: {message}", file=relative(file), line=line, column=column) from None
    except UnicodeDecodeError as error:
        raise UsageError(f"not UTF-8 (byte {error.start})", file=relative(file)) from None
    return _Reader(file, text).move(tables)


def text_of(source: Path, system: str, destination: Path, to: str, options: Mapping[str, Any], media: str = "") -> str:
    """Return the text of a file that says what to convert to what, with options of the exporter and a media mode."""
    import tomlkit

    document = tomlkit.document()
    document.add(tomlkit.comment("hugoconv convert runs this; hugoconv convert --dry-run shows what it would do."))
    document.add(tomlkit.nl())
    document["source"] = {"path": source.as_posix(), "format": system}
    own = {name.replace("_", "-"): value for name, value in options.items()}
    document["target"] = {"path": destination.as_posix(), "format": to, **own}
    if media:
        document["media"] = {"mode": media}
    return tomlkit.dumps(document)


class _Reader:
    """Turns the tables of a file into a Move; whatever does not fit is an error at its line."""

    def __init__(self, file: Path, text: str) -> None:
        self._file = file
        self._lines = text.splitlines()

    def move(self, tables: Mapping[str, Any]) -> Move:
        keys = file_keys()
        known = dict.fromkeys(name.partition(".")[0] for name in keys)
        options: dict[str, dict[str, Any]] = {}
        values: dict[str, Any] = {}
        for table, content in tables.items():
            if table not in known:
                self._refuse(
                    f"there is no table [{table}]",
                    table,
                    known,
                    at=f"[{table}]" if isinstance(content, dict) else table,
                )
            if not isinstance(content, dict):
                self._refuse(f"{table} is a table: write [{table}] and its keys below it", at=table)
            if table in keys:
                values[keys[table].field] = self._texts(table, content)
                continue
            for key, value in content.items():
                each = keys.get(f"{table}.{key}")
                if each is not None:
                    values[each.field] = self._value(each, table, key, value)
                elif table in SYSTEM_TABLES:
                    options.setdefault(table, {})[key] = value
                else:
                    self._refuse_key(table, key, _keys_of(table))
        move = Move(**values)
        return replace(move, system_settings=self._system_settings(move, options))

    def _system_settings(self, move: Move, options: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
        """Return the options by scope; those of the systems that are named are looked at here, with their line."""
        from hugoconv.systems import exporters, importers
        from hugoconv.systems.options import coerced, options_of

        settings: dict[str, dict[str, Any]] = {}
        for table, given in options.items():
            scope = SYSTEM_TABLES[table]
            name = move.from_ if scope == "importer" else move.to
            settings[scope] = {key.replace("-", "_"): value for key, value in given.items()}
            if not name:
                continue
            try:
                system: Any = (importers if scope == "importer" else exporters).load(name)
            except UsageError as error:
                self._refuse(error.message, at="format", table=table)
            known = {option.name for option in options_of(system)}
            for key, value in given.items():
                if key.replace("-", "_") not in known:
                    self._refuse_key(table, key, [*_keys_of(table), *(each.replace("_", "-") for each in known)])
                try:
                    coerced(system, key.replace("-", "_"), value)
                except UsageError as error:
                    self._refuse(error.message, at=key, table=table)
        return settings

    def _value(self, each: FileKey, table: str, key: str, value: Any) -> Any:
        if each.kind is str and isinstance(value, list):
            value = ",".join(map(str, value))
        if each.kind is str and isinstance(value, date):
            value = value.isoformat()
        if each.kind is list and isinstance(value, str):
            value = [value]
        if each.kind is Path and isinstance(value, str):
            return self._path(value)
        if not isinstance(value, each.kind) or (each.kind is int and isinstance(value, bool)):
            self._refuse(f"[{table}] {key} is {KINDS[each.kind]}, not {value!r}", at=key, table=table)
        if each.holds_paths:
            return [self._path(text) for text in value]
        if each.field == "ignore":
            self._check_codes(value)
        if each.field == "transforms":
            return [str(self._path(text)) for text in value]
        return value

    def _texts(self, table: str, content: Mapping[str, Any]) -> dict[str, str]:
        for key, value in content.items():
            if not isinstance(value, str):
                self._refuse(f"[{table}] {key} is a text, not {value!r}", at=key, table=table)
        return dict(content)

    def _path(self, text: str) -> Path:
        """Return a path of the file as seen from the working folder."""
        return Path(os.path.relpath(self._file.parent / Path(text).expanduser()))

    def _check_codes(self, codes: list[Any]) -> None:
        from hugoconv.report.codes import CODES

        for code in codes:
            if code not in CODES:
                self._refuse(f"there is no code {code!r}", str(code), CODES, at="ignore", table="check")
            if CODES[code].severity == "error":
                self._refuse(f"{code} is an error, which cannot be ignored", at="ignore", table="check")

    def _refuse_key(self, table: str, key: str, known: list[str]) -> NoReturn:
        self._refuse(f"[{table}] has no key {key!r}", key, known, at=key, table=table)

    def _refuse(self, message: str, name: str = "", known: Iterable[str] = (), *, at: str, table: str = "") -> NoReturn:
        from hugoconv.errors import suggestion

        names = list(known)
        hint = suggestion(name, names) or (f"; there are: {', '.join(names)}" if 0 < len(names) < 20 else "")
        raise UsageError(message + hint, file=relative(self._file), line=self._line(at, table))

    def _line(self, name: str, table: str) -> int:
        """Return the line of a key (in its table) or of a table's header; 0 when it is written in another way."""
        inside = not table
        for number, line in enumerate(self._lines, 1):
            if table and line.lstrip().startswith("["):
                inside = re.match(rf"\s*\[\s*{re.escape(table)}\b", line) is not None
            elif inside and re.match(rf"\s*[\"']?{re.escape(name)}[\"']?\s*[=.]", line):
                return number
            if not table and line.strip().startswith(name):
                return number
        return 0


def _keys_of(table: str) -> list[str]:
    return [name.partition(".")[2] for name in file_keys() if name.startswith(f"{table}.")]


KINDS: dict[type, str] = {
    str: "a text", Path: "a path", int: "a whole number", bool: "true or false", list: "a list of texts",
    dict: "a table of texts",
}  # fmt: skip
"""How an error calls the type of a key."""
