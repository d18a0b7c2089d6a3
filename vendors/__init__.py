"""Programmes, cooperatives, their members and roles, and the access policy.

Owns: a cooperative's identity (legal facts, texts, certifications, tax status, bank account), who
may act for it, which programme supports it, and the scope from which every query starts
(``policy``).
"""
