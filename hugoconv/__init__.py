"""Moves sites between Hugo, Jekyll and WordPress, and out to other site generators, with nothing lost in silence."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hugoconv.api import convert, detect, dumps, load_post, loads, read, write
    from hugoconv.errors import HugoconvError
    from hugoconv.frontmatter.document import FrontMatter
    from hugoconv.migrate import transforms
    from hugoconv.migrate.check import check
    from hugoconv.model import Asset, Post, Reference, Site
    from hugoconv.report.findings import Finding
    from hugoconv.report.report import Report
    from hugoconv.systems import exporters, importers

__version__ = "0.1.0"

_HOMES = {
    "Asset": "hugoconv.model",
    "Finding": "hugoconv.report.findings",
    "FrontMatter": "hugoconv.frontmatter.document",
    "HugoconvError": "hugoconv.errors",
    "Post": "hugoconv.model",
    "Reference": "hugoconv.model",
    "Report": "hugoconv.report.report",
    "Site": "hugoconv.model",
    "check": "hugoconv.migrate.check",
    "convert": "hugoconv.api",
    "detect": "hugoconv.api",
    "dumps": "hugoconv.api",
    "exporters": "hugoconv.systems",
    "importers": "hugoconv.systems",
    "load_post": "hugoconv.api",
    "loads": "hugoconv.api",
    "read": "hugoconv.api",
    "transforms": "hugoconv.migrate",
    "write": "hugoconv.api",
}
"""Where each public name lives; it is imported when first used, so that `import hugoconv` stays cheap."""

__all__ = [
    "Asset",
    "Finding",
    "FrontMatter",
    "HugoconvError",
    "Post",
    "Reference",
    "Report",
    "Site",
    "__version__",
    "check",
    "convert",
    "detect",
    "dumps",
    "exporters",
    "importers",
    "load_post",
    "loads",
    "read",
    "transforms",
    "write",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'hugoconv' has no attribute {name!r}")
    module = import_module(_HOMES[name])
    return import_module(f"{_HOMES[name]}.{name}") if name == "transforms" else getattr(module, name)


def __dir__() -> list[str]:
    return __all__
