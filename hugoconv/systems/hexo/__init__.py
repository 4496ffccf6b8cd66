"""Hexo: posts with a folder of files each, and pages."""
