"""What the keywords of an org text set for all of it."""

from __future__ import annotations

from dataclasses import dataclass, field

_DEFAULTS = {
    "TODO": "TODO | DONE",
    "EXCLUDE_TAGS": "noexport",
    "OPTIONS": "toc:t <:t e:t f:t pri:t todo:t tags:t title:t ealb:nil",
}


@dataclass(slots=True)
class Settings:
    """Values by key; a key that is said again has both, each in a line of its own."""

    values: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    """What short names of addresses stand for (`#+LINK: gh https://github.com/%s`)."""
    macros: dict[str, str] = field(default_factory=dict)

    def add(self, key: str, value: str) -> None:
        """Take note of a keyword."""
        name, _, meaning = value.partition(" ")
        if key == "LINK" or key == "MACRO":
            if meaning:
                (self.links if key == "LINK" else self.macros)[name] = meaning
        else:
            self.values[key] = f"{self.values[key]}\n{value}" if key in self.values else value

    def value(self, key: str) -> str:
        """Return what a key says, or what holds without it."""
        return self.values.get(key, _DEFAULTS.get(key, ""))

    def option(self, name: str) -> str:
        """Return what `#+OPTIONS` says of something: "t", a number, or "" for off."""
        for options in (self.values.get("OPTIONS", ""), _DEFAULTS["OPTIONS"]):
            for word in options.split():
                key, colon, value = word.partition(":")
                if key == name and colon and value:
                    return "" if value == "nil" else value
        return ""

    @property
    def statuses(self) -> tuple[str, ...]:
        """The words that say what is to be done with a headline, without the keys that set them fast (`TODO(t)`)."""
        words = self.value("TODO").replace("|", " ").split()
        return tuple(word[:-3] if word[-3:-2] == "(" and word.endswith(")") else word for word in words)

    @property
    def hidden_tags(self) -> frozenset[str]:
        """The tags of headlines that readers do not see."""
        return frozenset(self.value("EXCLUDE_TAGS").split())
