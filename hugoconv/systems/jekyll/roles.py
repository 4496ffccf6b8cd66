"""What each file of a Jekyll site is: a post, a draft, a page, a document of a collection, or a file of some role."""

from __future__ import annotations

import re
from pathlib import Path

from hugoconv.model import Asset, Role
from hugoconv.systems.files import below, suffix_of
from hugoconv.systems.jekyll.config import MADE_UP, JekyllConfig
from hugoconv.systems.jekyll.urls import (
    OUTPUT_EXTENSIONS,
    UrlError,
    collection_file_address,
    output_extension,
    post_name,
    static_address,
)

Label = str
"""What a file is: "posts", "drafts", "pages" or a collection's name."""

_HEADER = re.compile(rb"---[ \t]*\r?\n")
CONFIG_NAMES = ("_config.yml", "_config.yaml", "_config.toml")
_TEXTS = frozenset({".html", ".htm", ".xhtml", ".textile", ".org", ".adoc", ".rst", ".txt"})


def classify(root: Path, path: str, config: JekyllConfig) -> tuple[Label, Role]:
    """Return what a file is: the label of a post, or "" and the role of an asset."""
    inside = path
    if config.collections_dir and below(path, config.collections_dir):
        inside = path.removeprefix(f"{config.collections_dir}/")
    parts = inside.split("/")
    for folder, label in (("_posts", "posts"), ("_drafts", "drafts")):
        if folder in parts[:-1]:
            return _document(root, path, folder, label, config)
    top = parts[0].removeprefix("_")
    if len(parts) > 1 and parts[0].startswith("_") and top in config.collections and top != "posts":
        if config.collections[top].values.get(MADE_UP) is True:
            return "", "template"
        if config.is_ignored("/".join(parts[1:]), path.removesuffix("/" + "/".join(parts[1:]))):
            return "", "other"
        if not _has_header(root / path):
            return "", "static" if config.collections[top].output else "other"
        return (top, "other") if _is_page(path, config) else ("", "template")
    role = _special_role(path, config)
    if role:
        return "", role
    if _is_ignored(path, config):
        return "", "other"
    if not _has_header(root / path):
        return "", "static"
    return ("pages", "static") if _is_page(path, config) else ("", "template")


def _document(root: Path, path: str, folder: str, label: Label, config: JekyllConfig) -> tuple[Label, Role]:
    """A post needs a dated name, a draft any; neither needs front matter, but both must be text, and no YAML.

    See `Document#yaml_file?` and `PostReader#processable?` in Jekyll's source.
    """
    above, _, entry = path.rpartition(f"{folder}/")
    if (label == "posts" and post_name(path) is None) or config.is_ignored(entry, above + folder):
        return "", "other"
    is_post = _is_page(path, config) or (suffix_of(path) not in (".yml", ".yaml") and _is_text(root / path))
    return (label, "other") if is_post else ("", "other")


def published_at(path: str, config: JekyllConfig) -> str:
    """Return the URL path at which Jekyll publishes a file without front matter."""
    inside = path.removeprefix(f"{config.collections_dir}/") if config.collections_dir else path
    label = inside.partition("/")[0].removeprefix("_")
    try:
        if inside.startswith("_") and label in config.collections:
            return "/" + collection_file_address(inside, label, config.template(label)).file
        return "/" + static_address(path).file
    except UrlError:
        return f"/{path}"


def made_of(template: Asset) -> str:
    """Return the URL path of what Jekyll makes of a file with front matter that is no page: a style sheet, a feed."""
    path = str(template.path)
    return f"/{path.removesuffix(suffix_of(path))}.css" if suffix_of(path) in (".scss", ".sass") else f"/{path}"


def _special_role(path: str, config: JekyllConfig) -> Role | None:
    folders: list[tuple[str, Role]] = [
        (config.layouts_dir, "layout"),
        (config.includes_dir, "layout"),
        ("_sass", "layout"),
        (config.plugins_dir, "layout"),
        (config.data_dir, "data"),
    ]
    if path in CONFIG_NAMES:
        return "config"
    return next((role for folder, role in folders if below(path, folder)), None)


def _is_ignored(path: str, config: JekyllConfig) -> bool:
    parts = path.split("/")
    return any(
        config.is_ignored(part, "/".join(parts[:depth]), directory=depth < len(parts) - 1)
        for depth, part in enumerate(parts)
    )


def _is_page(path: str, config: JekyllConfig) -> bool:
    """Whether Jekyll makes a web page of the file; a style sheet or feed with front matter is a template."""
    if suffix_of(path) in _TEXTS:
        return True
    extension = output_extension(path, None, config.markdown_extensions)
    return extension == ".html" and suffix_of(path) not in OUTPUT_EXTENSIONS


def _is_text(path: Path) -> bool:
    """Whether a file is UTF-8, and not what only looks so, such as a picture of a few bytes."""
    try:
        return "\0" not in path.read_text("utf-8")
    except UnicodeDecodeError:
        return False


def _has_header(path: Path) -> bool:
    """Whether a file begins with front matter, as `has_yaml_header?` in lib/jekyll/utils.rb sees it."""
    with path.open("rb") as file:
        return _HEADER.match(file.read(64)) is not None
