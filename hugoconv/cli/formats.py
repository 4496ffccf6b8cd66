"""`hugoconv formats`: the systems that can be read and written, and their options and keys."""

from __future__ import annotations

from dataclasses import asdict
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hugoconv.cli.completion import systems
from hugoconv.cli.terminal import json_result, result, table

if TYPE_CHECKING:
    from hugoconv.fields import KeyTable
    from hugoconv.systems import Registry
    from hugoconv.systems.options import Option


def formats(
    name: Annotated[
        str,
        typer.Argument(
            metavar="[NAME]", help="A system: show its options and front matter keys.", autocompletion=systems
        ),
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the systems, or one system's options and keys."""
    from hugoconv.errors import UsageError, suggestion
    from hugoconv.systems import exporters, importers

    names = list(dict.fromkeys((*importers, *exporters)))
    if not name:
        labels_of = {each: {"reads": _label(importers, each), "writes": _label(exporters, each)} for each in names}
        rows = [(each, *(label or "-" for label in labels.values())) for each, labels in labels_of.items()]
        if as_json:
            json_result(labels_of)
        else:
            result(table(("name", "reads (--from)", "writes (--to)"), rows))
        return
    if name not in names:
        raise UsageError(f"there is no system {name!r}{suggestion(name, names)}; there are: {', '.join(names)}")
    registries = [registry for registry in (importers, exporters) if name in registry]
    if as_json:
        options = {registry.kind: [asdict(option) for option in _options(name, registry)] for registry in registries}
        keys = [dict(zip(("field", "keys", "value"), row, strict=True)) for row in _keys(name)]
        losses = [dict(zip(("what", "kept", "note"), row, strict=True)) for row in _losses(name)]
        json_result({"name": name, "options": options, "front_matter": keys, "losses": losses})
        return
    tables = [*(_option_table(name, registry) for registry in registries), *_key_table(name), *_loss_table(name)]
    result("\n\n".join(tables))


def _label(registry: Registry[Any], name: str) -> str:
    """Return what a system reads or writes, "" when it does not."""
    from hugoconv.errors import UsageError

    if name not in registry:
        return ""
    try:
        return str(registry.load(name).label)
    except (UsageError, ImportError) as error:  # one broken plug-in must not hide the others
        return f"cannot be loaded: {error}"


def _options(name: str, registry: Registry[Any]) -> list[Option]:
    from hugoconv.systems.options import options_of

    return options_of(registry.load(name))


def _option_table(name: str, registry: Registry[Any]) -> str:
    heading = f"{name} {registry.kind}: {registry.load(name).label}"
    rows = [
        (
            f"{registry.kind}.{option.name}",
            _default(option.default),
            option.help,
            ", ".join(filter(None, option.choices)),
        )
        for option in _options(name, registry)
    ]
    if not rows:
        return f"{heading}\n  (no options)"
    return f"{heading}\n{table(('--set', 'default', 'what it does', 'choices'), rows)}"


def _default(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ",".join(value) or "-"
    return str(value) or "-"


def _keys(name: str) -> list[tuple[str, tuple[str, ...], str]]:
    """Return the fields of a system with their keys and the kind of their values; none for a system without keys."""
    module = f"hugoconv.systems.{name}"
    if find_spec(module) is None or find_spec(f"{module}.keys") is None:
        return []
    keys: KeyTable | None = getattr(import_module(f"{module}.keys"), "KEYS", None)
    rows = [(field, keys.row(field)) for field in keys.names()] if keys else []
    return [(field, row.keys, row.codec.name) for field, row in rows if row is not None]


def _key_table(name: str) -> list[str]:
    rows = [(field, ", ".join(keys), value) for field, keys, value in _keys(name)]
    heading = f"{name} front matter (the first key is the one written)"
    return [f"{heading}\n{table(('field', 'keys', 'value'), rows)}"] if rows else []


def _losses(name: str) -> list[tuple[str, bool, str]]:
    """Return what a system has no counterpart for, as its exporter declares it: what, whether it is kept, a note."""
    from hugoconv.systems import exporters

    declaring: Any = exporters.load(name) if name in exporters else None
    declaring = getattr(declaring, "target", declaring)
    return [(loss.field, loss.kept, loss.note) for loss in getattr(declaring, "losses", ())]


def _loss_table(name: str) -> list[str]:
    rows = [(what, "as data" if kept else "no", note) for what, kept, note in _losses(name)]
    return [f"what {name} has no counterpart for\n{table(('what', 'kept', 'note'), rows)}"] if rows else []
