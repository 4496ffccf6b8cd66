"""Languages and translations, as far as an export says them: Polylang's terms, WPML's fields and addresses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from wordpress_export import SITE, item, meta, terms, write_export

import hugoconv as hc
from hugoconv.systems.wordpress.in_one_text import in_language

Build = Callable[..., CompletedProcess[str]]
LANGUAGES = hc.importers.get("wordpress", languages=("de",))
HELLO = {"post_name": "hello"}
HALLO = {"post_name": "hallo", "link": f"{SITE}/de/hallo/"}


def wpml(code: str, group: str, **more: str) -> str:
    return meta({"_wpml_import_language_code": code, "_wpml_import_translation_group": group} | more)


SAID = {
    "Polylang's terms": (
        item(1, inner=terms(("language", "en", "English"), ("post_translations", "pll_1", "pll_1")), **HELLO),
        item(2, inner=terms(("language", "de", "Deutsch"), ("post_translations", "pll_1", "pll_1")), **HALLO),
        "pll_1",
    ),
    "fields of WPML Export and Import": (
        item(1, inner=wpml("en", "7"), **HELLO),
        item(2, inner=wpml("de", "7", _wpml_import_source_language_code="en"), **HALLO),
        "7",
    ),
    "the same fields, of translations only": (
        item(1, inner=meta({"_wpml_import_translation_group": "7"}), **HELLO),
        item(2, inner=wpml("de", "7"), **HALLO),
        "7",
    ),
    "fields that scripts take from WPML's table": (
        item(1, inner=meta({"_icl_lang_code": "en", "trid": "9"}), **HELLO),
        item(2, inner=meta({"_icl_lang_code": "de", "trid": "9"}), **HALLO),
        "9",
    ),
    "a duplicate, and a query": (
        item(1, **HELLO),
        item(2, post_name="hallo", link=f"{SITE}/hallo/?lang=de", inner=meta({"_icl_lang_duplicate_of": "1"})),
        "1",
    ),
}


@pytest.mark.parametrize(("one", "other", "group"), SAID.values(), ids=SAID)
def test_languages_and_translations_are_hugos(
    one: str, other: str, group: str, tmp_path: Path, build_hugo: Build
) -> None:
    source = write_export(tmp_path / "old", one, other)
    report = hc.convert(source, tmp_path / "new", to="hugo")
    new = tmp_path / "new"
    keys = [_values(new / "content" / "posts" / name) for name in ("hello.md", "hallo.de.md")]
    assert [values["translationKey"] for values in keys] == [group, group]
    assert not [name for values in keys for name in values.get("meta", {})]
    assert "HC212" not in {finding.code for finding in report.findings}
    assert build_hugo(new).returncode == 0
    own = "/hallo/" if "lang=de" in other else "/de/hallo/"
    assert '<html lang="de">' in (new / "public" / own.strip("/") / "index.html").read_text()
    assert '<html lang="en' in (new / "public" / "hello" / "index.html").read_text()


def _values(path: Path) -> dict[str, Any]:
    return dict(hc.load_post(path).front_matter)


NO_LANGUAGES = {
    "one language": (item(1), None, set()),
    "folders that nobody named": (item(1) + item(2, link=f"{SITE}/de/hallo/"), None, set()),
    "fields of WPML that say no language": (item(1, inner=meta({"_wpml_media_duplicate": "1"})), None, {"HC113"}),
    "a folder that is none of those named": (item(1) + item(2, link=f"{SITE}/fr/bonjour/"), LANGUAGES, set()),
}


@pytest.mark.parametrize(("items", "importer", "codes"), NO_LANGUAGES.values(), ids=NO_LANGUAGES)
def test_what_says_no_language_has_none(items: str, importer: Any, codes: set[str], tmp_path: Path) -> None:
    report = hc.convert(write_export(tmp_path / "old", items), tmp_path / "new", from_=importer, to="hugo")
    assert "languages" not in (tmp_path / "new" / "hugo.toml").read_text()
    assert {finding.code for finding in report.findings} & {"HC113"} == codes


def test_folders_that_are_named_are_languages(tmp_path: Path, build_hugo: Build) -> None:
    items = item(1), item(2, "Gruß", link=f"{SITE}/de/hallo/"), item(3, link=f"{SITE}/de/seite/", post_type="page")
    hc.convert(write_export(tmp_path / "old", *items), tmp_path / "new", from_=LANGUAGES, to="hugo")
    assert build_hugo(tmp_path / "new").returncode == 0
    for path, language in (("item-1", "en"), ("de/hallo", "de"), ("de/seite", "de")):
        assert f'<html lang="{language}' in (tmp_path / "new" / "public" / path / "index.html").read_text()


def test_pages_that_only_a_query_tells_apart_have_addresses_of_their_own(tmp_path: Path, build_hugo: Build) -> None:
    asked = f"{SITE}/hello/?lang=de"
    source = write_export(
        tmp_path / "old",
        item(1, "in English", post_name="hello"),
        item(2, "auf Deutsch", post_name="hello", link=asked),
        item(3, f'<a href="{asked}">de</a> <a href="{SITE}/hello/">en</a> <a href="{SITE}/?p=2">de</a>'),
    )
    hc.convert(source, tmp_path / "new", to="hugo", redirects=["json"])
    assert build_hugo(tmp_path / "new").returncode == 0
    public = tmp_path / "new" / "public"
    assert "in English" in (public / "hello" / "index.html").read_text()
    assert "auf Deutsch" in (public / "de" / "hello" / "index.html").read_text()
    body = hc.load_post(tmp_path / "new" / "content" / "posts" / "item-3.md").body.text
    assert body.strip() == "[de](/de/hello/) [en](/hello/) [de](/de/hello/)"
    redirects = {redirect.old: redirect.new for redirect in hc.read(source).redirects}
    assert redirects["/hello/?lang=de"] == redirects["/?p=2"] == "/de/hello/"
    assert redirects["/?p=1"] == "/hello/"


def test_polylangs_switcher_is_no_entry_and_its_terms_are_no_taxonomy(tmp_path: Path) -> None:
    switcher = {"_menu_item_type": "custom", "_menu_item_url": "#pll_switcher"}
    entry = item(
        9, title="Languages", post_type="nav_menu_item", inner=terms(("nav_menu", "main", "Main")) + meta(switcher)
    )
    channel = (
        "<wp:term><wp:term_taxonomy>term_language</wp:term_taxonomy><wp:term_slug>pll_de</wp:term_slug>"
        "<wp:term_name>Deutsch</wp:term_name></wp:term>"
    )
    source = write_export(tmp_path / "old", item(1), entry, channel=channel)
    report = hc.convert(source, tmp_path / "new", to="hugo")
    assert "pll_" not in (tmp_path / "new" / "hugo.toml").read_text()
    assert "term_language" not in (tmp_path / "new" / "hugo.toml").read_text()
    assert "HC232" in {finding.code for finding in report.findings}


IN_ONE_TEXT = {
    "new marks": ("[:en]Hello[:de]Hallo[:]", "Hello", "Hallo"),
    "old marks": ("<!--:en-->Hello<!--:--><!--:de-->Hallo<!--:-->", "Hello", "Hallo"),
    "braces": ("{:en}Hello{:de}Hallo{:}", "Hello", "Hallo"),
    "what stands around belongs to all": ("a [:en]b[:de]c[:] d", "a b d", "a c d"),
    "a language that has nothing": ("[:en]Hello[:de][:]", "Hello", "Hello"),
    "old marks behind a word": ("a<!--:en-->b<!--:--><!--:de-->c<!--:-->", "ab", "ac"),
    "a slice in code": ("y = x[:ml] + x[:]", "y = x[:ml] + x[:]", "y = x[:ml] + x[:]"),
    "no marks": ("Hello", "Hello", "Hello"),
    "something else": ("[:nobody] {: .class}", "[:nobody] {: .class}", "[:nobody] {: .class}"),
}


@pytest.mark.parametrize(("text", "english", "german"), IN_ONE_TEXT.values(), ids=IN_ONE_TEXT)
def test_a_text_in_several_languages_has_each_of_them(text: str, english: str, german: str) -> None:
    assert (in_language(text, "en"), in_language(text, "de")) == (english, german)


def test_posts_in_several_languages_at_once_are_named_and_can_be_read_in_one(tmp_path: Path) -> None:
    both = "[:en]{}[:de]{}[:]"
    channel = (
        "<wp:category><wp:term_id>3</wp:term_id><wp:category_nicename>news</wp:category_nicename>"
        f"<wp:cat_name>{both.format('News', 'Neues')}</wp:cat_name></wp:category>"
    )
    post = item(
        1,
        "<p>" + both.format("one text", "ein Text") + "</p>",
        title=both.format("Hello", "Hallo"),
        inner=terms(("category", "news", both.format("News", "Neues"))) + meta({"mood": both.format("glad", "froh")}),
    )
    source = write_export(tmp_path / "old", post, item(2), channel=channel)
    report = hc.convert(source, tmp_path / "all", to="hugo")
    assert [(finding.line, finding.message) for finding in report.findings if finding.code == "HC116"] == [
        (8, "the text is in several languages at once (en, de), with marks between them that readers see")
    ]
    importer = hc.importers.get("wordpress", language="de")
    report = hc.convert(source, tmp_path / "de", from_=importer, to="hugo")
    assert "HC116" not in {finding.code for finding in report.findings}
    new = hc.load_post(tmp_path / "de" / "content" / "posts" / "item-1.md")
    assert (new.title, new.body.text.strip()) == ("Hallo", "ein Text")
    assert new.front_matter["categories"] == ["Neues"]
    assert new.front_matter["meta"] == {"mood": "froh"}
    assert 'locale = "de"' in (tmp_path / "de" / "hugo.toml").read_text()
