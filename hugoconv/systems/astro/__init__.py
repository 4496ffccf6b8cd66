"""Astro: content collections of Markdown files."""
