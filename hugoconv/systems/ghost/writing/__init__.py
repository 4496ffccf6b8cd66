"""Making an import for Ghost: posts as rows, bodies as HTML with cards, files in its content folder, redirects."""
