"""The environment variables of Twiza: one table of them, and how they are read.

``variables`` is the table, ``kinds`` holds the types a variable may have, ``reading`` turns the
environment into typed values or says which variable is wrong, ``page`` writes the table for
operators (docs/operator/settings.md).
"""
