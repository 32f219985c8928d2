"""The schema of every JSON output, in a file of its version: JSON Schema 2020-12."""

from __future__ import annotations

VERSION = 1
"""Stands as ``schema`` in every object that is written; ``vN.json`` beside this file describes it.

A new key is added to the file of the version. One that goes, or changes its meaning or type, makes
a new version.
"""
