"""WordPress bodies: blocks, shortcodes and classic paragraphs, and what they become."""
