"""Fixtures of the engine's own tests: the engine and App of the contract suite, embedded only."""

from tests.contract.conftest import app, bare_engine, engine, market

__all__ = ["app", "bare_engine", "engine", "market"]
