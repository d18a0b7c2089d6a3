"""The demo world and its loader, and the one command that shows it.

Everything in it is invented; it is made by the same use cases that people drive.
"""
