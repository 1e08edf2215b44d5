"""Measuring the assistant against conversations that really took place."""
