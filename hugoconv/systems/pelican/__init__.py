"""Pelican: articles and pages with lines of metadata."""
