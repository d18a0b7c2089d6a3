"""The engine's orders read into our own terms, with what our rows know of their lines."""
