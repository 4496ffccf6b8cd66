#!/usr/bin/env python3
"""Say what is in a site or an export, before moving it: audit.py SOURCE"""

import collections
import sys

import hugoconv as hc

site = hc.read(sys.argv[1], stream=True)  # the posts come one by one, and again when asked again
print("Posts:", collections.Counter((post.type, post.status) for post in site.posts).most_common())
constructs = collections.Counter(construct.name for post in site.posts for construct in post.body.constructs)
print("Constructs:", constructs.most_common(20))
print("Broken:", [reference.target for post in site.posts for reference in post.references if not reference.found][:20])
