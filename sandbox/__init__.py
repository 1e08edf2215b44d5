"""Stands in for Twilio, Google, Anthropic and a mail server on loopback, in their own wire formats.

A program of its own (`python -m sandbox`); it imports nothing of the product and the product nothing of it.
"""
