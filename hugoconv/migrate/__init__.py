"""What happens between a reader and a writer: two passes, one link map, one place that writes."""
