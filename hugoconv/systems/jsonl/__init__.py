"""JSONL: the documented dump of the model, one post a line, with `site.json` and `assets/` beside it."""
