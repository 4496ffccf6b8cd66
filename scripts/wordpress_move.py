#!/usr/bin/env python3
"""Move a WordPress export to Hugo with rules of one's own: wordpress_move.py EXPORT SITE"""

import sys

import hugoconv as hc

SHORTCODES = {  # what the shortcodes of one's own plug-ins become: {0}, {name} and {inner} are what they were given
    "soundcloud": "{{< soundcloud {url} >}}",
    "box": "{{% box %}}{inner}{{% /box %}}",
}


def tidy(post: hc.Post) -> hc.Post | None:
    """Leave out one post type, and what nobody needs in the front matter."""
    if post.type == "feedback":
        return None
    post.front_matter.pop("meta", None)
    post.terms["categories"] = [term for term in post.terms.get("categories", ()) if term.name != "Uncategorized"]
    return post


export, site = sys.argv[1:3]
report = hc.convert(
    export,
    site,
    from_=hc.importers.get("wordpress", trash=False),
    to=hc.exporters.get("hugo", front_matter="toml", shortcodes=SHORTCODES),
    transforms=[tidy],
)
print(report)
raise SystemExit(report.exit_code)
