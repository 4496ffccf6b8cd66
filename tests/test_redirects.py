"""Old addresses for web servers: every form, what is refused, and where the files go."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import hugoconv
from hugoconv.errors import UsageError
from hugoconv.migrate.redirects import FORMS, Redirects, redirect_files
from hugoconv.model import Redirect
from hugoconv.report.findings import Findings

FOUND = [
    Redirect("/", "/home/"),
    Redirect("/?p=7", "/seven/"),
    Redirect("/a b/ü.html", "/new place/"),
    Redirect('/q"\\$x/', "/q/"),
    Redirect("/old", "https://else.org/x?y=1#z"),
]
WRITTEN = {
    "netlify": (
        "/ /home/ 301\n/ p=7 /seven/ 301\n/a%20b/%C3%BC.html /new%20place/ 301\n"
        "/q%22%5C$x/ /q/ 301\n/q%22%5C%24x/ /q/ 301\n/old https://else.org/x?y=1#z 301\n"
    ),
    "apache": (
        "# Put this into .htaccess at the root of the site, or into its <Directory>.\nRewriteEngine On\n"
        'RewriteRule "^/?$" "/home/" [R=301,L,NE,QSD]\n'
        'RewriteCond %{QUERY_STRING} ^p=7$\nRewriteRule "^/?$" "/seven/" [R=301,L,NE,QSD]\n'
        'RewriteRule "^a\\ b\\/ü\\.html/?$" "/new\\%20place/" [R=301,L,NE,QSD]\n'
        'RewriteRule "^q\\x22\\\\\\$x/?$" "/q/" [R=301,L,NE,QSD]\n'
        'RewriteRule "^old/?$" "https://else.org/x?y=1#z" [R=301,L,NE,QSD]\n'
    ),
}


def written(form: str) -> str:
    operation = next(redirect_files(FOUND, [form], Findings()))
    return operation.data.decode()


@pytest.mark.parametrize("form", WRITTEN)
def test_each_form_says_it_in_its_own_words(form: str) -> None:
    assert written(form) == WRITTEN[form]


def test_cloudflare_gets_what_it_reads_and_the_rest_is_named() -> None:
    """It reads 2,000 lines of at most 1,000 characters: a path, an address and a number, no query."""
    many = [Redirect(f"/old/{number}/", f"/new/{number}/") for number in range(2100)]
    log = Findings()
    redirects = [Redirect("/?p=7", "/seven/"), Redirect("/x/" + "y" * 1000, "/z/"), *many]
    lines = next(redirect_files(redirects, ["cloudflare"], log)).data.decode().splitlines()
    assert lines == [f"/old/{number}/ /new/{number}/ 301" for number in range(2000)]
    assert [finding.code for finding in log] == ["HC546", "HC538"]
    assert "leaves out 102 redirects, such as that from /?p=7" in next(iter(log)).message


def test_json_is_a_plain_map() -> None:
    assert json.loads(written("json")) == {each.old: each.new for each in FOUND}


def test_nginx_compares_decoded_paths_with_and_without_the_last_slash() -> None:
    lines = [line.strip() for line in written("nginx").splitlines() if line.startswith("    ")]
    assert lines == [
        'default "";',
        '"/" "/home/";',
        '"/a b/ü.html" "/new%20place/";',
        '"/a b/ü.html/" "/new%20place/";',
        '"/q\\"\\\\$x/" "/q/";',
        '"/q\\"\\\\$x" "/q/";',
        '"/old" "https://else.org/x?y=1#z";',
        '"/old/" "https://else.org/x?y=1#z";',
        'default "";',
        '"/?p=7" "/seven/";',
    ]


def test_loops_doubles_and_pages_of_the_new_site_are_refused() -> None:
    redirects = Redirects(pages={"/page"})
    for old, new in [
        ("/a/", "/b/"),
        ("/b/", "/c/"),  # a chain: its first part leads to its end
        ("/a", "/other/"),  # a second answer
        ("/x/", "/y/"),  # a circle
        ("/y/", "/x/"),
        ("/page/", "/c/"),  # a page stands there
        ("/same/", "/same/index.html"),  # none at all
        ("/a/", "/b/index.html"),  # said twice
    ]:
        redirects.add(old, new, f"{old}.md")
    log = Findings()
    assert redirects.settled(log) == [Redirect("/a/", "/c/"), Redirect("/b/", "/c/")]
    assert [(finding.code, finding.file) for finding in log] == [
        ("HC536", "/a.md"),
        ("HC536", "/page/.md"),
        ("HC537", "/x/.md"),
        ("HC537", "/y/.md"),
    ]


def test_where_a_page_was_counts_before_what_led_to_another_one() -> None:
    redirects = Redirects(pages={"/0", "/1"})
    redirects.add("/日本/", "/0/", "a.md")
    redirects.add("/%E6%97%A5%E6%9C%AC/", "/1/", "b.md", is_own=True)
    log = Findings()
    assert redirects.settled(log) == [Redirect("/%E6%97%A5%E6%9C%AC/", "/1/")]
    assert [(finding.code, finding.file) for finding in log] == [("HC536", "a.md")]


def test_a_move_writes_the_files_that_were_asked_for(tmp_path: Path) -> None:
    site = tmp_path / "old"
    (site / "_posts").mkdir(parents=True)
    (site / "_config.yml").write_text("title: T\n")
    (site / "_posts/2020-01-02-a.md").write_text("---\ntitle: A\nredirect_from: [/first/, /second/]\n---\n")
    (site / "_posts/2020-01-03-b.md").write_text("---\ntitle: B\npublished: false\nredirect_from: /secret/\n---\n")
    report = hugoconv.convert(site, tmp_path / "new", to="hugo", redirects=list(FORMS))
    server = tmp_path / "new/_server"
    files = [str(path.relative_to(server)) for path in server.rglob("*") if path.is_file()]
    assert sorted(files) == sorted(form.name for form in FORMS.values())
    found = json.loads((tmp_path / "new/_server/redirects.json").read_text())
    assert found == {"/first/": "/2020/01/02/a.html", "/second/": "/2020/01/02/a.html"}
    assert [finding.code for finding in report.findings].count("HC538") == len(FORMS)
    with pytest.raises(
        UsageError, match="redirects are written for netlify, cloudflare, nginx, apache, json, not 'iis'"
    ):
        hugoconv.convert(site, tmp_path / "other", to="hugo", redirects=["iis"])
