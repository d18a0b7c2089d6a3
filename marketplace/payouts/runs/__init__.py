"""Payout runs: prepared by one person, approved by another, filed once, settled as the bank says."""
