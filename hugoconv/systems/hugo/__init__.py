"""Hugo: how it reads a site, and how a site is written for it."""
