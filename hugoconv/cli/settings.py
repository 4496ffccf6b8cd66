"""Values that the command line gives as text: options of systems, transforms in files."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from hugoconv.errors import UsageError

if TYPE_CHECKING:
    from hugoconv.migrate.job import Transform

SCOPES = ("importer", "exporter")


def system_options(settings: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return the options of `importer.KEY=VALUE` and `exporter.KEY=VALUE` texts, by scope (UsageError)."""
    from hugoconv.errors import suggestion

    options: dict[str, dict[str, str]] = {scope: {} for scope in SCOPES}
    for setting in settings:
        name, equals, value = setting.partition("=")
        scope, dot, key = name.strip().partition(".")
        if not (equals and dot and key):
            near = _scoped(scope.replace("-", "_"), value) if equals and not dot else ""
            raise UsageError(f"--set {setting}: write importer.KEY=VALUE or exporter.KEY=VALUE{near}")
        if scope not in options:
            raise UsageError(
                f"--set {setting}: options belong to importer or exporter, not {scope!r}{suggestion(scope, SCOPES)}"
            )
        options[scope][key.replace("-", "_")] = value
    return options


def _scoped(key: str, value: str) -> str:
    """Return " (did you mean ...?)" for an option that lacks its scope, "" when no system has one of that name."""
    from hugoconv.systems import exporters, importers
    from hugoconv.systems.options import options_of

    for registry in (exporters, importers):
        built_in = (registry.load(name) for name in registry if registry.is_built_in(name))
        if key in {option.name for system in built_in for option in options_of(system)}:
            return f" (did you mean {registry.kind}.{key}={value}?)"
    return ""


def edits_of(rename: Mapping[str, str], drop: Sequence[str]) -> list[Transform]:
    """Return the transforms that rename and take out front matter keys."""
    from hugoconv.migrate.transforms import drop_keys, rename_key

    renamed: list[Transform] = [rename_key(old, new) for old, new in rename.items()]
    return [*renamed, drop_keys(*drop)] if drop else renamed


def load_transform(setting: str) -> Transform:
    """Return the function that `FILE.py:func` names; UsageError when there is none.

    The file is imported as a module of its folder, so that another process can import it too.
    """
    from hugoconv.errors import suggestion

    file, colon, name = setting.rpartition(":")
    path = Path(file).absolute()
    if not (colon and name and path.suffix == ".py"):
        raise UsageError(f"--transform {setting}: write FILE.py:function")
    if not path.is_file():
        raise UsageError(f"--transform {setting}: there is no file {file}")
    folder, module = str(path.parent), path.stem
    if folder not in sys.path:
        sys.path.insert(0, folder)
    found = find_spec(module) if "." not in module else None
    if found is None or found.origin != str(path):
        raise UsageError(f"--transform {setting}: Python knows another {module!r}, or none; give the file another name")
    try:
        loaded = import_module(module)
    except (Exception, SystemExit) as error:
        raise UsageError(
            f"--transform {setting}: the file cannot be imported: {type(error).__name__}: {error}"
        ) from error
    function: Transform | None = getattr(loaded, name, None)
    if not callable(function):
        functions = [each for each, value in vars(loaded).items() if callable(value)]
        raise UsageError(f"--transform {setting}: {file} has no function {name!r}{suggestion(name, functions)}")
    return function
