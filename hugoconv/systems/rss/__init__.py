"""RSS and Atom: what a feed says of its posts, read with feedparser."""
