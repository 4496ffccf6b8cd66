"""Writing a WXR: one that was read, copied with its edits, and one made of another system's site."""
