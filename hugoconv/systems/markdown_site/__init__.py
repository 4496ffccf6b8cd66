"""What the systems share whose posts are Markdown files with front matter: one mechanism, a table for each system."""
