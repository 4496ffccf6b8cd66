#!/usr/bin/env python3
"""Rename a front matter key in every post of a Hugo site, one line a post: rename_key.py FOLDER OLD NEW [--write]

Without --write it prints what would change.
"""

import sys

import hugoconv as hc

folder, old, new = sys.argv[1:4]
site = hc.read(folder, from_="hugo")  # the posts are held in a list: edit them, then write the site
for post in site.posts:
    if old in post.front_matter:
        post.front_matter.rename(old, new)
report = hc.write(site, folder, to="hugo", in_place=True, dry_run="--write" not in sys.argv)
print(report.diff(), end="")
print(report, file=sys.stderr)
raise SystemExit(report.exit_code)
