"""Liquid programs (`for`, `if`, `assign`, the site's own includes): run over the site as it stands, or hidden.

`rewriting.py` finds them in a body and puts what they wrote in their place; `language.py` is Jekyll's Liquid on top of
the library python-liquid, `filters.py` what Jekyll adds to its filters, `values.py` what `site` and `page` are.
"""
