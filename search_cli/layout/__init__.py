"""Answers as lines of text: what stands where on a terminal, and in which colour."""
