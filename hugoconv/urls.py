"""Addresses of the web taken apart and joined, whatever somebody wrote: one that is none ends no run.

Texts of many years hold `http://[name](` and the like, at which Python's own functions stop.
"""

from __future__ import annotations

from urllib import parse
from urllib.parse import SplitResult


def urlsplit(url: str) -> SplitResult:
    """Return the parts of an address; what cannot stand in the name of a host is encoded, as in a path."""
    try:
        return parse.urlsplit(url)
    except ValueError:
        return parse.urlsplit(_encoded(url))


def urljoin(base: str, url: str) -> str:
    """Return where an address leads from a page; one that is none stays as it is."""
    try:
        return parse.urljoin(base, url)
    except ValueError:
        return url


def _encoded(url: str) -> str:
    return parse.quote(url, safe="%/:=&?~#+!$,;'@()*")
