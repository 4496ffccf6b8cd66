"""Plain Markdown: a folder of notes with YAML properties, as Obsidian and other editors keep them."""
