"""Servers on loopback that speak the platforms' protocols from documents, for demo and tests."""

from __future__ import annotations

from replay.replies import ReplayError, Reply
from replay.server import Fault, ReplayServer, Seen, Site

__all__ = ["Fault", "ReplayError", "ReplayServer", "Reply", "Seen", "Site"]
