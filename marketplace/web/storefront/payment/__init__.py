"""Paying by card: the card's form and the bank's second step, without JavaScript."""
