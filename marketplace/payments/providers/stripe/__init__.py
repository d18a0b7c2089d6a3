"""Stripe: cards of buyers abroad, for programmes whose legal payer Stripe serves.

``client`` is the one door to Stripe, for this room and for those above. Nothing of a card passes
through us: it is typed into Stripe's own fields or on Stripe's own page.
"""
