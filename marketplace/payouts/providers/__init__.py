"""Ways of paying cooperatives: a bank file, Stripe, by hand; where each serves is dated data.

A bank file and payments by hand are done by people (``bank_files``, ``runs.settling``). Stripe is
called by ``runs.sending`` through the small interface in ``base``.
"""
