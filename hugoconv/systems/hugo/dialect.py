"""Hugo's shortcodes in a text: found by Hugo's own lexer rules, written back, or made inert.

The rules are those of Hugo's parser/pageparser (pagelexer.go, pagelexer_shortcode.go). Hugo looks for shortcodes before
it reads Markdown, so those in code count as well. Where Hugo would stop the build, `scan` names the place and goes on.
"""

from __future__ import annotations
