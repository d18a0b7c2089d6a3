"""The demo world, its loader, and the command that starts it.

Everything in it is invented, and created by the same use cases that people run.
"""
