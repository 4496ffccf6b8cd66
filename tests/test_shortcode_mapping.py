"""What the user says becomes of shortcodes: templates by name, and a rule for those that nobody knows."""

from __future__ import annotations

from pathlib import Path

import pytest
from wordpress_cases import CONTEXT

import hugoconv as hc
from hugoconv.errors import UsageError
from hugoconv.markup.mapping import MappedDialect, templates_of
from hugoconv.report.findings import Findings
from hugoconv.systems.hugo.dialect import HUGO, quoted
from hugoconv.systems.wordpress.bodies.to_markdown import body_to_markdown

TEMPLATES = {
    "soundcloud": "{{< soundcloud {id} >}}",
    "box": '{{% box color="{color}" %}}{inner}{{% /box %}}',
    "gallery": '{{< photos ids="{ids}" >}}',
    "toc": "{{< toc >}}",
    "code": "{{< highlight {language} >}}{inner}{{< /highlight >}}",
    "note": "**Note:** ",
    "first": "{{< first {0} {1} >}}",
}
EXPORT = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>T</title><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_blog_url>https://old.example</wp:base_blog_url><item><title>One</title><wp:post_id>1</wp:post_id>
<content:encoded><![CDATA[a [my_form id="3"] b

[gallery ids="1"]]]></content:encoded><wp:status>publish</wp:status><wp:post_name>one</wp:post_name></item>
</channel></rss>"""


@pytest.mark.parametrize(
    ("unmapped", "shown"),
    [
        ("keep", '[my_form id="3"]'),
        ("comment", '<!-- [my_form id="3"] -->'),
        ("html", '<span class="shortcode" data-shortcode="[my_form id=&quot;3&quot;]"></span>'),
    ],
)
def test_jekyll_takes_the_same_mapping(unmapped: str, shown: str, tmp_path: Path) -> None:
    (tmp_path / "export.xml").write_text(EXPORT.replace("b\n", "b [sound id=7] c\n"))
    templates = ('sound={% include sound.html id="{id}" %}', "gallery=no pictures")
    exporter = hc.exporters.get("jekyll", shortcodes=templates, unmapped=unmapped)
    hc.convert(tmp_path / "export.xml", tmp_path / "site", from_="wordpress", to=exporter)
    (page,) = (tmp_path / "site").rglob("*one.md")
    body = page.read_text().partition("\n---\n")[2]
    assert body == f'a {shown} b {{% include sound.html id="7" %}} c\n\nno pictures\n'


def convert(text: str, unmapped: str = "keep") -> tuple[str, list[str]]:
    log = Findings()
    target = MappedDialect(HUGO, TEMPLATES, unmapped, quoted)
    markdown = body_to_markdown(text, target, CONTEXT, log.at("x", 1))
    return markdown, [f"{finding.code} {finding.message}" for finding in log]


@pytest.mark.parametrize(
    ("text", "expected", "findings"),
    [
        ("[soundcloud id=7]", "{{< soundcloud 7 >}}", []),
        ("Hear [soundcloud id=7] now", "Hear {{< soundcloud 7 >}} now", []),
        ("[soundcloud id=7 w=3]", "{{< soundcloud 7 >}}", ["HC316 [soundcloud] became your template; left out: w"]),
        ("[box color=red]a <em>b</em>[/box]", '{{% box color="red" %}}a *b*{{% /box %}}', []),
        ("[box color='a\"b']x[/box]", '{{% box color="a\\"b" %}}x{{% /box %}}', []),
        ("[box]x [box color=red]y[/box][/box]", "", []),
        ('[gallery ids="9,10"]', '{{< photos ids="9,10" >}}', []),
        ("[toc]", "{{< toc >}}", []),
        ("[code language=py]\na *b*\n\n{{< x >}}\n[/code]", "", []),
        ("[first one two]", "{{< first one two >}}", []),
        (
            "[note]text[/note]",
            "**Note:** text",
            ["HC316 [note] became your template; left out: the text inside follows it"],
        ),
        ("[[toc]]", "[toc]", []),
        ("<code>[toc]</code>", "`[toc]`", []),
        ("[other_one a=1]", "[other_one a=1]", ["HC301 unmapped shortcode [other_one] (kept as text)"]),
    ],
)
def test_templates(text: str, expected: str, findings: list[str]) -> None:
    markdown, found = convert(text)
    assert markdown == expected or not expected
    assert found == findings


def test_code_stays_as_it_is_and_runs_nothing() -> None:
    markdown, _ = convert("[code language=py]\na *b*\n\n{{< x >}}\n[/code]")
    assert markdown == "{{< highlight py >}}\na *b*\n\n{{</* x */>}}\n{{< /highlight >}}"


@pytest.mark.parametrize(
    ("unmapped", "expected"),
    [
        ("keep", "[my_form id=3] x"),
        ("comment", "<wbr><!-- [my_form id=3] --> x"),
        ("html", '<span class="shortcode" data-shortcode="[my_form id=3]"></span> x'),
    ],
)
def test_shortcodes_that_nobody_knows(unmapped: str, expected: str) -> None:
    markdown, found = convert("[my_form id=3] x", unmapped)
    assert markdown == expected
    assert [finding[:5] for finding in found] == ["HC301" if unmapped == "keep" else "HC315"]


def test_a_comment_cannot_be_left() -> None:
    markdown, _ = convert("[my_form a='x --> y']", "comment")
    assert markdown.count("-->") == 1


def test_the_exporter_takes_a_table_of_templates(tmp_path: Path) -> None:
    export = tmp_path / "export.xml"
    export.write_text(EXPORT, encoding="utf-8")
    exporter = hc.exporters.get("hugo", shortcodes={"my_form": "{{< form {id} >}}"}, unmapped="comment")
    hc.convert(export, tmp_path / "site", to=exporter)
    text = (tmp_path / "site" / "content" / "posts" / "one.md").read_text(encoding="utf-8")
    assert "a {{< form 3 >}} b" in text
    assert "<!-- [gallery ids=" in text


def test_what_is_not_a_choice_is_refused() -> None:
    with pytest.raises(UsageError, match="unmapped is one of keep, comment, html"):
        hc.exporters.get("hugo", unmapped="drop")
    assert templates_of(("a = {{< b x=1 >}}",)) == {"a": "{{< b x=1 >}}"}
