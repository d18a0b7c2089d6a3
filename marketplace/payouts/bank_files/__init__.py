"""Bank files of a payout run, in CSV and ISO 20022 pain.001, made once.

``pain.001.001.09.xsd`` and ``pain.001.001.03.xsd`` are the message definitions
CustomerCreditTransferInitiationV09 and V03 of ISO 20022 (catalogue of messages, iso20022.org, free
to use), as shipped in the package ``sepaxml`` 2.7.0 (MIT). ``tests/iso20022`` validates
files for six hundred cooperatives and samples of bank reports against them and a second parser.
"""
