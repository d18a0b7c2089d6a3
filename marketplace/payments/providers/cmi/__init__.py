"""CMI, Morocco's centre for card payments: the buyer pays on CMI's own page, in dirhams.

Written after CMI's public shop modules: the fields and the callback are theirs, hash version 3.
What CMI calls back about is stored and believed only if its hash, amount and currency are right;
the card is debited only when we answer so (``ACTION=POSTAUTH``).
"""
