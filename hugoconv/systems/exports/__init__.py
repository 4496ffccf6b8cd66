"""What the importers of exports share: entries, bodies, media, addresses. A system adds a reader that gives entries."""
