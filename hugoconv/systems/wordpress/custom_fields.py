"""Custom fields: PHP's values decoded, rows and groups of Advanced Custom Fields nested, secrets left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Protocol

from hugoconv.systems.wordpress import languages, php, seo

READ_ELSEWHERE = (
    seo.KEYS
    | languages.FIELDS
    | {
        *("_thumbnail_id", "_wp_old_slug", "_wp_old_date", "_wp_attached_file", "_wp_attachment_metadata"),
        *("_wp_attachment_image_alt", "footnotes", "_edit_last", "_edit_lock", "_pingme", "_encloseme"),
    }
)
"""Fields that are read for what they mean, or say who is editing a post."""
_MAY_REPEAT = READ_ELSEWHERE | {"enclosure"}

_SECRET_KEY = re.compile(
    r"(?:\A|[_-])(?:password|passwd|pass|secret|token|api[_-]?key|private[_-]?key|e?mail|ip|phone)(?:\Z|[_-])",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}")
_FIELD = re.compile(r"field_\w+")
_CACHE = "_oembed_"
"""How fields begin that keep what other sites answered."""

_OF_PLUG_INS = "akismet_"
_OF_PRODUCTS = """
    _sku _price _regular_price _sale_price _stock_status _weight _length _width _height _product_url _button_text
    _product_attributes _product_image_gallery
"""
VISIBLE: Mapping[str, frozenset[str]] = dict.fromkeys(("product", "product_variation"), frozenset(_OF_PRODUCTS.split()))
"""Fields that a shop shows its visitors, though their names begin as those of hidden ones do, by type of post."""
_GALLERY = "_product_image_gallery"

FieldTypes = Mapping[str, str]
"""The type of each field of Advanced Custom Fields by its key ("field_..."), as far as the export has them."""
Named = Callable[[str, str], str]
"""What a field of a type names by a number, "" when it is not known."""


def _unknown(kind: str, number: str) -> str:
    return ""


class ReadFields(Protocol):
    """What reads the custom fields of a term."""

    def __call__(self, meta: Iterable[tuple[str, str]], *, include_secrets: bool = False) -> dict[str, Any]:
        """See `fields_beside`."""
        ...


def is_secret(key: str, value: str) -> bool:
    """Tell whether a custom field holds what is nobody's business: a password, a key, an e-mail or IP address."""
    return bool(value) and bool(_SECRET_KEY.search(key) or _ADDRESS.fullmatch(value.strip()))


def is_bookkeeping(key: str, value: str) -> bool:
    """Tell whether a field is the old system's or a plug-in's own, and read by nothing here.

    What only says of another field which field of Advanced Custom Fields it is, is read with that one.
    """
    known = key in READ_ELSEWHERE or key.startswith(_CACHE) or _FIELD.fullmatch(value)
    return key.startswith("_") and not known


def custom_fields(
    meta: Iterable[tuple[str, str]],
    types: FieldTypes,
    named: Named,
    *,
    include_secrets: bool,
    hidden: Collection[str] = (),
) -> dict[str, Any]:
    """Return a post's custom fields by name; a name that stands twice has a list. Those in `hidden` are kept too.

    Rows, groups and flexible contents of Advanced Custom Fields become lists and maps of their own; what its fields
    name by numbers (pictures, pages, terms) is named as `named` does, given the field's type and the number.
    """
    pairs = list(meta)
    references = {key[1:]: value for key, value in pairs if key.startswith("_") and _FIELD.fullmatch(value)}
    found: dict[str, list[Any]] = {}
    for key, value in pairs:
        if not key or ((key.startswith("_") or key in READ_ELSEWHERE) and key not in hidden):
            continue
        if not include_secrets and is_secret(key, value):
            continue
        decoded = php.unserialize(value) if php.is_serialized(value) else value
        if key == _GALLERY:
            decoded = [named("image", number) or number for number in value.split(",")]
        kind = types.get(references.get(key, ""), "")
        if kind and isinstance(decoded, list):
            decoded = [named(kind, str(each)) or each for each in decoded]
        elif kind and isinstance(decoded, str | int):
            decoded = named(kind, str(decoded)) or decoded
        found.setdefault(key, []).append(decoded)
    single = {key: values[0] if len(values) == 1 else values for key, values in found.items()}
    return _nested(single, set(references))


def fields_beside(
    meta: Iterable[tuple[str, str]],
    types: FieldTypes = MappingProxyType({}),
    named: Named = _unknown,
    *,
    include_secrets: bool = False,
) -> dict[str, Any]:
    """Return the custom fields of a term or a comment by name; what plug-ins keep for themselves is nobody's loss."""
    own = [(key, value) for key, value in meta if not key.startswith(_OF_PLUG_INS)]
    return custom_fields(own, types, named, include_secrets=include_secrets) if own else {}


def repeated(meta: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Return how often the fields stand that stand more than once, but for those that hold files or are hidden."""
    keys = [key for key, _ in meta if not key.startswith("_") and key not in _MAY_REPEAT]
    if len(keys) == len(set(keys)):
        return {}
    return {key: count for key, count in Counter(keys).items() if count > 1}


def _nested(values: dict[str, Any], fields: set[str]) -> dict[str, Any]:
    """Put the sub-fields of rows ("rows_0_name") and groups ("group_name") below the field they belong to."""
    children: dict[str, list[str]] = {}
    for key in values:
        if key in fields and (owner := _owner(key, values, fields)):
            children.setdefault(owner, []).append(key)
    inner = {key for keys in children.values() for key in keys}
    made = dict(values)
    for name in sorted(children, key=len, reverse=True):  # the innermost first
        current = {key[len(name) + 1 :]: made[key] for key in children[name]}
        made[name] = current if values[name] == "" else _rows(values[name], current)
    return {key: value for key, value in made.items() if key not in inner}


def _owner(key: str, values: Mapping[str, Any], fields: set[str]) -> str:
    """Return the field that holds another one, the nearest; "" for none."""
    end = key.rfind("_")
    while end > 0:
        name, rest = key[:end], key[end + 1 :]
        if name in fields and name in values:
            value = values[name]
            if value == "" or (_counts(value) and re.match(r"[0-9]{1,6}_.", rest)):
                return name
        end = key.rfind("_", 0, end)
    return ""


def _counts(value: Any) -> bool:
    """Whether a value is what a field with rows has: how many there are, or the layout of each."""
    if isinstance(value, list):
        return all(isinstance(each, str) for each in value)
    return isinstance(value, str) and value.isdecimal()


def _rows(value: Any, children: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows: dict[int, dict[str, Any]] = {}
    if isinstance(value, list):
        rows = {number: {"layout": layout} for number, layout in enumerate(value)}
    for key, each in children.items():
        number, _, name = key.partition("_")
        rows.setdefault(int(number), {})[name] = each
    return [rows[number] for number in sorted(rows)]
