"""Eleventy: Markdown files with a permalink each."""
