"""Bank files: a payout run as a bank reads it (CSV, ISO 20022 pain.001.001.09), made once.

``pain.001.001.09.xsd`` is the message definition CustomerCreditTransferInitiationV09 of ISO 20022
(catalogue of messages, iso20022.org, build R1.6.15 of 14 February 2019, free to use), as shipped in
the package ``sepaxml`` 2.7.0 (MIT).
"""
