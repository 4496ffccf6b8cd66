"""Medium: the archive of its export, an HTML file for each story."""
