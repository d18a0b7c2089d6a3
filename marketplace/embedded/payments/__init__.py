"""Payments: sessions with an App's provider, actions on a transaction, what events amount to."""
