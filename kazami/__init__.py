"""The shared language of kazami: what a body, a source, a document and a passage are."""

__version__ = "0.1.0"
