"""WordPress: reading its exports, and saying what its posts hold in neutral terms."""
