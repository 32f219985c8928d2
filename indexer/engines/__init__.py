"""Engines: each stores passages and answers in the same way (tests/contract/test_engine.py)."""
