#!/usr/bin/env python3
"""Move a Jekyll site to Hugo, once, with a report to read: jekyll_to_hugo.py OLD NEW"""

import sys

import hugoconv as hc

old, new = sys.argv[1:3]
report = hc.convert(old, new, to=hc.exporters.get("hugo", posts_section="blog"))
report.write(f"{new.rstrip('/')}-report.html")
print(report)
raise SystemExit(report.exit_code)
