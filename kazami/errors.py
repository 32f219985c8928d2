"""The errors that a person meets."""

from __future__ import annotations


class KazamiError(Exception):
    """One line for a person: what is wrong, where, what to try.

    The command line prints it and exits with code 1.
    """
