"""Reports that the bank sends back about payout runs: read, previewed, applied once.

pain.002 gives the status of a file and of single payments, camt.053 the booked entries; CSV is for
banks that offer neither. ``detection`` parses each form into a ``ParsedReport``, ``match`` pairs
its payments with payout lines, ``apply`` books what is new. Reports may come in any order, and
applying a payment's status again changes nothing.
"""
