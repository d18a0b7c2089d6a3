"""Programmes, cooperatives, their members and roles, and the one access policy.

Owns: who a cooperative is (legal identity, texts, certifications, tax status, bank account), who
may act for it, which programme supports it, and from whom every query must start (``policy``).
"""
