"""Blogger: the Atom file of its old export, and the feed.atom of Google Takeout."""
