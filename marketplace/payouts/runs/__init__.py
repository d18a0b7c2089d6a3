"""Payout runs: prepared by one person, approved by another, sent once, settled by the bank.

One file for each use case, in the order of a run's life: ``prepare_due`` (drafts on schedule) or
``prepare``, ``submit_draft``, ``approve`` or ``send_back``, then ``bank_files.make`` and
``mark_sent``, or ``send`` through a provider's API, and ``settle`` or ``return_payment``.
"""
