"""What a shell offers for the values of options: names are looked up only when somebody presses the key."""

from __future__ import annotations

from collections.abc import Callable, Iterable


def written(incomplete: str) -> list[str]:
    """Return the systems that can be written."""
    from hugoconv.systems import exporters

    return _beginning(incomplete, exporters)


def read(incomplete: str) -> list[str]:
    """Return the systems that can be read."""
    from hugoconv.systems import importers

    return _beginning(incomplete, importers)


def systems(incomplete: str) -> list[str]:
    """Return all systems."""
    return list(dict.fromkeys((*read(incomplete), *written(incomplete))))


def codes(incomplete: str) -> list[str]:
    """Return the codes of findings."""
    from hugoconv.report.codes import CODES

    return _beginning(incomplete.upper(), CODES)


def settings(incomplete: str) -> list[str]:
    """Return the options of all systems as `--set` takes them, with the values that they may have."""
    from hugoconv.systems import exporters, importers
    from hugoconv.systems.options import options_of

    names: dict[str, None] = {}
    for registry in (importers, exporters):
        for name in filter(registry.is_built_in, registry):
            for option in options_of(registry.load(name)):
                values = filter(None, option.choices) if option.choices else ("",)
                names |= dict.fromkeys(f"{registry.kind}.{option.name}={value}" for value in values)
    return _beginning(incomplete, names)


def one_of(choices: str) -> Callable[[str], list[str]]:
    """Return what offers the words of a text such as "copy|link"."""

    def offered(incomplete: str) -> list[str]:
        return _beginning(incomplete, choices.split("|"))

    return offered


def _beginning(start: str, names: Iterable[str]) -> list[str]:
    return [name for name in names if name.startswith(start)]
