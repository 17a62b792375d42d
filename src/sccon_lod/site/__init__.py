"""The pages of a release, for people and for search engines: files that need no server."""
