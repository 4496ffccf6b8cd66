"""Zola: pages with TOML front matter."""
