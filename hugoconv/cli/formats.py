"""`hugoconv formats`: the systems that can be read and written, and their options and keys."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hugoconv.cli.terminal import result, table

if TYPE_CHECKING:
    from hugoconv.fields import KeyTable
    from hugoconv.systems import Registry


def formats(
    name: Annotated[
        str, typer.Argument(metavar="[NAME]", help="A system: show its options and front matter keys.")
    ] = "",
) -> None:
    """List the systems, or one system's options and keys."""
    from hugoconv.errors import UsageError, suggestion
    from hugoconv.systems import exporters, importers

    names = list(dict.fromkeys((*importers, *exporters)))
    if not name:
        rows = [(each, _label(importers, each), _label(exporters, each)) for each in names]
        result(table(("name", "reads (--from)", "writes (--to)"), rows))
        return
    if name not in names:
        raise UsageError(f"there is no system {name!r}{suggestion(name, names)}; there are: {', '.join(names)}")
    result("\n\n".join([*_option_tables(name, importers), *_option_tables(name, exporters), *_key_table(name)]))


def _label(registry: Registry[Any], name: str) -> str:
    from hugoconv.errors import UsageError

    if name not in registry:
        return "-"
    try:
        return str(registry.load(name).label)
    except (UsageError, ImportError) as error:  # one broken plug-in must not hide the others
        return f"cannot be loaded: {error}"


def _option_tables(name: str, registry: Registry[Any]) -> list[str]:
    from hugoconv.systems.options import options_of

    if name not in registry:
        return []
    system = registry.load(name)
    heading = f"{name} {registry.kind}: {system.label}"
    rows = [
        (
            f"{registry.kind}.{option.name}",
            _default(option.default),
            option.help,
            ", ".join(filter(None, option.choices)),
        )
        for option in options_of(system)
    ]
    if not rows:
        return [f"{heading}\n  (no options)"]
    return [f"{heading}\n{table(('--set', 'default', 'what it does', 'choices'), rows)}"]


def _default(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ",".join(value) or "-"
    return str(value) or "-"


def _key_table(name: str) -> list[str]:
    module = f"hugoconv.systems.{name}"
    if find_spec(module) is None or find_spec(f"{module}.keys") is None:
        return []
    keys: KeyTable | None = getattr(import_module(f"{module}.keys"), "KEYS", None)
    if keys is None:
        return []
    rows = []
    for field in keys.names():
        row = keys.row(field)
        if row is not None:
            rows.append((field, ", ".join(row.keys), row.codec.name))
    return [f"{name} front matter (the first key is the one written)\n{table(('field', 'keys', 'value'), rows)}"]
