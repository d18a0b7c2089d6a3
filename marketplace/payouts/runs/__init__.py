"""Payout runs: prepared by one person, approved by another, filed once, settled by the bank."""
