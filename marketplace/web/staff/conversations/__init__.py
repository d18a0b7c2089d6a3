"""Conversations of buyers with cooperatives: reported ones, and those of cooperatives advised."""
