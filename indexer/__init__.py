"""Tokenize, index, query, count: from the store to answers."""
