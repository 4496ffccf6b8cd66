"""WXR, the WordPress export format: from the bytes of a file to its channel and items."""
