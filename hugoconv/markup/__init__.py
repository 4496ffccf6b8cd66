"""Bodies: Markdown and HTML, known by spans."""
