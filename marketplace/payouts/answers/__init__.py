"""The bank's answers to our files: read, shown, taken once, each kept under its hash.

pain.002 says what the bank thinks of a file and of single payments; camt.053 what it booked; CSV
is for banks that give neither. ``reading`` turns each into the same ``Word`` rows, ``taking``
matches them with payout lines and books what is new. Taken twice, in any order, nothing changes.
"""
