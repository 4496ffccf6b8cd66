"""Hugo's configuration files: where they are, how they are read and how they are merged (config/configLoader.go)."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from hugoconv.errors import FrontMatterError, SourceError
from hugoconv.frontmatter.dialects import HUGO
from hugoconv.frontmatter.yaml import SYNTAX as YAML

Values = Mapping[str, Any]

_MAIN_NAMES = ("hugo", "config")
_ENDINGS = (".toml", ".yaml", ".yml", ".json")
"""In the order in which Hugo looks for them: the first found is the only one read."""


def config_files(site: Path, environment: str = "production") -> tuple[str, ...]:
    """Return the configuration files of a site, relative to it, in the order in which they are merged."""
    main = (f"{name}{ending}" for name in _MAIN_NAMES for ending in _ENDINGS)
    found = [next(([name] for name in main if (site / name).is_file()), [])]
    for folder in (site / "config" / "_default", site / "config" / environment):
        inside = sorted(folder.rglob("*")) if folder.is_dir() else []
        found.append([path.relative_to(site).as_posix() for path in inside if path.suffix.lower() in _ENDINGS])
    return tuple(name for names in found for name in names if (site / name).is_file())


def read_values(site: Path, files: tuple[str, ...]) -> Values:
    """Return the merged values of configuration files; SourceError (file, line) for one that Hugo could not read."""
    merged: dict[str, Any] = {}
    for file in files:
        values = _read(site / file, file)
        path = Path(file)
        if len(path.parts) > 1 and path.stem not in _MAIN_NAMES:
            values = _placed(values, path.stem)
        merged = _merged(merged, _with_menus(values))
    return merged


def look_up(values: object, path: str, default: Any = None) -> Any:
    """Return what stands at a path of keys ("a.b.c"), whatever their case, `default` when nothing does."""
    for key in path.lower().split("."):
        if not isinstance(values, Mapping):
            return default
        written = _key_in(values, key)
        if written is None:
            return default
        values = values[written]
    return default if values is None else values


def _key_in(values: Mapping[str, Any], key: str) -> str | None:
    return next((written for written in values if written.lower() == key), None)


def _placed(values: Values, stem: str) -> Values:
    """Put the values of `params.toml`, `menus.en.toml`, ... where the file's name says they belong."""
    name, _, language = stem.rpartition(".")
    if not name:
        name, language = language, ""
    if len(values) == 1 and name in values and isinstance(values[name], (Mapping, list)):
        content: Any = values[name]
    else:
        content = values
    if not language:
        return {name: content}
    below = {"menu": "menus", "menus": "menus", "params": "params"}.get(name)
    return {"languages": {language: {below: content} if below else content}}


def _with_menus(values: Values) -> Values:
    """Call `menu` by its newer name, at the top and in each language."""
    renamed = {"menus" if key.lower() == "menu" else key: value for key, value in values.items()}
    languages = _key_in(renamed, "languages")
    if languages and isinstance(renamed[languages], Mapping):
        renamed[languages] = {
            name: {"menus" if key.lower() == "menu" else key: value for key, value in own.items()}
            if isinstance(own, Mapping)
            else own
            for name, own in renamed[languages].items()
        }
    return renamed


def _merged(base: Values, over: Values) -> dict[str, Any]:
    """Return `base` with `over` written over it: maps are merged, everything else is replaced."""
    merged = dict(base)
    for key, value in over.items():
        known = _key_in(merged, key.lower())
        if known is not None and isinstance(merged[known], Mapping) and isinstance(value, Mapping):
            value = _merged(merged[known], value)
        merged[known if known is not None else key] = value
    return merged


def _read(path: Path, name: str) -> Values:
    try:
        text = path.read_bytes().decode("utf-8-sig")
        values = _READERS[path.suffix.lower()](text)
    except OSError as error:
        raise SourceError(f"the configuration cannot be read: {error.strerror}", file=name) from error
    except UnicodeDecodeError as error:
        raise SourceError("the configuration is not valid UTF-8", file=name) from error
    except json.JSONDecodeError as error:
        raise SourceError(error.msg, file=name, line=error.lineno, column=error.colno) from error
    except FrontMatterError as error:
        raise SourceError(error.message, file=name, line=error.line, column=error.column) from error
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        line, column = (int(place[1]), int(place[2])) if place else (0, 0)
        raise SourceError(str(error).partition(" (at ")[0], file=name, line=line, column=column) from error
    except RecursionError as error:
        raise SourceError("the configuration is nested too deeply", file=name) from error
    if not isinstance(values, Mapping):
        raise SourceError("the configuration is not a map of settings", file=name, line=1)
    return values


def _read_yaml(text: str) -> object:
    return YAML.parse(text, HUGO.scalars)


_READERS: dict[str, Callable[[str], object]] = {
    ".toml": tomllib.loads,
    ".yaml": _read_yaml,
    ".yml": _read_yaml,
    ".json": lambda text: json.loads(text) if text.strip() else {},
}
