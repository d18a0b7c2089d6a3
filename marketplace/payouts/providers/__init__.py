"""Payout providers: bank file, Stripe, by hand; where each is available is dated data.

People handle bank files and payments by hand (``bank_files``, ``runs.mark_sent``). Stripe is called
by ``runs.send`` through the interface in ``base``.
"""
