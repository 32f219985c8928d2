"""Fetch, parse, store: from a source's pages to documents in the store."""
