"""The default engine: segments of Whoosh with columns and postings of our own beside them."""
