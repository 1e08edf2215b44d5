"""Starts what the product runs on: embedded PostgreSQL and Valkey, and the whole demo on one machine."""
