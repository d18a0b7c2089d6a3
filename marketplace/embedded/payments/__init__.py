"""Payments: sessions with a payment App, requested actions, reported events, amounts."""
