"""Webhooks: `emit` records an asynchronous event, `call_sync` calls the Apps and waits."""

from marketplace.embedded.webhooks.dispatch import SyncResponse, call_sync, emit, emit_many

__all__ = ["SyncResponse", "call_sync", "emit", "emit_many"]
