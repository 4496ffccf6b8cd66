"""Exports of Blogger, Substack and Medium, and feeds: case 30 of the specification, and what each of them writes."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from exports import moved, write, zipped
from hypothesis import given, settings
from hypothesis import strategies as st

import hugoconv as hc
from hugoconv.errors import HugoconvError, UsageError
from hugoconv.systems.blogger.bodies import MEDIA as BLOGGER_MEDIA
from hugoconv.systems.blogger.bodies import plain as blogger_body
from hugoconv.systems.medium.bodies import MEDIA as MEDIUM_MEDIA
from hugoconv.systems.substack.bodies import MEDIA as SUBSTACK_MEDIA

# Blogger

KIND = "http://schemas.google.com/g/2005#kind"
BLOG = "https://blog.example"


def old_entry(number: int, kind: str, inside: str) -> str:
    return (
        f"<entry><id>tag:blogger.com,1999:blog-1.post-{number}</id><published>2020-05-06T10:15:00+02:00</published>"
        f"<updated>2020-05-07T10:15:00+02:00</updated><category scheme='{KIND}' "
        f"term='http://schemas.google.com/blogger/2008/kind#{kind}'/>{inside}<author><name>Ann</name></author></entry>\n"
    )


OLD = (
    "<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom' "
    "xmlns:thr='http://purl.org/syndication/thread/1.0'><id>tag:blogger.com,1999:blog-1.archive</id>"
    f"<title>My blog</title><link rel='alternate' href='{BLOG}/'/>\n"
    + old_entry(1, "template", "<title>Template</title><content>css</content>")
    + old_entry(2, "settings", "<title>Setting</title><content>true</content>")
    + old_entry(
        3,
        "post",
        "<title>Hello</title><content type='html'>One&lt;br /&gt;&lt;br /&gt;Two"
        "&lt;a name='more'&gt;&lt;/a&gt;</content>"
        f"<link rel='alternate' href='{BLOG}/2020/05/hello.html'/>"
        "<category scheme='http://www.blogger.com/atom/ns#' term='News'/>",
    )
    + old_entry(
        4,
        "post",
        "<title>Later</title><content type='html'>Draft words</content>"
        "<app:control xmlns:app='http://purl.org/atom/app#'><app:draft>yes</app:draft></app:control>",
    )
    + old_entry(
        5, "page", f"<title>About</title><content>Us</content><link rel='alternate' href='{BLOG}/p/about.html'/>"
    )
    + old_entry(
        6,
        "comment",
        "<title/><content type='html'>First &lt;script&gt;x&lt;/script&gt;</content>"
        "<thr:in-reply-to ref='tag:blogger.com,1999:blog-1.post-3'/>",
    )
    + old_entry(
        7,
        "comment",
        "<title/><content type='html'>An answer</content><thr:in-reply-to ref='tag:blogger.com,1999:blog-1.post-3'/>"
        "<link rel='related' href='https://www.blogger.com/feeds/1/3/comments/default/6'/>",
    )
    + "</feed>"
)
NEW = """<?xml version='1.0' encoding='utf-8'?>
<feed xmlns='http://www.w3.org/2005/Atom' xmlns:blogger='http://schemas.google.com/blogger/2018'>
<id>tag:blogger.com,1999:blog-1</id><title>My blog</title>
<entry><id>tag:blogger.com,1999:blog-1.post-3</id><blogger:type>POST</blogger:type>
<blogger:status>LIVE</blogger:status><title>Hello</title><content type='html'>&lt;p&gt;One&lt;/p&gt;</content>
<published>2020-05-06T08:15:00Z</published><category scheme='tag:blogger.com,1999:blog-1' term='News'/>
<blogger:filename>/2020/05/hello.html</blogger:filename><blogger:metaDescription>In short</blogger:metaDescription>
<author><name>Ann</name></author></entry>
<entry><id>tag:blogger.com,1999:blog-1.post-4</id><blogger:type>POST</blogger:type>
<blogger:status>DRAFT</blogger:status><title>Later</title><content type='html'>Draft words</content>
<published>2020-05-06T08:15:00Z</published><blogger:filename/></entry>
<entry><id>tag:blogger.com,1999:blog-1.post-8</id><blogger:type>POST</blogger:type>
<blogger:status>SOFT_TRASHED</blogger:status><title>Gone</title><content type='html'>Trash</content></entry>
<entry><id>tag:blogger.com,1999:blog-1.post-6</id><blogger:type>COMMENT</blogger:type>
<blogger:status>LIVE</blogger:status><blogger:parent>tag:blogger.com,1999:blog-1.post-3</blogger:parent>
<content type='html'>First</content><published>2020-05-06T09:15:00Z</published><author><name>Bo</name></author></entry>
</feed>"""


def test_case_30_blogger_of_old(tmp_path: Path) -> None:
    move = moved(write(tmp_path / "old", {"blog.xml": OLD}) / "blog.xml")
    pages = move.built()
    assert {"2020/05/hello.html", "p/about.html", "search/label/News/index.html"} <= set(pages)
    assert not any("Draft words" in page or "css" in page for page in pages.values())
    assert move.body("hello") == "One\n\nTwo\n\n<!--more-->"
    assert str(move.values("hello")["date"]).replace(" ", "T") == "2020-05-06T10:15:00+02:00"
    assert move.values("hello")["tags"] == ["News"]
    assert move.values("later")["draft"] is True
    comments = (move.site / "data/comments/posts/hello.md.json").read_text()
    assert comments.index("First") < comments.index("An answer")
    assert '"depth": 1' in comments
    assert "script" not in comments.partition('"html"')[2].partition("\n")[0]
    assert not hc.check(move.site, against=tmp_path / "old" / "blog.xml").errors


@pytest.mark.parametrize("shape", ["file", "takeout", "archive"])
def test_blogger_of_takeout(shape: str, tmp_path: Path) -> None:
    settings = "blog_name,blog_subdomain,blog_locale\nMy blog,my-words,de\n"
    files = {"Blogger/Blogs/My blog/feed.atom": NEW, "Blogger/Blogs/My blog/settings.csv": settings}
    if shape == "file":
        source = write(tmp_path / "old", {"feed.atom": NEW}) / "feed.atom"
    elif shape == "takeout":
        source = write(tmp_path / "Takeout", files)
    else:
        source = zipped(tmp_path / "takeout.zip", {f"Takeout/{name}": data for name, data in files.items()})
    move = moved(source)
    assert "2020/05/hello.html" in move.built()
    assert move.values("hello")["description"] == "In short"
    assert move.values("later")["draft"] is True
    assert "Trash" not in move.text()
    assert "First" in (move.site / "data/comments/posts/hello.md.json").read_text()
    assert ('baseURL = "https://my-words.blogspot.com/"' in move.text()) is (shape != "file")


G = "https://blogger.googleusercontent.com/img/b/R29/AVv"
BLOGGER_BODIES = {
    "a picture that leads to itself": (
        f'<div class="separator" style="clear: both"><a href="{G}/s1600/a.jpg" style="x"><img border="0" '
        f'src="{G}/s320/a.jpg" width="320"></a></div>',
        f'<div><img src="{G}/s320/a.jpg"/></div>',
    ),
    "a caption in a table": (
        f'<table class="tr-caption-container"><tr><td><a href="{G}/s1600/a.jpg"><img src="{G}/w640-h480/a.jpg"></a>'
        '</td></tr><tr><td class="tr-caption">Boats at <b>dawn</b></td></tr></table>',
        f'<figure><img src="{G}/w640-h480/a.jpg"/><figcaption>Boats at <b>dawn</b></figcaption></figure>',
    ),
    "a picture that leads elsewhere": (
        f'<a href="https://x.example/"><img src="{G}/s320/a.jpg"></a>',
        f'<a href="https://x.example/"><img src="{G}/s320/a.jpg"/></a>',
    ),
    "line breaks in code": ("<pre>a<br /><br />b</pre>", "<pre>a<br/><br/>b</pre>"),
}


@pytest.mark.parametrize(("html", "expected"), BLOGGER_BODIES.values(), ids=BLOGGER_BODIES)
def test_blogger_bodies(html: str, expected: str) -> None:
    assert blogger_body(html) == expected


ORIGINALS = {
    f"{G}/s320/a.jpg": (BLOGGER_MEDIA, f"{G}/s1600/a.jpg"),
    f"{G}/w640-h480-rw/a.jpg": (BLOGGER_MEDIA, f"{G}/s1600/a.jpg"),
    "https://lh3.googleusercontent.com/abc=s320": (BLOGGER_MEDIA, "https://lh3.googleusercontent.com/abc=s1600"),
    "https://1.bp.blogspot.com/-x/s72-c/a.png": (BLOGGER_MEDIA, "https://1.bp.blogspot.com/-x/s1600/a.png"),
    "https://substackcdn.com/image/fetch/$s_!A!,w_424,c_limit,f_webp/https%3A%2F%2Fsubstack-post-media.s3.amazonaws.com"
    "%2Fpublic%2Fimages%2Fa.png": (
        SUBSTACK_MEDIA,
        "https://substack-post-media.s3.amazonaws.com/public/images/a.png",
    ),
    "https://bucketeer-1a.s3.amazonaws.com/public/images/a.png": (
        SUBSTACK_MEDIA,
        "https://substack-post-media.s3.amazonaws.com/public/images/a.png",
    ),
    "https://cdn-images-1.medium.com/max/800/1*a.png": (
        MEDIUM_MEDIA,
        "https://cdn-images-1.medium.com/max/2560/1*a.png",
    ),
    "https://miro.medium.com/v2/resize:fit:1400/1*a.png": (MEDIUM_MEDIA, "https://miro.medium.com/max/2560/1*a.png"),
}


@pytest.mark.parametrize(("url", "rules", "whole"), [(url, *each) for url, each in ORIGINALS.items()])
def test_pictures_are_wanted_in_their_full_size(url: str, rules: Any, whole: str) -> None:
    assert rules.original(url) == whole


# Substack

TABLE = (
    "post_id,post_date,is_published,email_sent_at,type,audience,title,subtitle,podcast_url\n"
    "1.hello,2024-05-06T08:15:00.000Z,TRUE,,newsletter,everyone,Hello,&#x201C;Short&#x201D;,\n"
    "2.paid,2024-05-06T08:15:00.000Z,TRUE,,newsletter,only_paid,Paid,,\n"
    "3.talk,2024-05-06T08:15:00.000Z,TRUE,,podcast,everyone,Talk,,https://pod.example/a.mp3\n"
    "4.later,,FALSE,,newsletter,everyone,Later,,\n"
    "5.about,2024-05-06T08:15:00.000Z,TRUE,,page,everyone,About,,\n"
    "6.lost,2024-05-06T08:15:00.000Z,TRUE,,newsletter,everyone,Lost,,\n"
)
CDN = (
    "https://substackcdn.com/image/fetch/w_424/https%3A%2F%2Fsubstack-post-media.s3.amazonaws.com%2Fpublic%2Fimages%2F"
)
HELLO = (
    '<p>Words<a class="footnote-anchor" id="footnote-anchor-1" href="#footnote-1">1</a></p>'
    f'<div class="captioned-image-container"><figure><a class="image-link image2" href="{CDN}a.png"><div '
    f'class="image2-inset"><picture><source srcset="x 1w"><img src="{CDN}a.png" alt="Alt"></picture><div '
    'class="image-link-expand"><button>x</button></div></div></a><figcaption class="image-caption">Cap</figcaption>'
    "</figure></div>"
    '<p class="button-wrapper"><a class="button" href="https://x.substack.com/subscribe">Subscribe now</a></p>'
    '<div class="youtube-wrap" data-attrs="{&quot;videoId&quot;:&quot;dQw4w9WgXcQ&quot;}"><iframe></iframe></div>'
    '<div class="tweet" data-attrs="{&quot;url&quot;:&quot;https://twitter.com/a/status/12&quot;,&quot;full_text&quot;:'
    '&quot;Said it&quot;,&quot;name&quot;:&quot;Bo&quot;}"></div>'
    '<div class="preformatted-block"><pre class="text">A line\nand one</pre></div>'
    '<div class="poll-embed" data-attrs="{}"></div>'
    '<div class="footnote"><a id="footnote-1" href="#footnote-anchor-1" class="footnote-number">1</a>'
    '<div class="footnote-content"><p>The note.</p></div></div>'
)
POSTS = {
    "posts/1.hello.html": HELLO,
    "posts/2.paid.html": "<p>Paid words</p>",
    "posts/3.talk.html": "<p>Listen</p>",
    "posts/4.later.html": "<p>Draft words</p>",
    "posts/5.about.html": "<p>Us</p>",
    "posts/7.stray.html": "<p>Stray words</p>",
}


@pytest.mark.parametrize("is_archive", [True, False])
def test_case_30_substack(is_archive: bool, tmp_path: Path) -> None:
    files = {"posts.csv": TABLE, "email_list.x.csv": "email\nreader@secret.example\n", **POSTS}
    source = zipped(tmp_path / "old.zip", files) if is_archive else write(tmp_path / "old", files)
    move = moved(source)
    pages = move.built()
    assert {"p/hello/index.html", "p/talk/index.html", "p/about/index.html"} <= set(pages)
    everything = "".join(pages.values())
    assert not any(words in everything for words in ("Paid words", "Draft words", "Stray words"))
    assert "reader@secret" not in move.text()
    assert move.values("paid")["status"] == "private"
    assert move.values("hello")["description"] == "“Short”"
    assert move.values("talk")["podcast_url"] == "https://pod.example/a.mp3"
    assert "pod.example/a.mp3" in move.body("talk")
    body = move.body("hello")
    assert body.startswith("Words[^1]\n")
    assert body.endswith("[^1]: The note.")
    assert 'alt="Alt" caption="Cap"' in body
    assert "youtube dQw4w9WgXcQ" in body
    assert "> Said it" in body
    assert "A line  \nand one" in body
    assert "Subscribe now" not in body
    assert move.codes()["HC133"] == 2
    assert "forms and buttons" in move.messages("HC123")[0]
    assert (move.site / "content/p/about.md").is_file()
    assert not hc.check(move.site, against=source).errors


# Medium


def story(title: str, body: str, *, url: str = "", tags: str = "", date: str = "2024-05-06T08:15:00.000Z") -> str:
    link = f'<p><a href="{url}" class="p-canonical">Canonical link</a></p>' if url else ""
    time = f'<time class="dt-published" datetime="{date}">x</time>' if date else ""
    return (
        f'<!DOCTYPE html><html><head><title>{title}</title></head><body><article class="h-entry"><header>'
        f'<h1 class="p-name">{title}</h1></header><section data-field="subtitle" class="p-summary">Sub</section>'
        f'<section data-field="body" class="e-content"><section name="a" class="section"><div class="section-divider">'
        f'<hr class="section-divider"></div><div class="section-content">{body}</div></section></section>'
        f'<footer><p class="p-tags">{tags}</p><p>By <a class="p-author h-card" href="#">Ann</a> on {time}</p>{link}'
        "</footer></article></body></html>"
    )


STORY = (
    '<h3 name="1" id="1" class="graf graf--h3 graf--leading graf--title">Hello</h3>'
    '<h4 name="2" id="2" class="graf graf--h4 graf--subtitle">Sub</h4>'
    '<p name="3" id="3" class="graf graf--p">Words and <a href="https://medium.com/@ann/second-bbbbbbbbbbbb">more</a></p>'
    '<figure class="graf graf--figure"><img class="graf-image" src="https://cdn-images-1.medium.com/max/800/1*x.png">'
    '<figcaption class="imageCaption">A <em>caption</em></figcaption></figure>'
    '<pre class="graf graf--pre" data-code-block-lang="python"><span class="pre--content">a = 1<br>b = 2</span></pre>'
    '<div class="graf graf--mixtapeEmbed"><a href="https://x.example/"><strong>A page</strong><br><em>About it</em>'
    "x.example</a></div>"
    '<figure class="graf graf--figure graf--iframe"><iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ?feature=o">'
    "</iframe></figure>"
)
STORIES = {
    "posts/2024-05-06_Hello-aaaaaaaaaaaa.html": story(
        "Hello", STORY, url="https://medium.com/@ann/hello-aaaaaaaaaaaa", tags='<a class="p-tag">News</a>'
    ),
    "posts/2024-05-07_Second-bbbbbbbbbbbb.html": story(
        "Second", '<h3 class="graf--title">Second</h3><p>Text</p>', url="https://medium.com/@ann/second-bbbbbbbbbbbb"
    ),
    "posts/draft_Later-cccccccccccc.html": story("Later", "<p>Draft words</p>", date=""),
    "posts/2024-05-08_I-agree-dddddddddddd.html": story(
        "I agree", '<p class="graf graf--leading">I agree with you</p>', url="https://medium.com/@ann/i-dddddddddddd"
    ),
    "claps/claps-0001.html": "<html><body>claps</body></html>",
}


@pytest.mark.parametrize("is_archive", [True, False])
def test_medium(is_archive: bool, tmp_path: Path) -> None:
    source = zipped(tmp_path / "old.zip", STORIES) if is_archive else write(tmp_path / "old", STORIES)
    move = moved(source)
    pages = move.built()
    assert {"posts/hello/index.html", "posts/second/index.html", "@ann/hello-aaaaaaaaaaaa/index.html"} <= set(pages)
    assert not any("Draft words" in page or "I agree with you" in page for page in pages.values())
    assert move.values("hello")["tags"] == ["News"]
    assert move.values("hello")["description"] == "Sub"
    body = move.body("hello")
    assert body.startswith("Words and [more](/posts/second/)")
    assert 'caption="A *caption*"' in body
    assert "```python\na = 1\nb = 2\n```" in body
    assert "> [**A page**](https://x.example/)" in body or "> **[A page](https://x.example/)**" in body
    assert "> About it" in body
    assert "youtube dQw4w9WgXcQ" in body
    assert 'id="3"' not in body
    assert move.codes()["HC134"] == 1
    assert move.messages("HC121") == ["not read: claps (1)"]


def test_medium_on_a_domain_of_its_own_keeps_its_addresses(tmp_path: Path) -> None:
    text = story("Hello", "<h3>Hello</h3><p>x</p>", url="https://words.example/hello-aaaaaaaaaaaa")
    move = moved(write(tmp_path / "old", {"posts/2024-05-06_Hello-aaaaaaaaaaaa.html": text}))
    assert "hello-aaaaaaaaaaaa/index.html" in move.built()


# Feeds

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>My blog</title>
<link>https://blog.example/</link><description>About things</description><language>en-gb</language>
<atom:link rel="self" href="https://blog.example/feed.xml"/>
<item><title>Fish &amp;amp; chips</title><link>https://blog.example/2024/fish/</link><dc:creator>Ann</dc:creator>
<pubDate>Mon, 06 May 2024 10:15:00 +0200</pubDate><category>Food</category><description>In short</description>
<content:encoded><![CDATA[<p>Whole <b>words</b> <a href="https://blog.example/2024/next">on</a></p>]]></content:encoded>
<enclosure url="https://pod.example/a.mp3" type="audio/mpeg" length="1"/></item>
<item><title>Next</title><link>https://blog.example/2024/next</link><pubDate>Mon, 06 May 2024 10:15:00 GMT</pubDate>
<description>It begins like this [&amp;hellip;]</description></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>My blog</title><link href="https://blog.example/"/>
<entry><title>Hello</title><link href="https://blog.example/hello.html"/><updated>2024-05-06T08:15:00Z</updated>
<content type="html">&lt;p&gt;Text&lt;/p&gt;</content><category term="News"/></entry></feed>"""


def test_rss(tmp_path: Path) -> None:
    move = moved(write(tmp_path / "old", {"feed.xml": RSS}) / "feed.xml")
    assert {"2024/fish/index.html", "2024/next/index.html"} <= set(move.built())
    values = move.values("fish")
    assert (values["title"], values["tags"], values["summary"]) == ("Fish & chips", ["Food"], "In short")
    assert str(values["date"]).replace(" ", "T") == "2024-05-06T10:15:00+02:00"
    assert move.body("fish").startswith("Whole **words** [on](/2024/next/)")
    assert '<audio controls src="https://pod.example/a.mp3"></audio>' in move.body("fish")
    assert move.codes()["HC130"] == 1
    assert move.messages("HC131") == ["the feed has only the beginning of https://blog.example/2024/next"]
    assert (move.site / "hugo.toml").read_text().count("feed") == 1  # its feed keeps the name it had


def test_atom(tmp_path: Path) -> None:
    move = moved(write(tmp_path / "old", {"x.atom": ATOM}) / "x.atom")
    assert "hello.html" in move.built()
    assert move.values("hello")["tags"] == ["News"]


# What is none

SYSTEMS = {
    "blogger": ("feed.atom", NEW[:300]),
    "rss": ("feed.xml", RSS[:520]),
    "substack": ("posts.csv", TABLE[:200]),
    "medium": ("a.html", STORIES["posts/2024-05-07_Second-bbbbbbbbbbbb.html"][:300]),
}
WORDS = [
    *("<entry>", "</entry>", "<title>", "</title>", "<item>", "</item>", "<p>", "</p>", '"', ",", "\n", "&", "&#0;"),
    *("<div class='tweet' data-attrs='{\"url\": 1}'>", "<figure>", "<img src='a'>", "1.a,2024,TRUE,,x,y,z", "\0"),
    *("<blogger:type>POST</blogger:type>", "<link rel='alternate' href='http://[::1'/>", "<published>x</published>"),
]
PIECES = st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=25).map("".join)


@pytest.mark.parametrize("system", SYSTEMS)
@settings(max_examples=40, deadline=None)
@given(text=PIECES)
def test_any_file_is_a_site_or_an_error(system: str, tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    name, start = SYSTEMS[system]
    source = write(tmp_path_factory.mktemp("x"), {name: (start + text).encode("utf-8", "replace")})
    path = source if system == "substack" else source / name
    with suppress(HugoconvError):
        assert list(hc.read(path, system).posts) is not None


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_dump_of_each_is_the_same_site(system: str, tmp_path: Path) -> None:
    files: dict[str, dict[str, str | bytes]] = {
        "blogger": {"blog.xml": OLD},
        "rss": {"feed.xml": RSS},
        "substack": {"posts.csv": TABLE, **POSTS},
        "medium": dict(STORIES),
    }
    folder = write(tmp_path / "old", files[system])
    source = folder / "feed.xml" if system == "rss" else folder
    hc.convert(source, tmp_path / "straight", from_=system, to="hugo")
    hc.convert(source, tmp_path / "dump" / "site.jsonl", from_=system, to="jsonl")
    hc.convert(tmp_path / "dump", tmp_path / "again", to="hugo")
    pages = sorted(path.relative_to(tmp_path / "straight") for path in (tmp_path / "straight/content/posts").rglob("*"))
    assert pages or system in ("rss", "substack")
    for page in pages:
        assert (tmp_path / "again" / page).read_text() == (tmp_path / "straight" / page).read_text()


def test_an_address_that_is_none_stays_as_it_is(tmp_path: Path) -> None:
    links = "&lt;a href='http://[::1'&gt;T&lt;/a&gt; &lt;img src='https://[x/a.png'&gt;"
    broken = ATOM.replace("Text", links)
    move = moved(write(tmp_path / "old", {"x.atom": broken}) / "x.atom")
    assert move.body("hello") == "[T](http://[::1) ![](https://[x/a.png)"
    with pytest.raises(UsageError):
        moved(tmp_path / "old" / "x.atom", importer={"base_url": "http://[::1"})
