"""Bank files: a payout run as a bank reads it (CSV, ISO 20022 pain.001), made once.

``pain.001.001.09.xsd`` and ``pain.001.001.03.xsd`` are the message definitions
CustomerCreditTransferInitiationV09 and V03 of ISO 20022 (catalogue of messages, iso20022.org, free
to use), as shipped in the package ``sepaxml`` 2.7.0 (MIT). In ``tests/iso20022`` files for six
hundred cooperatives, and samples of banks' answers, are held against the definitions and a second
reader.
"""
