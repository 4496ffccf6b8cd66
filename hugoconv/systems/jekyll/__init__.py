"""Jekyll: sites of posts, pages and collections, written in Markdown with Liquid."""
