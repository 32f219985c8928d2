"""One module per command: parse, call, present."""
