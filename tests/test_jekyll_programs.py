"""Liquid programs in Jekyll's bodies: run over the site as Jekyll runs them; the real Jekyll is the judge."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from built_sites import build_hugo, build_jekyll
from programs import needs_jekyll

import hugoconv
from hugoconv.markup.likeness import visible_words
from hugoconv.report.findings import Findings
from hugoconv.systems.hugo.dialect import HUGO

SITE = {
    "_config.yml": (
        "title: My site\nurl: https://example.org\nbaseurl: /blog\ntimezone: UTC\npermalink: pretty\n"
        "collections: {notes: {output: true}}\nfriends: [Ada, Grace]\nplugins: []\n"
    ),
    "_data/team.yml": "- {name: Ada, role: maths, url: https://ada.example}\n- {name: Grace, role: navy}\n",
    "_data/prices/list.csv": "what,price\ntea,2\ncake,3\n",
    "_data/facts.json": '{"moons": {"earth": 1, "mars": 2}}',
    "_includes/alert.html": '<div class="{{ include.kind }}">{{ include.text | markdownify }}</div>\n',
    "_includes/nested.html": 'outer {% include plain.md word="inner" %} outer',
    "_includes/plain.md": "*{{ include.word | default: page.title }}*",
    "_posts/2024-01-02-first.md": "---\ntitle: First\ntags: [a, b]\ncategories: [x]\n---\nThe excerpt.\n\nThe rest.\n",
    "_posts/2024-03-04-second.md": "---\ntitle: Second\ntags: [a]\n---\nAnother excerpt.\n\nMore.\n",
    "_posts/2024-05-06-hidden.md": "---\ntitle: Hidden\npublished: false\n---\nNot seen.\n",
    "_notes/one.md": "---\ntitle: Note\n---\nA note.\n",
    "beside/part.md": "from beside",
}
PROGRAMS = {
    "a loop over posts": "{% for post in site.posts %}\n- [{{ post.title }}]({{ post.url }})\n{% endfor %}",
    "dates": "{% for post in site.posts %}{{ post.date | date_to_string }} {{ post.date | date: '%Y' }};{% endfor %}",
    "a date as it is": "{{ site.posts.first.date }}",
    "excerpts": "{% for post in site.posts %}{{ post.excerpt }}{% endfor %}",
    "contents": "{{ site.posts.last.content }}",
    "tags": "{% for tag in site.tags %}{{ tag[0] }}: {{ tag[1] | size }} {% endfor %}",
    "data of lists": "{% for one in site.data.team %}{{ one.name }} ({{ one.role }})"
    "{% unless forloop.last %}, {% endunless %}{% endfor %}",
    "data of tables": "{% for row in site.data.prices.list %}{{ row.what }} {{ row.price }} {% endfor %}",
    "data of maps": "{{ site.data.facts.moons.mars }} {{ site.data.facts['moons'].earth }}",
    "a collection": "{% for note in site.notes %}\n{{ note.title }}\n\n{{ note.content }}\n{% endfor %}",
    "assigned": "{% assign word = 'hello' | upcase %}{{ word }} {% capture two %}{{ word }}!{% endcapture %}{{ two }}",
    "assigned far above": "{% assign far = 'away' %}\n\nSome *prose*.\n\n{{ far }}",
    "a choice": "{% if page.title == 'Page' %}yes{% else %}no{% endif %} {% case 3 %}{% when 3 %}three{% endcase %}",
    "counting": "{% for i in (1..4) %}{% if i == 3 %}{% break %}{% endif %}{{ i }} {% endfor %}",
    "an include": '{% include alert.html kind="note" text="Mind the *gap*" %}',
    "an include with a variable": "{% assign said = 'so' %}{% include alert.html kind='b' text=said %}",
    "includes in includes": "{% include nested.html %}",
    "an include named by a value": "{% assign file = 'plain' %}{% include {{ file }}.md %}",
    "an include beside the page": "{% include_relative beside/part.md %}",
    "filters of lists": "{{ site.friends | array_to_sentence_string }} "
    "{{ site.data.team | map: 'name' | sort | join: '-' }}",
    "where": "{% assign x = site.data.team | where: 'role', 'navy' %}{{ x[0].name }} "
    "{% assign y = site.data.team | where_exp: 'one', 'one.role == \"maths\"' %}{{ y.first.name }}",
    "groups": "{% assign g = site.posts | group_by_exp: 'post', 'post.tags.size' %}"
    "{% for each in g %}{{ each.name }}={{ each.size }} {% endfor %}",
    "a tag of a plug-in": "before {% if true %}in {% nobody knows %} it{% endif %} after",
    "a filter of a plug-in": "{{ 'kept' | nobody_knows }}",
    "code written by a program": "{% if true %}{% highlight ruby %}\nputs 1\n{% endhighlight %}{% endif %}",
    "a link written by a program": "{% if true %}[x]({% post_url 2024-01-02-first %}){% endif %}",
    "trimmed": "a\n{%- if true -%}\n b \n{%- endif -%}\n c",
    "what looks like Liquid in data": "{% assign odd = '{' %}{{ odd }}{{ odd }} x",
    "nothing": "{{ site.no_such_key }}{{ page.neither }}end",
    "in code": "    {{ site.friends | join: '+' }}\n\n`{{ site.friends | size }}`",
    "kramdown from a program": "{% if true %}A paragraph.\n{: .note #n}\n\n## Heading {#h}\n{% endif %}",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("programs") / "site"
    pages = {f"p{number}.md": f"---\ntitle: Page\n---\n{text}\n" for number, text in enumerate(PROGRAMS.values())}
    for name, text in (SITE | pages).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


@pytest.fixture(scope="module")
def converted(site: Path) -> tuple[Path, list[str]]:
    made = site.parent / "made"
    report = hugoconv.convert(site, made, to="hugo")
    return made, [f"{finding.code} {finding.file}" for finding in report.findings]


@needs_jekyll
def test_the_real_programs_show_the_same_words(site: Path, converted: tuple[Path, list[str]]) -> None:
    old, new = site.parent / "old", site.parent / "new"
    build_jekyll(site, old)
    build_hugo(converted[0], new)
    differ = {}
    for number, name in enumerate(PROGRAMS):
        shown = [(folder / f"p{number}" / "index.html").read_text() for folder in (old, new)]
        words = [Counter(visible_words(re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL))) for text in shown]
        if words[0] != words[1]:
            differ[name] = words
    assert not differ


def test_a_translation_is_of_use_without_its_post(tmp_path: Path) -> None:
    page = tmp_path / "p.md"
    page.write_text("---\ntitle: A\n---\n{% if page.title %}{{ page.title }} b{% endif %}\n")
    (tmp_path / "_config.yml").write_text("title: S\n")
    (post,) = hugoconv.read(tmp_path, from_="jekyll").posts
    translate, text = post.translate, post.body.text
    del post
    assert translate is not None
    assert translate(text, HUGO, lambda address: address, Findings().at("p.md", 1)) == "A b\n"


def test_no_program_is_left_in_the_text(converted: tuple[Path, list[str]]) -> None:
    for path in (converted[0] / "content").rglob("*.md"):
        shown = re.sub(r"<!--.*?-->", "", path.read_text(), flags=re.DOTALL)
        assert "{% " not in shown, path
