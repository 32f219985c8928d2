"""Servers on loopback that speak the platforms' protocols from documents, for demo and tests."""

from __future__ import annotations

from replay.replies import ReplayError, Reply
from replay.server import Fault, Received, ReplayServer, Site

__all__ = ["Fault", "Received", "ReplayError", "ReplayServer", "Reply", "Site"]
