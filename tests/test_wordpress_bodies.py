"""WordPress bodies: blocks, shortcodes, paragraphs, and the Markdown that real Hugo builds."""

from __future__ import annotations

import re
from hashlib import md5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wordpress_cases import CASES, CODES, NAMES, context, convert, fixture

from hugoconv.markup import embeds
from hugoconv.systems.hugo.dialect import HUGO as TARGET
from hugoconv.systems.wordpress.bodies import blocks, shortcodes
from hugoconv.systems.wordpress.bodies.answers import answers_in
from hugoconv.systems.wordpress.bodies.autop import autop
from hugoconv.systems.wordpress.bodies.context import BodyContext
from hugoconv.systems.wordpress.dialect import WORDPRESS


@pytest.mark.parametrize("name", NAMES)
def test_fixture(name: str) -> None:
    markdown, findings = convert(fixture(name), context(name))
    assert markdown + "\n" == (CASES / f"{name}.expected.md").read_text(encoding="utf-8")
    assert " ".join(finding.code for finding in findings) == CODES.get(name, "")


@pytest.mark.parametrize("name", NAMES)
def test_line_ends_make_no_difference(name: str) -> None:
    text = fixture(name).replace("\r\n", "\n")
    assert convert(text.replace("\n", "\r\n"), context(name))[0] == convert(text, context(name))[0]


def test_case_7_empty_paragraphs_stay_when_asked_for() -> None:
    text = "<!-- wp:paragraph --><p>a</p><!-- /wp:paragraph --><!-- wp:paragraph --><p>&nbsp;</p><!-- /wp:paragraph -->"
    assert convert(text)[0] == "a"
    assert convert(text, BodyContext(empty_paragraphs=True))[0] == "a\n\n&nbsp;"


NOTES = {"a": "First <em>note</em>.", "b": "Second."}


def note(identifier: str) -> str:
    return f'<sup data-fn="{identifier}" class="fn"><a href="#{identifier}" id="{identifier}-link">1</a></sup>'


def test_footnotes_stand_in_the_order_of_their_first_use() -> None:
    paragraph = f"<p>x{note('b')} y{note('a')} z{note('b')}</p>"
    text = f"<!-- wp:paragraph -->{paragraph}<!-- /wp:paragraph --><!-- wp:footnotes /-->"
    markdown, findings = convert(text, BodyContext(footnotes=NOTES))
    assert markdown == "x[^1] y[^2] z[^1]\n\n[^1]: Second.\n\n[^2]: First *note*."
    assert findings == []


def test_tags_that_an_editor_wrote_into_code_are_lines_and_named() -> None:
    markdown, findings = convert("[php]\n<p>a();<br />\nb();</p>\n[/php]")
    assert markdown == "```php\na();\nb();\n```"
    assert [finding.code for finding in findings] == ["HC307"]


def test_an_entity_that_is_not_closed_is_text_as_in_wordpress() -> None:
    link = '<a href="/?a=1&copy=2">x</a>'
    assert convert(f"a &lt/b&gt c &amp;lt &lt; &#8211; & {link}")[0] == "a &lt/b&gt c &lt < – & [x](/?a=1&copy=2)"


def test_a_shortcode_does_not_end_in_html_that_stays_as_it_is() -> None:
    markdown, findings = convert("[caption]<!-- wp:html --><b>[/caption]</b> word<!-- /wp:html --> more")
    assert "[/caption]</b> word" in markdown
    assert markdown.endswith("\n\nmore")
    assert [finding.code for finding in findings] == ["HC305", "HC301"]


def test_footnotes_that_do_not_match_are_named() -> None:
    text = f"<!-- wp:paragraph --><p>x{note('gone')}</p><!-- /wp:paragraph -->"
    markdown, findings = convert(text, BodyContext(footnotes={"a": "unused"}))
    assert [finding.code for finding in findings if finding.code == "HC307"] == ["HC307", "HC307"]
    assert "x<sup" in markdown


def test_findings_say_where() -> None:
    _, findings = convert("one\n\n[my_form id=1]\n\nthree [other_form x=y]")
    assert [(finding.line, finding.message) for finding in findings] == [
        (3, "unmapped shortcode [my_form] (kept as text)"),
        (5, "unmapped shortcode [other_form] (kept as text)"),
    ]


# blocks


def names(found: list[blocks.Block]) -> list[object]:
    return [[block.name, *names(block.inner_blocks)] if block.inner_blocks else block.name for block in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("text", [""]),
        ("<!-- wp:more /-->", ["core/more"]),
        ("a<!-- wp:acme/x {} -->b<!-- /wp:acme/x -->c", ["", "acme/x", ""]),
        ("<!-- wp:a --><!-- wp:b --><!-- /wp:b --><!-- wp:c /--><!-- /wp:a -->", [["core/a", "core/b", "core/c"]]),
        ("<!-- wp:a --><!-- wp:b --><!-- /wp:a -->x", [["core/a", "core/b"], ""]),
        ("<!-- /wp:a -->x<!-- wp:b -->", ["", "core/b"]),
        ("<!-- wp:html --><!-- wp:x /--><!-- /wp:html -->", ["core/html"]),
        ("<!-- wp:a {broken} -->x<!-- /wp:a -->", ["core/a"]),
        ("<!-- wp:a", [""]),
        ("<!-- no block -->", [""]),
    ],
)
def test_blocks(text: str, expected: list[object]) -> None:
    assert names(blocks.parse(text)) == expected


def test_block_attributes_and_spans() -> None:
    text = 'x<!-- wp:a {"t":"\\u002d\\u002d \\u003cb\\u003e }--","n":{"m":[1,null]}} --><p>y</p><!-- /wp:a -->'
    block = blocks.parse(text)[1]
    assert block.attributes == {"t": "-- <b> }--", "n": {"m": [1, None]}}
    assert (text[block.start :], text[block.inner_start : block.inner_end]) == (text[1:], "<p>y</p>")
    assert block.html == "<p>y</p>"


def test_deeply_nested_blocks() -> None:
    text = "<!-- wp:group -->" * 5000 + "x" + "<!-- /wp:group -->" * 5000
    assert convert(text)[0] == "x"


# shortcodes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[a b="1" c=\'2\' d=3 "e" f]', [("a", (("b", "1"), ("c", "2"), ("d", "3"), ("", "e"), ("", "f")))]),
        ("[gallery]", [("gallery", ())]),
        ("[x_y /]", [("x_y", ())]),
        ("[box]in[/box]", [("box", ())]),
        ("[[gallery]]", [("gallery", ())]),
        ("[audio https://h/a.mp3]", [("audio", (("", "https://h/a.mp3"),))]),
        ("[contact-form]", [("contact-form", ())]),
        ("[url=http://e.org]x[/url]", [("url", (("", "=http://e.org"),))]),
    ],
)
def test_shortcodes(text: str, expected: list[tuple[str, tuple[tuple[str, str], ...]]]) -> None:
    assert [(each.name, each.arguments) for each in shortcodes.scan(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "[1]",
        "[x] != [y]",
        "[sic]",
        "[emphasis mine]",
        "a [long-term] plan",
        "[see page 3]",
        "a[i] = b[j]",
        "[[wiki link]]",
        "[text](https://e.org)",
        "[ ] to do",
        "[code] is a word",
        "[...]",
        "<a title='[gallery]'>x</a>",
        "<code>[gallery]</code>",
        "<pre>[a b=1]</pre>",
        "<!-- [gallery] -->",
        "<script>a[gallery]</script>",
    ],
)
def test_brackets_that_are_no_shortcodes(text: str) -> None:
    assert shortcodes.scan(text) == []


def test_scan_gives_blocks_and_shortcodes_in_order() -> None:
    text = "<!-- wp:shortcode -->[gallery]<!-- /wp:shortcode -->\n[[gallery]]"
    found = WORDPRESS.scan(text)
    assert [(each.kind, each.name) for each in found] == [("block", "core/shortcode"), ("shortcode", "gallery")]
    assert (WORDPRESS.name, WORDPRESS.markup) == ("wordpress", "html")


# paragraphs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A\nB\n\nC", "<p>A<br />\nB</p>\n<p>C</p>\n"),
        ("A\r\nB\r\n\r\nC", "<p>A<br />\nB</p>\n<p>C</p>\n"),
        ("text<div>x</div>text", "<p>text</p>\n<div>x</div>\n<p>text</p>\n"),
        ("<p>a\n\nb</p>", "<p>a</p>\n<p>b</p>\n"),
        ("<pre>x\n\ny</pre>", "<pre>x\n\ny</pre>\n"),
        ("<ul>\n<li>a\nb</li>\n</ul>", "<ul><li>a<br />\nb</li>\n</ul>\n"),
        ("<div>\n\nx\n\n</div>", "<div><p>x</p>\n</div>\n"),
        ("a<br />\nb", "<p>a<br />\nb</p>\n"),
        ("<h2>t</h2>\ntext", "<h2>t</h2>\n<p>text</p>\n"),
        ("<img\nsrc=x>\ny", "<p><img\nsrc=x><br />\ny</p>\n"),
        ("<!-- a\n\nb -->", "<p><!-- a\n\nb --></p>\n"),
        ("", ""),
    ],
)
def test_autop(text: str, expected: str) -> None:
    assert autop(text) == expected


# addresses and arguments


@pytest.mark.parametrize(
    ("url", "call"),
    [
        ("https://www.youtube.com/watch?v=abcDEF_-123&t=1m5s", 'youtube id="abcDEF_-123" start="65"'),
        ("https://youtu.be/abcDEF_-123", "youtube abcDEF_-123"),
        ("https://youtube.com/live/abcDEF_-123?x=y", "youtube abcDEF_-123"),
        ("http://www.youtube.com/watch?v=abcDEF_-123?wmode=transparent", "youtube abcDEF_-123"),
        ("https://vimeo.com/channels/staff/123", "vimeo 123"),
        ("https://player.vimeo.com/video/123", "vimeo 123"),
        ("https://x.com/u_1/status/42?s=20", 'x user="u_1" id="42"'),
        ("https://www.instagram.com/reel/AbC_-1/", "instagram AbC_-1"),
        ("https://www.youtube.com/@channel", None),
        ("https://vimeo.com/about", None),
        ("https://x.com/u", None),
        ("https://e.org/watch?v=abcDEF_-123", None),
        ("ftp://youtu.be/abcDEF_-123", None),
        ("http://[broken", None),
    ],
)
def test_embed(url: str, call: str | None) -> None:
    known = embeds.embed_of(url)
    assert (TARGET.render(known) if known else None) == (f"{{{{< {call} >}}}}" if call else None)


PIECES = st.sampled_from(
    [
        *("<!-- wp:a -->", "<!-- /wp:a -->", '<!-- wp:image {"id":1} -->', "<!-- /wp:image -->", "<!-- wp:html -->"),
        *("<!-- /wp:html -->", "<!-- wp:more /-->", "[caption]", "[/caption]", "[gallery ids='9']", "[[x_y]]", "[x_y]"),
        *(
            "[code]",
            "[/code]",
            "<pre>",
            "</pre>",
            "<p>",
            "</p>",
            "<img src=a>",
            "<figure>",
            "<figcaption>",
            "</figure>",
        ),
        *(
            "\n",
            "\n\n",
            "word ",
            "https://youtu.be/abcdefgh",
            "{{&lt; x &gt;}}",
            "{{< ",
            "<!--more-->",
            "<sup data-fn='a'>",
        ),
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=16).map("".join))
def test_any_body_converts_and_keeps_its_words(text: str) -> None:
    markdown, findings = convert(text)
    assert markdown.count("word") >= text.count("word") or any(finding.code == "HC307" for finding in findings)


@pytest.mark.parametrize(
    "text",
    [
        "<pre>" * 9000,
        "<!--" * 9000,
        "[a b=1]" * 9000,
        "[[" * 9000,
        "<!-- wp:group -->" * 9000,
        "`*_" * 9000,
        "<b>" * 9000,
        "<ul>" + "<li>x</li>\n" * 9000 + "</ul>",
        "<p>" + "a<!-- x -->" * 9000,
    ],
    ids=["pre", "comments", "shortcodes", "brackets", "blocks", "marks", "inline", "items", "comments in a line"],
)
def test_time_grows_with_the_text_only(text: str) -> None:
    convert(text)


@pytest.mark.parametrize(
    ("shortcode", "source"),
    [
        ("[gist]https://gist.github.com/123456[/gist]", "https://gist.github.com/123456.js"),
        ("[gist id=ann/0a1b2c]", "https://gist.github.com/ann/0a1b2c.js"),
        (
            '[soundcloud url="http://api.soundcloud.com/tracks/12" params="a=b"]',
            "https://w.soundcloud.com/player/?url=http%3A%2F%2Fapi.soundcloud.com%2Ftracks%2F12",
        ),
        ("[dailymotion id=x7xtgwa&width=425]", "https://www.dailymotion.com/embed/video/x7xtgwa"),
        ("[ted id=1539 lang=en]", "https://embed.ted.com/talks/1539"),
        (
            "[googlemaps https://www.google.com/maps/d/embed?mid=1H&amp;w=640&amp;h=480]",
            "https://www.google.com/maps/d/embed?mid=1H&amp;w=640&amp;h=480",
        ),
        ("[wpvideo kUJmAcSf]", "https://videopress.com/embed/kUJmAcSf"),
        ("[slideshare id=5342235&doc=a-b]", "https://www.slideshare.net/slideshow/embed_code/5342235"),
        ("[scribd id=39 key=key-3 mode=list]", "https://www.scribd.com/embeds/39/content?access_key=key-3"),
        ("[scribd id=39]", ""),
        ("[googlemaps 12]", ""),
        ("[googlemaps javascript://maps.google.com/%0aalert(1)]", ""),
        (f"[googlemaps https://maps.google.com/?h={'9' * 5000}]", f"https://maps.google.com/?h={'9' * 5000}"),
        ("We had [ted] there", ""),
        ("[scribd id=39]a[/scribd]", ""),
        ("[gist]no[/gist] and [/wpvideo] alone", ""),
    ],
)
def test_shortcodes_of_providers_show_what_they_offer(shortcode: str, source: str) -> None:
    text, _ = convert(shortcode)
    assert re.findall(r' src="([^"]*)"', text) == ([source] if source else [])
    assert source or text == shortcode


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("<form>\n  A: <input><br />\n  <br />\n</form>", "<form>\n  A: <input><br />\n  <br />\n</form>"),
        ("</p>\n<p>if (a) :<br />\nb;</p>\n<p>c;</p>\n<p>", "if (a) :\nb;\n\nc;"),
        ("a;<br>\n\nb;<br>\n", "a;\n\nb;"),
        ("a<br/>b", "a\nb"),
    ],
)
def test_a_break_in_code_is_an_editors_where_it_ends_every_line(code: str, expected: str) -> None:
    text, findings = convert(f"[code]\n{code}\n[/code]")
    assert text == f"```\n{expected}\n```"
    assert [finding.code for finding in findings] == ["HC307"] * ("<br" not in expected)


TWEET = "https://twitter.com/ann/status/123"
SAID = f'<blockquote class="twitter-tweet"><p>Hello</p>&mdash; Ann <a href="{TWEET}">May 1</a></blockquote>'
FILM = "https://youtu.be/abcDEF_-123"
PAGE = "https://other.example/page/"


@pytest.mark.parametrize(
    ("body", "key", "answer", "expected"),
    [
        (
            TWEET,
            f"{TWEET}500i750",
            f"{SAID}<script src=w.js></script>",
            f"> Hello\n>\n> — Ann [May 1]({TWEET})",
        ),
        (TWEET, f"{TWEET}840i1000", "{{unknown}}", '{{< x user="ann" id="123" >}}'),
        (TWEET, "another address", SAID, '{{< x user="ann" id="123" >}}'),
        (
            f'<!-- wp:embed {{"url":"{PAGE}"}} -->\n<figure>\n{PAGE}\n</figure>\n<!-- /wp:embed -->',
            f"{PAGE}640d960",
            f'<blockquote class="wp-embedded-content"><a href="{PAGE}">A page</a></blockquote>'
            '<iframe class="wp-embedded-content" src="/embed/"></iframe>',
            f"> [A page]({PAGE})",
        ),
        (f"[embed]{PAGE}[/embed]", f"{PAGE}640i960", f'<a href="{PAGE}">A page</a>', f"[A page]({PAGE})"),
        (
            "https://youtu.be/abcDEF_-123",
            "https://youtu.be/abcDEF_-123500i750",
            "<iframe ></iframe>",
            "{{< youtube abcDEF_-123 >}}",
        ),
    ],
)
def test_what_wordpress_was_told_of_an_address_is_kept(body: str, key: str, answer: str, expected: str) -> None:
    room = re.fullmatch(r"(.*)(\d{3})([id])(\d+)", key)
    asked = f'{room[1]}a:2:{{s:5:"width";i:{room[2]};s:6:"height";{room[3]}:{room[4]};}}' if room else key
    answers = answers_in(((f"_oembed_{md5(asked.encode()).hexdigest()}", answer), ("_oembed_time_1", "2")))
    assert convert(body, BodyContext(answers=answers))[0] == expected


@pytest.mark.parametrize("piece", ["<script ", "<iframe ", "<iframe wp-embedded-content>"])
def test_answers_without_end_take_linear_time(piece: str) -> None:
    answers_in(((f"_oembed_{'0' * 32}", "<a " + piece * 60_000),))


def test_half_a_character_in_an_address_is_no_reason_to_stop() -> None:
    body = '<!-- wp:embed {"url":"https://e.example/\\ud800"} --><figure></figure><!-- /wp:embed -->'
    assert "https://e.example/" in convert(body, BodyContext(answers={"0" * 32: "<a href='/'>x</a>"}))[0]


ROOM = "[vc_row][vc_column width='1/2']"
END = "[/vc_column][/vc_row]"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"{ROOM}[vc_column_text]One\ntwo <b>b</b>[/vc_column_text]{END}", "One  \ntwo **b**"),
        (
            '[vc_custom_heading text="Hi ``you``" font_container="tag:h3|size:6" link="url:%2Fa%2F|title:A"]',
            '### [Hi "you"](/a/)',
        ),
        ('[vc_custom_heading text="A & <em>B</em><br />\nC"]', "## A & *B*<br>C"),
        ('[vc_custom_heading text="SMALL" font_container="tag:div"]', "SMALL"),
        ('[vc_btn title="Buy" link="url:https%3A%2F%2Fe.org%2F|target:_blank"]', "[Buy](https://e.org/)"),
        ('[vc_single_image image="10" img_size="full"]', "![Ten](/media/10.jpg)"),
        ('[vc_gallery images="10,10"]', "![Ten](/media/10.jpg)\n\n![Ten](/media/10.jpg)"),
        ('[vc_video link="https://youtu.be/abcDEF_-123"]', "{{< youtube abcDEF_-123 >}}"),
        ("[vc_raw_html]JTNDcCUzRVElM0MlMkZwJTNF[/vc_raw_html]", "Q"),
        (
            '[vc_tta_section title="Tab" tab_id="1"]x[/vc_tta_section][vc_separator][theme_empty_space height="2"]',
            "### Tab\n\nx\n\n---",
        ),
        (
            '[et_pb_section][et_pb_blurb title="T" url="https://e.org/" image="https://e.org/i.png"]c[/et_pb_blurb][/et_pb_section]',
            "[![](https://e.org/i.png)](https://e.org/)\n\n### T\n\nc",
        ),
        ('[et_pb_button button_text="%22Go%22" button_url="/go/" /]', '["Go"](/go/)'),
        ('[fusion_title size="2"]T[/fusion_title][fusion_button link="/a/"]Go[/fusion_button]', "## T\n\n[Go](/a/)"),
        ("[fusion_imageframe]https://e.org/i.png[/fusion_imageframe]", "![](https://e.org/i.png)"),
        ('[su_spoiler title="More"]x[/su_spoiler] [row]y[/row]', "#### More\n\nx\n\ny"),
        ("A [row] of seats", "A [row] of seats"),
        (f'[vc_single_image image="{"9" * 5000}"]', f"![]({'9' * 5000})"),
    ],
)
def test_what_page_builders_say_stays_without_their_shortcodes(body: str, expected: str) -> None:
    text, findings = convert(body)
    assert text == expected
    assert {finding.code for finding in findings} <= {"HC305", "HC310"}


def test_what_is_no_packed_html_stays() -> None:
    text, findings = convert("[vc_raw_html]é[/vc_raw_html]")
    assert text == "[vc_raw_html]é[/vc_raw_html]"
    assert [finding.code for finding in findings] == ["HC301"]


def test_a_builders_picture_that_is_not_there_is_named() -> None:
    text, findings = convert("a [vc_single_image image='77'] b")
    assert text == "a\n\nb"
    assert [finding.code for finding in findings] == ["HC307", "HC310"]


@pytest.mark.parametrize(
    "shortcode", ["[gallery orderby=rand]", '[gallery ids="77"]', '[gallery columns="4"]', '[playlist type="video"]']
)
def test_a_gallery_whose_media_are_not_there_is_named_and_shows_nothing(shortcode: str) -> None:
    text, findings = convert(f"a\n\n{shortcode}\n\nb", BodyContext())
    assert text == f"a\n\n<!-- {shortcode} -->\n\nb"
    assert {finding.code for finding in findings} == {"HC307"}
    assert not any("random" in finding.message for finding in findings)
    assert "not in the export; it is a comment" in findings[-1].message


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Well :lol: and :???:", "Well 😆 and 😕"),
        ("<em>:roll:</em> :!:", "*🙄* ❗"),
        ("a:lol: :lol:b :) 12:30:45 :nobody:", "a:lol: :lol:b :) 12:30:45 :nobody:"),
        ("<code> :cry: </code>", "`:cry:`"),
        ("[my_x a=' :mad: ']", "[my_x a=' :mad: ']"),
    ],
)
def test_smilies_with_names_are_faces(body: str, expected: str) -> None:
    assert convert(body)[0] == expected
