"""Substack: the archive of its export, a table of posts and an HTML file for each."""
