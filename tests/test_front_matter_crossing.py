"""Front matter from each syntax to each other: values, order and comments, judged by independent parsers and Hugo."""

from __future__ import annotations

import json
import math
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hugo_site import CONTENT_ONLY, build, write_site
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hugoconv.frontmatter.conversion import fenced, matter_in
from hugoconv.frontmatter.document import FrontMatter
from hugoconv.frontmatter.values import same, same_values
from hugoconv.report.findings import Findings
from hugoconv.systems.hugo.keys import DATE_KEYS

SYNTAXES = ("yaml", "toml", "json")


def crossed(matter: str, *path: str) -> tuple[str, list[str]]:
    """Return a matter taken along a path of syntaxes, and the codes of the findings on the way."""
    log = Findings()
    for syntax, following in pairwise(path):
        matter = matter_in(FrontMatter(matter, syntax), following, log.at("post.md"), DATE_KEYS)
    return matter, [finding.code for finding in log]


CASES: dict[str, tuple[str, str, str, str, list[str]]] = {
    "comments at every place": (
        "yaml",
        "# top\n\n# title\ntitle: x # beside\n\ntags: # tags\n  - a # first\n  # above b\n  - b\n"
        "params:\n  # inner\n  i: 1 # one\n# end\n",
        "toml",
        '# top\n\n# title\ntitle = "x" # beside\n\ntags = [ # tags\n  "a", # first\n  # above b\n  "b",\n]\n\n'
        "[params]\n# inner\ni = 1 # one\n# end\n",
        [],
    ),
    "comments in brackets": (
        "yaml",
        "tags: [a, # one\n  b # two\n  # end\n  ]\n",
        "toml",
        'tags = [\n  "a", # one\n  "b", # two\n  # end\n]\n',
        [],
    ),
    "comments in lists of maps": (
        "toml",
        '# all\n[[res]]\n# one\nsrc = "a" # a\n\n# two\n[[res]]\nsrc = "b"\n',
        "yaml",
        "# all\nres:\n  # one\n  - src: a # a\n  # two\n  - src: b\n",
        [],
    ),
    "comments where a map must stand on one line go above it": (
        "yaml",
        "mixed:\n  - 1\n  # map\n  - a: 1 # inside\n",
        "toml",
        "mixed = [\n  1,\n  # map\n  # inside\n  { a = 1 },\n]\n",
        [],
    ),
    "a dash in a comment between a dash and its map": (
        "yaml",
        "a:\n  - # x - y\n    b: 1\n",
        "toml",
        "[[a]]\n# x - y\nb = 1\n",
        [],
    ),
    "blank lines make groups, also in lists": (
        "yaml",
        "\na: 1\n\n\nb:\n  - 1\n\n  - 2\n\n",
        "toml",
        "\na = 1\n\n\nb = [\n  1,\n\n  2,\n]\n\n",
        [],
    ),
    "a merge key's comment goes to the map it is merged into": (
        "yaml",
        "base: &b {p: 1}\ncopy:\n  # merged\n  <<: *b\n  q: 2\n",
        "toml",
        "[base]\np = 1\n\n# merged\n[copy]\np = 1\nq = 2\n",
        [],
    ),
    "comments are lost in json": ("yaml", "# a\nb: 1 # c\n", "json", '{\n  "b": 1\n}\n', ["HC205"]),
    "tables stand after plain keys": (
        "yaml",
        "# p\nparams:\n  i: 1\n# t\ntitle: x\n",
        "toml",
        '# t\ntitle = "x"\n\n# p\n[params]\ni = 1\n',
        ["HC220"],
    ),
    "null": (
        "yaml",
        "a: # why\nb: [~, 1]\nc: 1\n",
        "toml",
        '# a = # why\nb = ["", 1]\nc = 1\n',
        ["HC207"],
    ),
    "null to json": ("yaml", "a: ~\n", "json", '{\n  "a": null\n}\n', []),
    "dates of hugo's own keys": (
        "yaml",
        "date: 2020-01-02\nlastmod: 2020-01-02T03:04:05.678Z\npublishDate: 2020-01-02 03:04:05\n",
        "toml",
        "date = 2020-01-02\nlastmod = 2020-01-02T03:04:05.678Z\npublishDate = 2020-01-02 03:04:05\n",
        [],
    ),
    "milliseconds, which hugo drops from toml's dates with a zone": (
        "yaml",
        "date: 2020-01-02T03:04:05.5+02:00\nlastmod: 2020-01-02 03:04:05.5\npubdate: 2020-01-02T03:04:05.5Z\n",
        "toml",
        'date = "2020-01-02T03:04:05.5+02:00"\nlastmod = 2020-01-02 03:04:05.5\npubdate = 2020-01-02T03:04:05.5Z\n',
        [],
    ),
    "and from yaml's where they are tagged": (
        "toml",
        "date = 2020-01-02T03:04:05.5+02:00\nlastmod = 2020-01-02T03:04:05.5Z\n",
        "yaml",
        "date: !!timestamp 2020-01-02T03:04:05.5+02:00\nlastmod: 2020-01-02T03:04:05.5Z\n",
        [],
    ),
    "json has no dates to drop them from": (
        "toml",
        "date = 2020-01-02T03:04:05.5+02:00\n",
        "json",
        '{\n  "date": "2020-01-02T03:04:05+02:00"\n}\n',
        ["HC224"],
    ),
    "a date that hugo reads from text": (
        "toml",
        'date = "2020-01-02 03:04:05 -0400"\n',
        "yaml",
        "date: 2020-01-02 03:04:05 -0400\n",
        [],
    ),
    "seconds since 1970 are no date in json": (
        "yaml",
        "date: 1577959872\n",
        "json",
        '{\n  "date": "2020-01-02T10:11:12Z"\n}\n',
        [],
    ),
    "a moment stays a moment": (
        "toml",
        "[params]\nt = 2020-01-02 03:04:05.50+02:00\n",
        "yaml",
        "params:\n  t: !!timestamp 2020-01-02T03:04:05.50+02:00\n",
        [],
    ),
    "and comes back": (
        "yaml",
        "t: !!timestamp 2020-01-02\nu: !!timestamp 2020-01-02T03:04:05Z\n",
        "toml",
        "t = 2020-01-02T00:00:00Z\nu = 2020-01-02T03:04:05Z\n",
        [],
    ),
    "a date that is text to hugo stays text": ("yaml", "day: 2020-01-02\n", "toml", 'day = "2020-01-02"\n', []),
    "a local date is text in yaml": ("toml", "day = 2020-01-02\n", "yaml", "day: 2020-01-02\n", ["HC222"]),
    "text that looks like something else": (
        "yaml",
        "a: '1.10'\nb: 1.10\nc: 0o17\nd: 0123\ne: '0123'\nf: no\ng: 'true'\nh: 08\ni: 1e3\n",
        "toml",
        'a = "1.10"\nb = 1.1\nc = 15\nd = 83\ne = "0123"\nf = "no"\ng = "true"\nh = "08"\ni = "1e3"\n',
        [],
    ),
    "numbers": (
        "yaml",
        "a: 1.0\nb: -0.0\nc: .inf\nd: 18446744073709551615\ne: 9223372036854775807\n",
        "toml",
        'a = 1.0\nb = -0.0\nc = inf\nd = "18446744073709551615"\ne = 9223372036854775807\n',
        ["HC221"],
    ),
    "numbers in json": (
        "yaml",
        "a: 1.0\nc: -.inf\nd: 9007199254740993\ne: 12345678\n",
        "json",
        '{\n  "a": 1.0,\n  "c": "-Inf",\n  "d": "9007199254740993",\n  "e": 12345678\n}\n',
        ["HC221", "HC223"],
    ),
    "binary": ("yaml", "a: !!binary aGk=\n", "toml", 'a = "aGk="\n', ["HC221"]),
    "texts over several lines": (
        "yaml",
        "a: |\n  one\n  two\nb: >-\n  one\n  two\nc: |+\n  x\n\n",
        "toml",
        'a = """\none\ntwo\n"""\nb = "one two"\nc = """\nx\n\n"""\n',
        [],
    ),
    "and back": ("toml", 'a = """\none\ntwo\n"""\n', "yaml", "a: |\n  one\n  two\n", []),
    "what is not wrapped, quoted or in brackets without need": (
        "json",
        json.dumps({"title": "It's " + "long " * 40 + "text: no", "tags": ["a", "b c"], "n": [1], "e": [], "m": {}}),
        "yaml",
        "title: \"It's " + "long " * 40 + 'text: no"\ntags:\n  - a\n  - b c\nn:\n  - 1\ne: []\nm: {}\n',
        [],
    ),
    "keys that hugo reads as numbers": (
        "yaml",
        "m:\n  1.10: a # a\n  0x10: b\n  True: c\n  '1.20': d\n",
        "json",
        json.dumps({"m": {"1.1": "a", "16": "b", "true": "c", "1.20": "d"}}, indent=2) + "\n",
        ["HC205"],
    ),
    "keys that would be numbers": ("json", '{"1.10": 1, "yes": 2, "2": 3}', "yaml", '"1.10": 1\n"yes": 2\n2: 3\n', []),
    "keys that are not plain": ("yaml", "1: a\ntrue: b\n'a b': c\n", "toml", '1 = "a"\ntrue = "b"\n"a b" = "c"\n', []),
    "org": (
        "org",
        "#+TITLE: A: b\n#+DATE: 2020-01-02\n#+TAGS[]: a b\n",
        "yaml",
        'title: "A: b"\ndate: 2020-01-02\ntags:\n  - a\n  - b\n',
        [],
    ),
    "to org": (
        "toml",
        'title = "A"\ndate = 2020-01-02\ntags = ["a", "b"]\ndraft = true\n',
        "org",
        "#+title: A\n#+date: 2020-01-02\n#+tags[]: a b\n#+draft: true\n",
        [],
    ),
}


@pytest.mark.parametrize(("source", "matter", "target", "expected", "codes"), CASES.values(), ids=CASES)
def test_a_crossing(source: str, matter: str, target: str, expected: str, codes: list[str]) -> None:
    assert crossed(matter, source, target) == (expected, codes)


CANONICAL = {
    "yaml": (
        "# top\ntitle: A plain title # beside\ndate: 2020-01-02T03:04:05Z\n\ntags: # why\n  - a # one\n  # two\n  - b\n"
        'quoted: "1.10"\ntext: |\n  one\n  two\nratio: 1.5\n# the map\nparams:\n  # inner\n  deep:\n    - 1\n'
        "  when: !!timestamp 2020-01-02T03:04:05Z\nresources:\n  # first\n  - src: a.png\n"
        "  # second\n  - src: b.png\n# end\n"
    ),
    "toml": (
        '# top\ntitle = "A plain title" # beside\ndate = 2020-01-02T03:04:05Z\n\ntags = [ # why\n  "a", # one\n'
        '  # two\n  "b",\n]\nquoted = "1.10"\ntext = """\none\ntwo\n"""\nshort = ["a", "b"]\n\n# the map\n[params]\n'
        "# inner\nwhen = 2020-01-02T03:04:05Z\n\n[params.deep]\nx = 1\n\n# all\n[[resources]]\n# first\n"
        'src = "a.png"\n\n# second\n[[resources]]\nsrc = "b.png"\n# end\n'
    ),
    "json": json.dumps({"title": "A", "tags": ["a"], "params": {"n": 1.5}, "e": None, "t": "a\nb"}, indent=2) + "\n",
}


@pytest.mark.parametrize(
    ("source", "over"),
    [("yaml", "toml"), ("toml", "yaml"), ("json", "yaml"), ("yaml", "yaml"), ("toml", "toml"), ("json", "json")],
)
def test_the_way_back_gives_the_same_bytes(source: str, over: str) -> None:
    assert crossed(CANONICAL[source], source, over, source)[0] == CANONICAL[source]


# Any values, through every path -------------------------------------------------------------------------------------

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12) | st.sampled_from(
    [
        "yes",
        "1.10",
        "0o17",
        "12:30",
        "2020-01-02",
        "null",
        "~",
        "a: b",
        "# x",
        "- x",
        "a\nb\n",
        "a\n\n  b",
        "'",
        '"',
        "\\",
    ]
)
TREES = st.dictionaries(
    st.text("abcA_- .é#'", min_size=1, max_size=4) | TEXTS.filter(bool),
    st.recursive(
        TEXTS | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS.filter(bool), inner, max_size=4),
        max_leaves=10,
    ),
    max_size=6,
).filter(lambda values: not {key.lower() for key in values} & DATE_KEYS)


def independently_read(matter: str, syntax: str) -> dict[str, Any]:
    """Read a matter with a parser that is not ours."""
    if syntax == "toml":
        return tomllib.loads(matter)
    if syntax == "json":
        return json.loads(matter)  # type: ignore[no-any-return]
    return yaml.load(matter, Loader=_TextKeys) or {}


class _TextKeys(yaml.CSafeLoader):
    """libyaml with YAML 1.1's types, but for keys, which are their text to Hugo and Jekyll."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        return {key.value: self.construct_object(value, deep=True) for key, value in node.value}


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TREES, st.lists(st.sampled_from(SYNTAXES), min_size=2, max_size=5))
def test_any_values_survive_every_path(values: dict[str, Any], path: list[str]) -> None:
    start = json.dumps(values, ensure_ascii=True)
    for length in range(1, len(path) + 1):
        matter, _ = crossed(start, "json", *path[:length])
        ordered = same if "toml" not in path[:length] else same_values
        assert ordered(FrontMatter(matter, path[length - 1])._data, values)
        assert same_values(independently_read(matter, path[length - 1]), values), matter


COMMENTED = st.lists(
    st.sampled_from(
        [
            "# own line\n",
            "\n",
            "k{n}: v # beside\n",
            "k{n}: # key\n  - a # item\n  # between\n  - b\n",
            "k{n}: # key\n  # first\n  x: 1 # x\n  y:\n    # deep\n    - z # z\n",
            "k{n}: [1, # one\n  2] # two\n",
            "k{n}:\n# flush\n- a: 1 # a\n  # b\n  b: 2\n# second\n- a: 2\n",
            "k{n}: | # literal\n  # text\n  text\n",
            "k{n}: {{a: 1}} # flow\n",
            "k{n}: >-  # folded\n  a # no\n  b\n",
            "k{n}: 'a # no'   # yes\n",
            "k{n}: # empty\n",
        ]
    ),
    max_size=6,
).map(lambda lines: "".join(line.format(n=number) for number, line in enumerate(lines)))


@settings(deadline=None)
@given(COMMENTED, st.booleans())
def test_no_comment_is_lost_between_yaml_and_toml(matter: str, crlf: bool) -> None:
    matter = matter.replace("\n", "\r\n") if crlf else matter
    source = FrontMatter(matter, "yaml")
    wanted = sorted(_comments(source))
    there = FrontMatter(crossed(matter, "yaml", "toml")[0], "toml")
    nulls = [f"{key} = # empty" for key, value in source.items() if value is None]
    assert sorted(_comments(there)) == sorted([*(text for text in wanted if text != "empty"), *nulls])
    back = FrontMatter(crossed(there.matter, "toml", "yaml")[0], "yaml")
    assert sorted(_comments(back)) == sorted(_comments(there))
    kept = {key: value for key, value in source.items() if value is not None}
    assert same_values(dict(back), kept)
    assert same_values(dict(there), kept)


def _comments(front_matter: FrontMatter) -> list[str]:
    lines = ((*note.above, note.beside, *note.after) for note in front_matter.notes().values())
    return [line for note in lines for line in note if line is not None]


# Hugo's word --------------------------------------------------------------------------------------------------------

PAGE = """{{ define "value" }}{{ if reflect.IsMap . }}
{{- range $k, $v := . }}{{ jsonify $k }}={{ template "value" $v }};{{ end }}
{{- else if reflect.IsSlice . }}[{{ range . }}{{ template "value" . }},{{ end }}]
{{- else }}{{ if in (printf "%T" .) "int" }}int{{ else }}{{ printf "%T" . }}{{ end }}:{{ jsonify . }}{{ end }}{{ end -}}
{{ template "value" .Params }}"""


def test_hugo_reads_the_same_values(tmp_path: Path) -> None:
    values: list[dict[str, Any]] = []

    @settings(max_examples=150, deadline=None, database=None, derandomize=True)
    @given(TREES)
    def collect(tree: dict[str, Any]) -> None:
        # Hugo's keys ignore case, and some of them have a meaning of their own.
        values.append({"title": "x", "params": {"tree": [tree, 1]}})

    collect()
    values = [tree for tree in values if _folded_once(tree) and not _has_integral_floats(tree)]
    assert len(values) > 30
    sources = {"yaml": "a", "toml": "b"}
    files = {"layouts/page.html": PAGE}
    for number, tree in enumerate(values):
        start = FrontMatter(json.dumps(tree), "json")
        for syntax, name in sources.items():
            matter = matter_in(start, syntax, Findings().at("x"), DATE_KEYS)
            files[f"content/{name}/{number}.md"] = fenced(matter, syntax)
    files |= {f"content/c/{number}.md": json.dumps(tree) for number, tree in enumerate(values)}
    built = build(write_site(tmp_path, files, CONTENT_ONLY))
    assert not built.error
    for number in range(len(values)):
        pages = [built.files[f"{name}/{number}/index.html"] for name in "abc"]
        assert pages[0] == pages[1]
        assert pages[0].replace("int:", "float64:") == pages[2]


def _folded_once(value: Any) -> bool:
    if isinstance(value, dict):
        keys = [key.lower() for key in value]
        return len(set(keys)) == len(keys) and all(map(_folded_once, value.values()))
    return all(map(_folded_once, value)) if isinstance(value, list) else True


def _has_integral_floats(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_has_integral_floats, value.values()))
    if isinstance(value, list):
        return any(map(_has_integral_floats, value))
    return isinstance(value, float) and (math.isinf(value) or abs(value) > 1e15)
