"""What becomes of a key of a site's configuration on the way to another system."""

from __future__ import annotations

from dataclasses import dataclass

CARRIED = "carried"
READ = "read"
BUILD = "build"
REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class Setting:
    """A key of the configuration: what becomes of it, and, for one that is lost, what to do instead.

    `outcome` is "carried" (the target's configuration says the same), "read" (it has decided where the pages stand and
    what they say, so nothing is left to write), "build" (it only says how the program works) or "reported".
    """

    outcome: str
    note: str = ""
