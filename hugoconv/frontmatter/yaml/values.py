"""YAML text to plain Python values, typed as the program that owns the file types them, on libyaml."""

from __future__ import annotations

import re
from typing import Any

import yaml

from hugoconv.errors import FrontMatterError
from hugoconv.frontmatter.syntax import ScalarRules
from hugoconv.frontmatter.yaml.plain import tree_of
from hugoconv.frontmatter.yaml.scalars import GOCCY, JS_YAML, READERS, SAFEYAML, key_name, resolve
from hugoconv.frontmatter.yaml.tree import Node

_LIBYAML_REFUSES = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")
_TEXT = "tag:yaml.org,2002:str"
_BASE: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
EVENT_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""The loader whose events give the spans; it types nothing."""


def mask(matter: str) -> tuple[str, dict[str, str]]:
    """Put a private-use character, one for one, where libyaml refuses a character or takes it for a line end.

    Go's and Ruby's readers accept U+007F, the C1 controls, U+2028, U+2029 and an inner BOM as text. Returns the text
    and what each stand-in stands for.
    """
    found = sorted(set(_LIBYAML_REFUSES.findall(matter)))
    if not found:
        return matter, {}
    free = (chr(point) for point in range(0xE000, 0xF8FF) if chr(point) not in matter)
    back = dict(zip(free, found, strict=False))
    return matter.translate({ord(real): stand_in for stand_in, real in back.items()}), back


class _DuplicateKey(Exception):
    def __init__(self, key: str, mark: Any) -> None:
        super().__init__(key)
        self.key = key
        self.mark = mark


def _loader(rules: ScalarRules) -> type[Any]:
    """Make the loader class for `rules`: resolvers and constructors replaced, unknown tags ignored."""

    class Loader(_BASE):  # type: ignore[misc]
        yaml_implicit_resolvers: dict[str, list[Any]] = {}  # noqa: RUF012
        yaml_constructors: dict[Any, Any] = dict(_BASE.yaml_constructors)  # noqa: RUF012

    for tag, pattern, firsts in rules.resolvers:
        for first in firsts:
            key = "" if first == "\0" else first
            Loader.yaml_implicit_resolvers.setdefault(key, []).append((tag, pattern))

    def scalar(read: Any) -> Any:
        return lambda loader, node: read(loader.construct_scalar(node))

    def mapping(loader: Any, node: Any) -> dict[str, Any]:
        written: set[str] = set()
        for key_node, _ in node.value:
            if key_node.tag == "tag:yaml.org,2002:merge" or not isinstance(key_node, yaml.ScalarNode):
                continue
            if key_node.value in written and not rules.duplicate_keys:
                raise _DuplicateKey(key_node.value, key_node.start_mark)
            written.add(key_node.value)
        loader.flatten_mapping(node)
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                key = str(loader.construct_object(key_node, True))
            elif key_node.tag == _TEXT or key_node.style:
                key = key_node.value
            else:
                key = key_name(key_node.value, rules)
            values[key] = loader.construct_object(value_node, True)
        return values

    def unknown(loader: Any, suffix: str, node: Any) -> Any:
        if isinstance(node, yaml.ScalarNode):
            return node.value
        return loader.construct_sequence(node, True) if isinstance(node, yaml.SequenceNode) else mapping(loader, node)

    for tag, read in READERS[rules.name].items():
        Loader.yaml_constructors[tag] = scalar(read)
    for name in ("omap", "pairs", "set"):
        Loader.yaml_constructors.pop(f"tag:yaml.org,2002:{name}", None)
    Loader.yaml_constructors["tag:yaml.org,2002:map"] = mapping
    Loader.yaml_constructors["tag:yaml.org,2002:seq"] = lambda loader, node: loader.construct_sequence(node, True)
    Loader.yaml_constructors.pop(None, None)
    Loader.add_multi_constructor("", unknown)
    return Loader


_LOADERS = {rules.name: _loader(rules) for rules in (GOCCY, SAFEYAML, JS_YAML)}


def parse(matter: str, rules: ScalarRules) -> dict[str, Any]:
    """Return the first document's values; see `Syntax.parse`.

    Keys are their text, as Hugo and Jekyll use them; an anchored list or map is one shared object.
    """
    root = tree_of(matter)
    if root is not None and (known := _values(root, rules)) is not None:
        return known
    text, back = mask(matter)
    loader = None
    try:
        loader = _LOADERS[rules.name](text)
        values = loader.get_data() if loader.check_data() else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _syntax_error(error.problem or error.context or "invalid YAML", mark) from None
    except _DuplicateKey as error:
        raise _syntax_error(f"the key {error.key!r} stands twice", error.mark) from None
    except yaml.YAMLError as error:
        raise FrontMatterError(f"invalid YAML: {str(error).splitlines()[0]}", line=1) from None
    except UnicodeEncodeError:
        raise FrontMatterError("invalid YAML: half of a surrogate pair", line=1) from None
    except RecursionError:
        raise FrontMatterError("invalid YAML: nested too deeply", line=1) from None
    finally:
        if loader is not None:
            loader.dispose()
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise FrontMatterError(f"the front matter is a {type(values).__name__}, not a map of keys", line=1)
    return unmask(values, back) if back else values


def _values(root: Node, rules: ScalarRules) -> dict[str, Any] | None:
    """Return the values of a plain map, None when a key stands in it twice."""
    values: dict[str, Any] = {}
    children = iter(root.children)
    for key, node in zip(children, children, strict=True):
        value: Any
        if node.kind == "scalar":
            value = node.text if node.style else resolve(node.text, rules)
        elif node.kind == "list":
            value = [item.text if item.style else resolve(item.text, rules) for item in node.children]
        else:
            value = _values(node, rules)
            if value is None:
                return None
        values[key_name(key.text, rules)] = value
    return values if len(values) * 2 == len(root.children) else None


def unmask(value: Any, back: dict[str, str]) -> Any:
    """Return `value` with the stand-ins of `mask` replaced by what they stand for, at any depth."""
    if isinstance(value, str):
        return value.translate({ord(stand_in): real for stand_in, real in back.items()})
    if isinstance(value, list):
        return [unmask(item, back) for item in value]
    if isinstance(value, dict):
        return {unmask(key, back): unmask(item, back) for key, item in value.items()}
    return value


def _syntax_error(problem: str, mark: Any) -> FrontMatterError:
    return FrontMatterError(
        f"invalid YAML: {problem}", line=mark.line + 1 if mark else 1, column=mark.column + 1 if mark else 0
    )
