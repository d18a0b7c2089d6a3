"""The keys with which data are encrypted at rest: what each encrypts, and how they are replaced.

``stores`` are the places where something encrypted lies: every EncryptedTextField by itself, and
what rooms name in ``marketplace/checks.py``. ``counting`` says which keys are in use, ``rotation``
encrypts everything with the first one.
"""
