"""Edits of top-level keys that are made to the text together: what becomes of each key, and which keys are new."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

Verb = Literal["set", "delete", "rename"]


@dataclass(slots=True)
class Fate:
    """What becomes of a key that was there: its name, whether it goes, and its new value if it `changed`."""

    name: str
    deleted: bool = False
    changed: bool = False
    value: Any = None


class Batch:
    """Edits in the order in which they are asked for, and what they amount to."""

    def __init__(self, keys: Iterable[str]) -> None:
        self.fates = {key: Fate(key) for key in keys}
        """What becomes of each key, by the name it had."""
        self.added: dict[str, Any] = {}
        """The new keys with their values, in order."""
        self.asked: list[tuple[Verb, tuple[Any, ...]]] = []
        """The edits as they were asked for: the verb and what it was told."""

    def set(self, key: str, value: Any) -> None:
        """Give a key a value; a key that is not there is a new one."""
        self.asked.append(("set", (key, value)))
        fate = self._fate(key)
        if fate is None:
            self.added[key] = value
        else:
            fate.changed, fate.value = True, value

    def delete(self, key: str) -> None:
        """Take a key out."""
        self.asked.append(("delete", (key,)))
        fate = self._fate(key)
        if fate is None:
            del self.added[key]
        else:
            fate.deleted = True

    def rename(self, key: str, name: str) -> None:
        """Call a key by another name, at the same place."""
        self.asked.append(("rename", (key, name)))
        fate = self._fate(key)
        if fate is None:
            self.added = {name if own == key else own: value for own, value in self.added.items()}
        else:
            fate.name = name

    def leaves(self, key: str | int) -> bool:
        """Whether a key stands in the text as it is: nothing was asked of it."""
        fate = self.fates.get(str(key))
        return fate is not None and fate == Fate(str(key))

    def _fate(self, key: str) -> Fate | None:
        return next((fate for fate in self.fates.values() if fate.name == key and not fate.deleted), None)
