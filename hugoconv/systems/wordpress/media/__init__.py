"""The media of a WordPress site: the library of an export, and the uploads that stand beside it."""
