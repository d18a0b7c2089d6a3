"""Reports that the bank sends back about a payout run: read, shown, applied once.

pain.002 says what the bank thinks of a file and of single payments; camt.053 what it booked; CSV
is for banks that give neither. ``detection`` turns each into the same rows, ``applying`` matches
them with payout lines and books what is new. Applied twice, in any order, nothing changes.
"""
