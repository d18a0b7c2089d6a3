"""Forms that could not be saved: kept for the person, and put back into the page.

What somebody typed outlives an expired session, a stale token, a code that is asked for in the
middle, and a refusal of another field; chosen files too. Nothing kept is ever sent by itself: it
comes back into its form, and the person sends it.
"""
