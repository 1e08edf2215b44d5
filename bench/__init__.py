"""Measures the product on this machine: `make bench`, or `python -m bench [name …] [--json FILE]`.

Everything is in-process and on loopback, in a database of its own on the checkout's servers, dropped at the end.
"""
